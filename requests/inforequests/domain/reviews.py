"""Reviews (Art. 14): asked for by the requester, decided by a body that is not the authority, and obeyed by it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from design.formats import date_of
from inforequests.acts import Act
from inforequests.domain.clocks import settle_clocks, start_compliance_clock
from inforequests.domain.commitments import REASONS, review_words
from inforequests.domain.letters import Letter, write_letter
from inforequests.domain.records import record_act
from inforequests.domain.silence import record_silence
from inforequests.domain.stored import locked, locked_case
from inforequests.enums import (
    OPEN_REVIEW_STAGES,
    REOPENING_OUTCOMES,
    Disposition,
    Judgement,
    Limb,
    ReviewOutcome,
    ReviewStage,
    Stage,
    Verb,
)
from inforequests.models import InformationRequest, RequestItem, ReviewBody, ReviewCase, Withholding
from inforequests.permissions import require_requester, require_reviewer
from inforequests.refusals import IncompleteError, WrongStateError
from inforequests.remedies import open_limbs


@transaction.atomic
def open_review(
    request: InformationRequest,
    *,
    key: str,
    limb: Limb,
    body: ReviewBody | None = None,
    words: str = "",
    at: datetime | None = None,
) -> ReviewCase:
    """Ask for a review, by the requester, who shows the access key and says which of the five sentences fits.

    Without a `body` it is the first one that takes cases through this site.

    Side effects, in order: a silence that no job has recorded yet is recorded, the case is stored, the record gets a
    public entry, the requester is written to. Raises NotYoursError, and WrongStateError where a review is open already,
    where the sentence does not fit what happened, or where no body takes cases here.
    """
    moment = at or timezone.now()
    request = locked(request)
    require_requester(Act.ASK_REVIEW, key, request)
    if request.open_review is not None:
        raise WrongStateError(_("A review of this request is open already. You will be told what it finds."))
    if limb not in open_limbs(request, moment):
        raise WrongStateError(_("This reason does not fit what has happened so far. Choose another one."))
    chosen = body or ReviewBody.objects.receiving_here().first()
    if chosen is None or not (chosen.is_active and chosen.receives_here):
        raise WrongStateError(_("No review body takes cases through this site. Turn to one of those that are named."))
    # Silence is an event of its own, with a date of its own: it happened when the last day ended, whoever acts now.
    record_silence(request, at=moment)
    case = ReviewCase(
        request=request,
        body=chosen,
        number=request.reviews.count() + 1,
        limb=Limb(limb),
        words=words.strip(),
        decision=request.decisions.sent().order_by("-sent_at").first() if limb is not Limb.IGNORED else None,
        opened_at=moment,
    )
    case.full_clean()
    case.save()
    facts = {"review": case.number, "limb": case.limb}
    record_act(Verb.REVIEW_OPENED, request, at=moment, facts=facts, private=review_words(case))
    write_letter(
        Letter.REVIEW_OPENED,
        request,
        at=moment,
        once_for=case.number,
        reference=case.reference,
        body=lambda: case.body.name,
        limb=case.get_limb_display,
    )
    return case


@transaction.atomic
def record_review_stage(
    case: ReviewCase, *, actor: Any, stage: ReviewStage, file_number: str = "", at: datetime | None = None
) -> ReviewCase:
    """Record how far a review has got, by a member of the body that has it; `decide_review` closes it.

    Side effects, in order: stage and file number are stored, the record gets a public entry. Raises PermissionDenied
    and WrongStateError.
    """
    moment = at or timezone.now()
    case = locked_case(case)
    require_reviewer(Act.RECORD_REVIEW_STAGE, actor, case)
    if stage not in OPEN_REVIEW_STAGES:
        raise WrongStateError(_("A review is closed by deciding it."))
    case.stage = ReviewStage(stage)
    case.file_number = file_number.strip() or case.file_number
    case.full_clean()
    case.save(update_fields=["stage", "file_number"])
    record_act(
        Verb.REVIEW_ADVANCED,
        case.request,
        actor=actor,
        act=Act.RECORD_REVIEW_STAGE,
        at=moment,
        facts={"review": case.number, "stage": case.stage},
    )
    return case


@transaction.atomic
def decide_review(
    case: ReviewCase,
    *,
    actor: Any,
    outcome: ReviewOutcome,
    reasons: str,
    language: str = "",
    reopened_items: Sequence[RequestItem] = (),
    comply_by: date | None = None,
    at: datetime | None = None,
) -> ReviewCase:
    """Record the decision of a review, by a member of the body that has it.

    What is overturned, wholly or in part, re-opens the items that are named, with a day by which to comply.

    Side effects, in order: the case is closed with outcome and reasons; withholdings of the items get the judgement;
    the items are open again under a clock of their own, and so is the request; the record gets a public entry, which
    says what is re-opened and until when; the requester is told the decision and, apart from it, the re-opening. Raises
    PermissionDenied, WrongStateError, and IncompleteError where reasons, items or the day are missing.
    """
    moment = at or timezone.now()
    case = locked_case(case)
    require_reviewer(Act.DECIDE_REVIEW, actor, case)
    outcome = ReviewOutcome(outcome)
    reopens = outcome in REOPENING_OUTCOMES
    items = list(reopened_items) if reopens else []
    _insist_on_order(case, reasons, items, comply_by, moment, reopens=reopens)
    case.stage = ReviewStage.CLOSED
    case.outcome = outcome
    case.reasons = reasons.strip()
    case.reasons_language = language or case.request.language
    case.decided_at, case.decided_by = moment, actor
    case.comply_by = comply_by if reopens else None
    case.full_clean()
    case.save()
    case.reopened_items.set(items)
    _judge(case, outcome, items)
    facts: dict[str, Any] = {"review": case.number, "outcome": case.outcome}
    if items and comply_by is not None:
        _reopen(case, items, comply_by, moment)
        facts |= {"reopened": sorted(item.number for item in items), "comply_by": comply_by.isoformat()}
    record_act(
        Verb.REVIEW_DECIDED,
        case.request,
        actor=actor,
        act=Act.DECIDE_REVIEW,
        at=moment,
        facts=facts,
        private={REASONS: case.reasons},
    )
    write_letter(
        Letter.REVIEW_DECIDED,
        case.request,
        at=moment,
        once_for=case.number,
        reference=case.reference,
        body=lambda: case.body.name,
        outcome=case.get_outcome_display,
    )
    if items:
        request = locked(case.request)
        write_letter(Letter.REOPENED, request, at=moment, once_for=case.number, reference=case.reference)
    return case


def _insist_on_order(
    case: ReviewCase,
    reasons: str,
    items: Sequence[RequestItem],
    comply_by: date | None,
    moment: datetime,
    *,
    reopens: bool,
) -> None:
    missing = []
    if not reasons.strip():
        missing.append(_("Give the reasons of the decision: both sides have to read them."))
    if reopens and not items:
        missing.append(_("Choose the questions that have to be answered anew."))
    if any(item.request_id != case.request_id for item in items):
        missing.append(_("Only questions of this request can be answered anew."))
    if reopens and comply_by is None:
        missing.append(_("Set the day by which the authority has to comply."))
    if reopens and comply_by is not None and comply_by < date_of(moment):
        missing.append(_("The day by which the authority has to comply is over already. Choose a later one."))
    if missing:
        raise IncompleteError(*missing)


def _judge(case: ReviewCase, outcome: ReviewOutcome, items: Sequence[RequestItem]) -> None:
    """Store what the review found about what is kept back: of the re-opened items wrongly, of the others rightly."""
    under_review = Withholding.objects.filter(answer__item__request=case.request, lifted_at=None)
    under_review = under_review.exclude(answer__decision__sent_at=None)
    under_review.filter(answer__item__in=items).update(judgement=Judgement.WRONGLY_INVOKED)
    if outcome in {*REOPENING_OUTCOMES, ReviewOutcome.DECISION_UPHELD}:
        under_review.exclude(answer__item__in=items).update(judgement=Judgement.PROPERLY_INVOKED)


def _reopen(case: ReviewCase, items: Sequence[RequestItem], comply_by: date, moment: datetime) -> None:
    """Open items again under a clock that ends on the day to comply by, and the request with them."""
    request = case.request
    clock = start_compliance_clock(request, last_day=comply_by, ordered_at=moment)
    reopened = RequestItem.objects.filter(pk__in=[item.pk for item in items])
    # What was never answered may have a draft, which stays.
    reopened.filter(answered_at__isnull=False).update(disposition=Disposition.UNDECIDED, answered_at=None)
    reopened.update(clock=clock)
    request.stage = Stage.IN_HAND
    request.sent_at = None
    request.save(update_fields=["stage", "sent_at"])
    settle_clocks(request, at=moment)
