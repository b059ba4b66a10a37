"""Answering item by item, and keeping back only on a ground of Art. 12: all of it drafts until it is sent."""

from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from design.texts import Texts
from inforequests.acts import Act
from inforequests.domain.records import record_act
from inforequests.domain.stored import locked_item
from inforequests.enums import (
    DECIDED_DISPOSITIONS,
    KEEPING_BACK,
    Disposition,
    Stage,
    Substitute,
    Verb,
    WithheldType,
)
from inforequests.models import Ground, InformationRequest, ItemAnswer, RequestItem, Withholding
from inforequests.permissions import require
from inforequests.refusals import IncompleteError, WrongStateError
from register.enums import WithheldType as RegisterType
from register.models.entries import Entry

_WITH_WORDS: Final = (Disposition.PROVIDED, Disposition.PROVIDED_IN_PART, Disposition.NOT_IN_REGISTER)

# What the register can say that it withholds of an entry.
REGISTER_TYPES: Final = {
    WithheldType.AMOUNT: RegisterType.QUANTITY,
    WithheldType.METHOD: RegisterType.METHOD,
    WithheldType.OFF_SITE_RECIPIENT: RegisterType.RECEIVER,
}


@transaction.atomic
def answer_item(
    item: RequestItem,
    *,
    actor: Any,
    disposition: Disposition,
    text: str = "",
    public_url: str = "",
    checked_on: date | None = None,
    language: str = "",
    at: datetime | None = None,
) -> ItemAnswer:
    """Draft the answer to one item, or change the draft; by default in the language of the request.

    Side effects, in order: the draft is stored (an earlier answer that was sent stays beside it), withholdings of a
    draft that keeps nothing back any more are dropped, the request is in hand and an answer that was ready is not ready
    any more, the record gets an entry (not public). Raises PermissionDenied, WrongStateError where the answer was sent,
    and IncompleteError.
    """
    moment = at or timezone.now()
    item = locked_item(item)
    require(Act.ANSWER_ITEM, actor, item.request)
    _insist_on_draft(item)
    answer = _draft(
        item,
        actor=actor,
        disposition=Disposition(disposition),
        text=text,
        public_url=public_url,
        checked_on=checked_on,
        language=language,
        at=moment,
    )
    record_act(
        Verb.ITEM_ANSWERED,
        item.request,
        actor=actor,
        act=Act.ANSWER_ITEM,
        at=moment,
        facts={"item": item.number, "disposition": answer.disposition},
        public=False,
    )
    return answer


def _draft(
    item: RequestItem,
    *,
    actor: Any,
    disposition: Disposition,
    text: str = "",
    public_url: str = "",
    checked_on: date | None = None,
    language: str = "",
    at: datetime,
) -> ItemAnswer:
    """Store the draft of an answer, or raise IncompleteError."""
    if disposition not in DECIDED_DISPOSITIONS:
        raise IncompleteError(_("Choose what becomes of this question."))
    if disposition in _WITH_WORDS and not text.strip():
        raise IncompleteError(_("Write the answer: what is given, or where it was looked for and not found."))
    if disposition is Disposition.ALREADY_PUBLIC and not (public_url.strip() and checked_on):
        raise IncompleteError(_("Say where it can be read, and on which day you have seen it there."))
    answer = draft_of(item) or ItemAnswer(item=item, drafted_at=at, drafted_by=actor)
    answer.disposition = disposition
    answer.text = text.strip()
    answer.public_url = public_url.strip() if disposition is Disposition.ALREADY_PUBLIC else ""
    answer.checked_on = checked_on if disposition is Disposition.ALREADY_PUBLIC else None
    answer.language = language or item.request.language
    answer.decision = None
    answer.full_clean()
    answer.save()
    if disposition not in KEEPING_BACK:
        answer.withholdings.all().delete()
    _store_draft(item, disposition)
    return answer


