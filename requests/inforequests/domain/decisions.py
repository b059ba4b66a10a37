"""Making an answer ready and sending it: two acts with two dates, for the law has two duties in one sentence."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inforequests.acts import Act
from inforequests.domain.answering import draft_of
from inforequests.domain.clocks import settle_clocks
from inforequests.domain.commitments import answer_words
from inforequests.domain.disclosing import renew_words
from inforequests.domain.letters import Letter, write_letter
from inforequests.domain.records import record_act
from inforequests.domain.register import keep_back_in_register, lift_without_register, still_kept_back
from inforequests.domain.stored import locked, locked_decision
from inforequests.enums import KEEPING_BACK, Disposition, Limb, Stage, Verb
from inforequests.models import Decision, InformationRequest, ItemAnswer, Remedy, RequestItem
from inforequests.permissions import act_of_sending, require
from inforequests.refusals import IncompleteError


def missing_for_decision(request: InformationRequest, *, in_part: bool = False) -> list[str]:
    """Return a sentence for everything that an answer lacks before it is ready."""
    missing = []
    drafted = [item for item in request.unanswered_items if item.disposition != Disposition.UNDECIDED]
    for item in request.unanswered_items:
        if item.disposition == Disposition.UNDECIDED and not in_part:
            missing.append(_("Question %(number)s has no answer yet.") % {"number": item.number})
    if in_part and not drafted:
        missing.append(_("Answer at least one question: an empty part is no answer."))
    for item in drafted:
        draft = draft_of(item)
        if item.disposition in KEEPING_BACK and (draft is None or not draft.withholdings.all()):
            missing.append(
                _("Of question %(number)s something is kept back: say on which ground, of which type, and why.")
                % {"number": item.number}
            )
    return missing


@transaction.atomic
def mark_answer_ready(
    request: InformationRequest,
    *,
    actor: Any,
    letter: str = "",
    in_part: bool = False,
    language: str = "",
    at: datetime | None = None,
) -> Decision:
    """Mark the drafted answers as ready to be sent; `in_part` leaves items without an answer for later.

    What is left for later has the same last day as before: on the day after it, that part counts as ignored.

    Side effects, in order: the decision is stored with the answers of which it consists, the request's stage is "answer
    ready", the record gets an entry (not public). Raises PermissionDenied, WrongStateError, and IncompleteError with
    one sentence for each thing that is missing.
    """
    moment = at or timezone.now()
    request = locked(request)
    require(Act.MARK_READY, actor, request)
    missing = missing_for_decision(request, in_part=in_part)
    if missing:
        raise IncompleteError(*missing)
    decision = Decision(
        request=request,
        number=request.decisions.count() + 1,
        is_partial=any(item.disposition == Disposition.UNDECIDED for item in request.unanswered_items),
        letter=letter.strip(),
        language=language or request.language,
        ready_at=moment,
        ready_by=actor,
    )
    decision.full_clean()
    decision.save()
    drafts = [draft_of(item) for item in request.unanswered_items if item.disposition != Disposition.UNDECIDED]
    ItemAnswer.objects.filter(pk__in=[draft.pk for draft in drafts if draft]).update(decision=decision)
    request.stage = Stage.DECIDED
    request.save(update_fields=["stage"])
    record_act(
        Verb.ANSWER_READY,
        request,
        actor=actor,
        act=Act.MARK_READY,
        at=moment,
        facts={"decision": decision.number, "in_part": decision.is_partial},
        public=False,
    )
    return decision


@transaction.atomic
def send_decision(decision: Decision, *, actor: Any, at: datetime | None = None) -> Decision:
    """Send an answer that is ready; with something kept back only a decision-maker can.

    Side effects, in order: the register says what is kept back of its entries, the items are answered, the decision is
    stored as sent, what was kept back earlier and is given now is lifted, each kind of refusal opens its way to a
    review, the clocks are settled, the request is answered or stays in hand, a review that is complied with says so,
    the published words are renewed, the record gets a public entry, the requester is written to. Raises
    PermissionDenied, WrongStateError, and IncompleteError where the register still keeps back what is given now.
    """
    moment = at or timezone.now()
    decision = locked_decision(decision)
    request = decision.request
    act = act_of_sending(decision)
    require(act, actor, request)
    answers = list(decision.answers.all())
    held = still_kept_back(answers)
    if held:
        raise IncompleteError(*held)
    # The register says what it keeps back itself, and of each of its entries by an act of its own (Art. 12(3)).
    keep_back_in_register(answers, actor=actor, at=moment)
    RequestItem.objects.filter(pk__in=[answer.item_id for answer in answers]).update(answered_at=moment)
    decision.sent_at, decision.sent_by = moment, actor
    decision.save(update_fields=["sent_at", "sent_by"])
    lift_without_register(answers, at=moment)
    request = locked(request)
    open_remedies(decision, answers, request, at=moment)
    settle_clocks(request, at=moment)
    _conclude(request, moment)
    complied = _comply(request, moment)
    renew_words(request)
    facts: dict[str, Any] = {
        "decision": decision.number,
        "in_part": decision.is_partial,
        "items": {str(answer.item.number): answer.disposition for answer in answers},
    }
    if complied:
        facts["complied"] = complied
    record_act(Verb.SENT, request, actor=actor, act=act, at=moment, facts=facts, private=answer_words(decision))
    decision.request = locked(request)
    write_letter(Letter.ANSWERED, decision.request, at=moment, once_for=decision.number, is_partial=decision.is_partial)
    return decision


def open_remedies(decision: Decision, answers: list[ItemAnswer], request: InformationRequest, *, at: datetime) -> None:
    """Store the way to a review that a refusal opens; one that silence opened stays open beside it."""
    if not any(answer.disposition in KEEPING_BACK for answer in answers):
        return
    in_full = all(item.disposition == Disposition.WITHHELD for item in request.sorted_items)
    Remedy.objects.create(
        request=request,
        limb=Limb.REFUSED_IN_FULL if in_full else Limb.REFUSED_IN_PART,
        opened_at=at,
        decision=decision,
    )


def _conclude(request: InformationRequest, moment: datetime) -> None:
    is_complete = not request.unanswered_items
    request.stage = Stage.SENT if is_complete else Stage.IN_HAND
    request.sent_at = moment if is_complete else None
    request.save(update_fields=["stage", "sent_at"])


def _comply(request: InformationRequest, moment: datetime) -> list[int]:
    """Store of each review that re-opened something that it is complied with, once all of that is answered.

    Return the numbers of those that were not complied with before.
    """
    complied = []
    for case in request.reviews.filter(comply_by__isnull=False, complied_at=None).order_by("number"):
        if not case.reopened_items.filter(answered_at=None).exists():
            case.complied_at = moment
            case.save(update_fields=["complied_at"])
            complied.append(case.number)
    return complied
