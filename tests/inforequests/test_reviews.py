"""Review (Art. 14): by one of five plain sentences, of one's own request only, by people who are not the authority."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.roles import Role
from design.refusals import IncompleteError, WrongStateError
from inforequests import domain
from inforequests.enums import (
    ClockKind,
    Disposition,
    Limb,
    ReviewOutcome,
    ReviewStage,
    ReviewState,
    Stage,
    Timeliness,
    Verb,
)
from inforequests.models import ReviewBody, ReviewCase
from inforequests.permissions import user_can_read_case
from inforequests.refusals import NotYoursError
from inforequests.remedies import open_limbs
from inforequests.timeline import lines_for_public
from ledger.models import Entry
from tests.inforequests.factories import (
    AFTER_LAST_DAY,
    DAY,
    HOUR,
    NOON,
    again,
    answer,
    answered,
    ask,
    body,
    item_of,
    overturn,
    person,
    refused,
    review,
    send,
    withhold,
)

pytestmark = pytest.mark.django_db


def test_the_requester_asks_for_a_review_without_asking_the_authority_first() -> None:
    sent = refused()

    case = review(sent, Limb.REFUSED_IN_FULL)

    assert (case.stage, case.limb, case.body.name) == (ReviewStage.FILED, Limb.REFUSED_IN_FULL, "Access Commission")
    assert case.decision == sent.request.decisions.get()
    assert case.reference == f"{sent.request.tracking_number}/R1"
    assert again(sent).request.review_state is ReviewState.OPEN


def test_nobody_asks_for_a_review_of_somebody_elses_request() -> None:
    mine, theirs = refused(), refused()
    body()

    for key in (mine.secret, "", "0000-0000-0000-0000"):
        with pytest.raises(NotYoursError):
            domain.open_review(theirs.request, key=key, limb=Limb.REFUSED_IN_FULL)

    assert not ReviewCase.objects.exists()


@pytest.mark.parametrize(
    ("sent", "limbs"),
    [
        (ask, (Limb.OTHERWISE,)),
        (answered, (Limb.INADEQUATE, Limb.OTHERWISE)),
        (refused, (Limb.REFUSED_IN_FULL, Limb.INADEQUATE, Limb.OTHERWISE)),
    ],
)
def test_only_sentences_that_fit_are_open(sent: Any, limbs: tuple[Limb, ...]) -> None:
    made = again(sent())
    body()

    assert open_limbs(made.request, NOON + DAY) == limbs
    for limb in set(Limb) - set(limbs):
        with pytest.raises(WrongStateError):
            domain.open_review(made.request, key=made.secret, limb=limb, at=NOON + DAY)


def test_one_review_at_a_time() -> None:
    sent = refused()
    review(sent)

    with pytest.raises(WrongStateError):
        review(sent)


def test_where_no_body_takes_cases_here_the_requester_is_told() -> None:
    sent = refused()

    with pytest.raises(WrongStateError):
        domain.open_review(sent.request, key=sent.secret, limb=Limb.REFUSED_IN_FULL)


def test_a_reviewer_reads_the_cases_of_the_own_body_and_of_no_other() -> None:
    case = review(refused())
    elsewhere = person(Role.REVIEWER, "elsewhere@example.org")

    assert user_can_read_case(person(Role.REVIEWER), case)
    assert not user_can_read_case(elsewhere, case)
    assert list(ReviewCase.objects.before(elsewhere)) == []
    with pytest.raises(PermissionDenied):
        overturn_as(elsewhere, case)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.REVIEWER}))
def test_the_authority_reviews_nothing_even_as_a_member(role: Role) -> None:
    case = review(refused())
    official = person(role)
    ReviewBody.objects.get().members.add(official)

    with pytest.raises(PermissionDenied):
        overturn_as(official, case)
    with pytest.raises(PermissionDenied):
        domain.record_review_stage(case, actor=official, stage=ReviewStage.INQUIRY)


def overturn_as(actor: Any, case: ReviewCase) -> ReviewCase:
    return domain.decide_review(
        case,
        actor=actor,
        outcome=ReviewOutcome.DECISION_OVERTURNED,
        reasons="Wrong.",
        reopened_items=list(case.request.items.all()),
        comply_by=date(2026, 4, 1),
        at=NOON + 2 * DAY,
    )


def test_stages_are_recorded_and_only_deciding_closes() -> None:
    case = review(refused())

    case = domain.record_review_stage(
        case, actor=person(Role.REVIEWER), stage=ReviewStage.HEARING, file_number="AC 12/26"
    )

    assert (case.stage, case.file_number) == (ReviewStage.HEARING, "AC 12/26")
    with pytest.raises(WrongStateError):
        domain.record_review_stage(case, actor=person(Role.REVIEWER), stage=ReviewStage.CLOSED)


@pytest.mark.parametrize(
    "missing",
    [{"reasons": "  "}, {"reopened_items": []}, {"comply_by": None}, {"comply_by": date(2026, 3, 1)}],
)
def test_an_overturn_needs_reasons_questions_and_a_day_to_come(missing: dict[str, Any]) -> None:
    case = review(refused())
    order = {
        "outcome": ReviewOutcome.DECISION_OVERTURNED,
        "reasons": "Wrong.",
        "reopened_items": list(case.request.items.all()),
        "comply_by": date(2026, 4, 1),
    }

    with pytest.raises(IncompleteError):
        domain.decide_review(case, actor=person(Role.REVIEWER), at=NOON + 2 * DAY, **{**order, **missing})


def test_questions_of_another_request_cannot_be_reopened() -> None:
    case, other = review(refused()), refused()

    with pytest.raises(IncompleteError):
        domain.decide_review(
            case,
            actor=person(Role.REVIEWER),
            outcome=ReviewOutcome.DECISION_OVERTURNED,
            reasons="Wrong.",
            reopened_items=list(other.request.items.all()),
            comply_by=date(2026, 4, 1),
            at=NOON + 2 * DAY,
        )


def test_an_overturn_reopens_the_item_with_a_day_to_comply_by() -> None:
    sent = ask("One?", "Two?")
    answer(item_of(sent.request, 1))
    withhold(item_of(sent.request, 2))
    send(sent.request)
    case = overturn(review(again(sent), Limb.REFUSED_IN_PART), 2)

    request = again(sent).request
    first, second = request.sorted_items
    assert (request.stage, request.sent_at) == (Stage.IN_HAND, None)
    assert (first.disposition, second.disposition) == (Disposition.PROVIDED, Disposition.UNDECIDED)
    assert second.answered_at is None
    assert [each.disposition for each in second.sent_answers] == [Disposition.WITHHELD]
    assert second.clock is not None
    assert (second.clock.kind, second.clock.last_day) == (ClockKind.COMPLIANCE, case.comply_by)
    assert request.clock == second.clock
    assert first.clock is not None
    assert first.clock.met_on == NOON.date()
    entry = list(Entry.objects.about("request", request.tracking_number))[-1]
    assert (entry.verb, entry.facts) == (
        Verb.REVIEW_DECIDED,
        {
            "review": 1,
            "outcome": "decision_overturned",
            "reopened": [2],
            "comply_by": case.comply_by.isoformat() if case.comply_by else None,
        },
    )
    line = lines_for_public(request)[-1]
    assert "The request was re-opened: question 2 has to be answered anew by" in line["text"]
    assert line["actor"] == "the review body"


def test_complying_closes_the_clock_of_the_order_and_says_so() -> None:
    sent = refused()
    case = overturn(review(sent))
    answer(item_of(sent.request), at=NOON + 3 * DAY)
    send(sent.request, at=NOON + 4 * DAY)

    case.refresh_from_db()
    request = again(sent).request
    assert case.complied_at == NOON + 4 * DAY
    entry = list(Entry.objects.about("request", sent.request.tracking_number))[-1]
    assert (entry.verb, entry.facts["complied"]) == (Verb.SENT, [1])
    assert lines_for_public(sent.request)[-1]["text"].endswith("With it the authority did what the review had decided.")
    assert (request.stage, request.sent_at) == (Stage.SENT, NOON + 4 * DAY)
    assert {clock.timeliness(AFTER_LAST_DAY) for clock in request.clocks.all()} == {Timeliness.IN_TIME}
    item = request.sorted_items[0]
    assert [each.disposition for each in item.sent_answers] == [Disposition.WITHHELD, Disposition.PROVIDED]


@pytest.mark.parametrize("outcome", [ReviewOutcome.DECISION_UPHELD, ReviewOutcome.SETTLED, ReviewOutcome.WITHDRAWN])
def test_other_outcomes_reopen_nothing(outcome: ReviewOutcome) -> None:
    sent = refused()
    case = review(sent)

    case = domain.decide_review(
        case,
        actor=person(Role.REVIEWER),
        outcome=outcome,
        reasons="As said.",
        reopened_items=list(sent.request.items.all()),
        comply_by=date(2026, 4, 1),
        at=NOON + 2 * DAY,
    )

    request = again(sent).request
    assert (request.stage, request.review_state) == (Stage.SENT, ReviewState.DECIDED)
    assert (case.comply_by, case.reopened_items.count()) == (None, 0)


def test_a_decided_review_stands_as_it_is() -> None:
    case = overturn(review(refused()))

    with pytest.raises(WrongStateError):
        overturn(case)


def test_ordered_silence_gets_a_day_although_nothing_was_ever_answered() -> None:
    sent = ask()
    case = review(sent, Limb.IGNORED, at=AFTER_LAST_DAY)
    overturn(case, at=AFTER_LAST_DAY + HOUR)

    request = again(sent).request
    assert request.clock is not None
    assert (request.clock.kind, request.clock.last_day) == (ClockKind.COMPLIANCE, date(2026, 4, 21))
    assert request.timeliness(AFTER_LAST_DAY + DAY) is Timeliness.IN_TIME
    assert datetime(2026, 4, 10, 22, tzinfo=UTC) in [remedy.opened_at for remedy in request.remedies.all()]