@transaction.atomic
def withhold_item(
    item: RequestItem,
    *,
    actor: Any,
    ground: Ground,
    withheld_type: WithheldType,
    reason: Texts | str,
    public_interest: Texts | str,
    concerns_releases: bool,
    releases_consideration: Texts | str = "",
    substitute: Substitute = Substitute.NONE,
    substitute_text: str = "",
    review_by: date | None = None,
    entry: Entry | None = None,
    at: datetime | None = None,
) -> Withholding:
    """Draft that information is kept back on one ground of Art. 12(1); an item may have several of these.

    `entry` is the entry of the register whose value is kept back: when the answer is sent, the register says the same
    (Art. 12(3)). A text without a language is in the one of the request.

    Side effects, in order: where the item has no draft that keeps something back, it is drafted as kept back; the
    withholding is stored; an answer that was ready is not ready any more; the record gets an entry (not public). Raises
    PermissionDenied, WrongStateError, and IncompleteError with one sentence for each thing that the law asks for.
    """
    moment = at or timezone.now()
    item = locked_item(item)
    request = item.request
    require(Act.WITHHOLD_ITEM, actor, request)
    _insist_on_draft(item)
    reasons, interest, consideration = (
        _in_languages(text, request.language) for text in (reason, public_interest, releases_consideration)
    )
    withheld_type = WithheldType(withheld_type)
    _insist_on_reasons(
        ground=ground,
        withheld_type=withheld_type,
        reasons=reasons,
        public_interest=interest,
        concerns_releases=concerns_releases,
        releases_consideration=consideration,
        entry=entry,
    )
    draft = draft_of(item)
    if draft is None or draft.disposition not in KEEPING_BACK:
        draft = _draft(item, actor=actor, disposition=Disposition.WITHHELD, at=moment)
    withholding = Withholding(
        answer=draft,
        ground=ground,
        withheld_type=withheld_type,
        concerns_releases=concerns_releases,
        substitute=Substitute(substitute),
        substitute_text=substitute_text.strip(),
        review_by=review_by,
        entry_kind=entry.load_kind if entry is not None else "",
        entry_key=entry.entry_key if entry is not None else "",  # type: ignore[attr-defined]  # every kind of entry has one
        decided_at=moment,
        decided_by=actor,
    )
    reasons.put(withholding, "reason")
    interest.put(withholding, "public_interest")
    consideration.put(withholding, "releases_consideration")
    withholding.full_clean()
    withholding.save()
    _store_draft(item, Disposition(draft.disposition))
    record_act(
        Verb.ITEM_WITHHELD,
        request,
        actor=actor,
        act=Act.WITHHOLD_ITEM,
        at=moment,
        facts={"item": item.number, "ground": ground.code, "withheld_type": withheld_type.value},
        public=False,
    )
    return withholding


@transaction.atomic
def drop_withholding(withholding: Withholding, *, actor: Any, at: datetime | None = None) -> None:
    """Drop a withholding that is drafted; one that was sent is lifted instead.

    Side effects, in order: the withholding is gone, an answer that was ready is not ready any more, the record gets an
    entry (not public). Raises PermissionDenied and WrongStateError.
    """
    moment = at or timezone.now()
    item = locked_item(withholding.answer.item)
    require(Act.WITHHOLD_ITEM, actor, item.request)
    draft = draft_of(item)
    if draft is None or withholding.answer_id != draft.pk:
        raise WrongStateError(_("The requester was told of this: disclose what is kept back instead."))
    withholding.delete()
    _store_draft(item, Disposition(draft.disposition))
    record_act(
        Verb.ITEM_ANSWERED,
        item.request,
        actor=actor,
        act=Act.WITHHOLD_ITEM,
        at=moment,
        facts={"item": item.number, "disposition": draft.disposition},
        public=False,
    )


def draft_of(item: RequestItem) -> ItemAnswer | None:
    """Return the answer to an item that is drafted and not sent, if there is one."""
    drafts = [answer for answer in item.answers.all() if not answer.is_sent]
    return max(drafts, key=lambda answer: answer.pk, default=None)


def _in_languages(text: Texts | str, code: str) -> Texts:
    """Return a text in its languages; one that says none is in the language given."""
    return Texts(**{code: text.strip()}) if isinstance(text, str) else text


def _insist_on_draft(item: RequestItem) -> None:
    if item.answered_at is not None:
        raise WrongStateError(
            _("The answer to this question was sent. It stands as it is, unless a review re-opens it.")
        )


def _insist_on_reasons(
    *,
    ground: Ground,
    withheld_type: WithheldType,
    reasons: Texts,
    public_interest: Texts,
    concerns_releases: bool,
    releases_consideration: Texts,
    entry: Entry | None,
) -> None:
    """Raise IncompleteError with a sentence for everything that Art. 12 asks for and that is missing."""
    missing = []
    if not ground.is_active:
        missing.append(_("The law of this country does not authorise the authority to use this ground."))
    if reasons.is_empty:
        missing.append(_("Say in plain words why this is kept back: the requester and the register have to be told."))
    if public_interest.is_empty:
        missing.append(_("Say what interest the public has in it, and why that does not outweigh (Art. 12(1))."))
    if ground.weighs_releases and concerns_releases and releases_consideration.is_empty:
        missing.append(
            _(
                "This is about releases into the environment: on this ground it is kept back only with a written "
                "consideration of why it is not disclosed (Art. 12(2))."
            )
        )
    if entry is not None and withheld_type not in REGISTER_TYPES:
        missing.append(
            _("The register cannot keep this back of an entry: %(type)s. Leave the entry empty.")
            % {"type": withheld_type.label}
        )
    if missing:
        raise IncompleteError(*missing)


def _store_draft(item: RequestItem, disposition: Disposition) -> None:
    """Store what is drafted for an item; the request is in hand, and no answer to it is ready."""
    item.disposition = disposition
    item.save(update_fields=["disposition"])
    request: InformationRequest = item.request
    request.decisions.filter(sent_at=None).delete()
    if request.stage != Stage.IN_HAND:
        request.stage = Stage.IN_HAND
        request.save(update_fields=["stage"])
