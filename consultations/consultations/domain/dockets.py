"""Opening, changing, publishing and discontinuing the file of a consultation."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.acts import DOCKET_RULES, Act
from consultations.domain.commitments import reason_words
from consultations.domain.pages import write_pages
from consultations.domain.periods import reset_opening
from consultations.domain.proposals import freeze_proposal, proposal_content, require_changeable, same_proposal
from consultations.domain.records import record_about_docket
from consultations.domain.rows import order_rows
from consultations.enums import DocketPart, Verb
from consultations.models import Docket
from consultations.permissions import require
from consultations.refusals import IncompleteError
from design.formats import date_of
from design.languages import CODES
from design.texts import Texts


@transaction.atomic
def create_docket(docket: Docket, *, actor: Any, at: datetime | None = None) -> Docket:
    """Open the file of a consultation: an unsaved docket, with its measures, documents and ways held in memory.

    Side effects, in order: reference and measure numbers are given, the docket is stored with its rows, the record gets
    an entry (not public). Raises PermissionDenied, and ValidationError where a field is wrong.
    """
    require(Act.CREATE_DOCKET, actor)
    moment = at or timezone.now()
    docket.reference = _next_reference(moment)
    docket.created_at = moment
    docket.created_by = actor
    order_rows(docket.measures, docket.documents, docket.ways)
    _number_measures(docket)
    _validate(docket)
    docket.save()
    record_about_docket(
        Verb.DOCKET_CREATED, docket, actor=actor, act=Act.CREATE_DOCKET, at=moment, facts={}, public=False
    )
    return docket


@transaction.atomic
def change_docket(docket: Docket, *, actor: Any, at: datetime | None = None) -> Docket:
    """Store what was changed in a docket held in memory, its measures, documents and ways included.

    Side effects, in order: new measures are numbered, the docket is stored; where it is published, a changed proposal
    becomes a new version and the pages follow the texts; the record gets an entry (public only with a new version).
    Raises PermissionDenied, WrongStateError, ValidationError, and ProposalLockedError where comments have been taken on
    the proposal and no new period is still to open.
    """
    moment = at or timezone.now()
    stored = Docket.objects.select_for_update().get(pk=docket.pk)
    require(Act.CHANGE_DOCKET, actor, stored, moment)
    for field in ("reference", "editorial_state", "handling_state", "published_at", "created_at", "created_by"):
        setattr(docket, field, getattr(stored, field))
    if not stored.is_draft:
        docket.slug = stored.slug  # the address is for ever
    order_rows(docket.measures, docket.documents, docket.ways)
    _number_measures(docket)
    _validate(docket)
    newest = stored.current_proposal
    is_changed = newest is not None and not same_proposal(newest.content, proposal_content(docket))
    if is_changed:
        require_changeable(stored, moment)
    if not stored.is_draft:
        _require_complete(_missing_texts(docket) + _missing_measures(docket) + _missing_documents(docket))
    docket.save()
    facts: dict[str, Any] = {}
    if is_changed:
        version = freeze_proposal(docket, at=moment)
        facts = {"version": version.number, "sha256": version.sha256}
    if docket.is_published:
        write_pages(docket, actor=actor)
    record_about_docket(
        Verb.PROPOSAL_CHANGED if is_changed else Verb.DOCKET_CHANGED,
        docket,
        actor=actor,
        act=Act.CHANGE_DOCKET,
        at=moment,
        facts=facts,
        public=is_changed,
    )
    return docket


@transaction.atomic
def publish_docket(docket: Docket, *, actor: Any, at: datetime | None = None) -> Docket:
    """Publish a consultation in all three languages.

    Side effects, in order: a period whose opening has passed unseen is made to open now; the docket becomes visible;
    its proposal is frozen as version 1 with copies of its papers; its pages are made and published; the record gets a
    public entry. Raises PermissionDenied, WrongStateError, and IncompleteError with all that is missing.
    """
    moment = at or timezone.now()
    docket = _locked(docket)
    require(Act.PUBLISH_DOCKET, actor, docket, moment)
    _require_complete(missing_for_publication(docket, moment))
    reset_opening(docket, not_before=moment)
    rule = DOCKET_RULES[Act.PUBLISH_DOCKET]
    docket.editorial_state = rule.to_editorial or docket.editorial_state
    docket.published_at = moment
    docket.save()
    version = freeze_proposal(docket, at=moment)
    write_pages(docket, actor=actor)
    record_about_docket(
        Verb.DOCKET_PUBLISHED,
        docket,
        actor=actor,
        act=Act.PUBLISH_DOCKET,
        at=moment,
        facts={"version": version.number, "sha256": version.sha256},
    )
    return docket


@transaction.atomic
def discontinue_docket(docket: Docket, *, actor: Any, reason: Texts, at: datetime | None = None) -> Docket:
    """End a consultation without a decision; the reason is public, and comments are taken no more.

    Side effects, in order: the docket is stored with the reason, the record gets a public entry that commits to it.
    Raises PermissionDenied, WrongStateError, and IncompleteError where the reason is missing in a language.
    """
    moment = at or timezone.now()
    docket = _locked(docket)
    require(Act.DISCONTINUE_DOCKET, actor, docket, moment)
    if reason.missing:
        raise IncompleteError(
            _("Give the reason in all three languages; missing: %(languages)s.")
            % {"languages": language_names(reason.missing)}
        )
    docket.handling_state = DOCKET_RULES[Act.DISCONTINUE_DOCKET].to_handling or docket.handling_state
    docket.discontinued_at = moment
    reason.put(docket, "discontinued_reason")
    docket.save()
    record_about_docket(
        Verb.DOCKET_DISCONTINUED,
        docket,
        actor=actor,
        act=Act.DISCONTINUE_DOCKET,
        at=moment,
        facts={},
        private=reason_words(reason),
    )
    return docket


def missing_for_publication(docket: Docket, at: datetime | None = None) -> list[str]:
    """Return a sentence for everything that a consultation lacks before it can be published; an empty list is a yes."""
    return [sentence for sentences in missing_by_part(docket, at).values() for sentence in sentences]


def missing_by_part(docket: Docket, at: datetime | None = None) -> dict[DocketPart, list[str]]:
    """Return the same sentences by the part of the file that lacks something; every part is named, complete or not."""
    moment = at or timezone.now()
    last_closing = max((window.closes_at for window in docket.windows), default=None)
    period, day, contact = [], [], []
    if last_closing is None:
        period.append(_("Set a comment period."))
    elif last_closing <= moment:
        period.append(_("The comment period is over already: set another one."))
    if docket.decision_expected_by is None:
        day.append(_("Say by when the decision is expected: the public must know when to look again."))
    elif last_closing is not None and docket.decision_expected_by <= date_of(last_closing):
        day.append(_("The decision is expected before comments close. Choose a later day."))
    if not docket.contact_email and not docket.contact_phone:
        contact.append(_("Give an e-mail address or a telephone number for questions."))
    return {
        DocketPart.TEXTS: _missing_texts(docket),
        DocketPart.MEASURES: _missing_measures(docket),
        DocketPart.DOSSIER: _missing_documents(docket),
        DocketPart.PERIOD: period,
        DocketPart.DECISION_DAY: day,
        DocketPart.CONTACT: contact,
    }


def _validate(docket: Docket) -> None:
    """Raise ValidationError where a field of the docket or of one of its rows is wrong."""
    docket.full_clean()
    for rows in (docket.measures, docket.documents, docket.ways):
        for row in rows.all():
            row.full_clean(exclude=["docket"])


def _missing_texts(docket: Docket) -> list[str]:
    named = {
        _("title"): Texts.of(docket, "title"),
        _("summary"): Texts.of(docket, "summary"),
        _("authority"): Texts.of(docket, "authority"),
        _("legal basis"): Texts.of(docket, "legal_basis"),
    }
    return [
        _("The %(text)s is missing in: %(languages)s.") % {"text": name, "languages": language_names(texts.missing)}
        for name, texts in named.items()
        if texts.missing
    ]


def _missing_measures(docket: Docket) -> list[str]:
    measures = list(docket.measures.all())
    missing = []
    if not measures:
        missing.append(_("Add at least one measure: what would be different in the register."))
    for measure in measures:
        fields = ["rationale"]
        fields += [name for name in ("subject", "before_text", "after_text") if getattr(measure, f"{name}_en").strip()]
        absent = sorted({code for name in fields for code in Texts.of(measure, name).missing}, key=CODES.index)
        if absent:
            missing.append(
                _("Texts of measure %(measure)s are missing in: %(languages)s.")
                % {"measure": measure.code, "languages": language_names(absent)}
            )
    return missing


def _missing_documents(docket: Docket) -> list[str]:
    documents = list(docket.documents.all())
    if not documents:
        return [_("Add at least one document to the dossier: the public may see what the proposal rests on.")]
    return [
        _("The title of the document “%(title)s” is missing in: %(languages)s.")
        % {"title": document.title_en, "languages": language_names(Texts.of(document, "title").missing)}
        for document in documents
        if Texts.of(document, "title").missing
    ]


def _require_complete(missing: list[str]) -> None:
    if missing:
        raise IncompleteError(*missing)


def language_names(codes: list[str]) -> str:
    """Return languages by their own names: "Français, Русский"."""
    names = dict(settings.LANGUAGES)
    return ", ".join(str(names[code]) for code in codes)


def _locked(docket: Docket) -> Docket:
    """Return the docket as it is stored, held against other writers until the transaction ends."""
    return Docket.objects.select_for_update().get(pk=docket.pk)


def _next_reference(moment: datetime) -> str:
    """Return the next free reference of a year, such as "C-2026-003"."""
    year = date_of(moment).year
    given = Docket.objects.filter(reference__startswith=f"C-{year}-").values_list("reference", flat=True)
    # By number, not by letters: the thousandth file of a year comes after the 999th.
    last = max((int(reference.rpartition("-")[2]) for reference in given), default=0)
    return f"C-{year}-{last + 1:03}"


def _number_measures(docket: Docket) -> None:
    """Give new measures the next numbers; a number that was ever published is never given again."""
    measures = list(docket.measures.all())
    used = {measure.number for measure in measures}
    if docket.pk:
        for content in docket.versions.values_list("content", flat=True):
            used |= {facts["number"] for facts in content["measures"]}
    following = max(used, default=0)
    for measure in measures:
        if not measure.number:
            following += 1
            measure.number = following
