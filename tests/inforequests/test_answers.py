"""Answering item by item, ready and sent, in part and in full (Arts. 11(2), 12)."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from accounts.roles import Role
from design.refusals import IncompleteError, WrongStateError
from inforequests import domain
from inforequests.enums import Disposition, Limb, Stage, Timeliness, Verb
from inforequests.models import Decision, InformationRequest
from ledger.models import Entry
from tests.inforequests.factories import (
    AFTER_LAST_DAY,
    DAY,
    HOUR,
    NOON,
    again,
    answer,
    ask,
    item_of,
    person,
    refused,
    send,
    withhold,
)

pytestmark = pytest.mark.django_db


def test_acknowledging_is_no_answer() -> None:
    request = ask().request

    request = domain.acknowledge_request(request, actor=person(Role.CASE_OFFICER), at=NOON + HOUR)

    assert (request.stage, request.acknowledged_at, request.sent_at) == (Stage.IN_HAND, NOON + HOUR, None)
    assert request.timeliness(AFTER_LAST_DAY) is Timeliness.IGNORED


def test_a_request_is_acknowledged_once() -> None:
    request = ask().request
    domain.acknowledge_request(request, actor=person(Role.CASE_OFFICER))

    with pytest.raises(WrongStateError):
        domain.acknowledge_request(request, actor=person(Role.CASE_OFFICER))


def test_a_drafted_answer_is_not_told_before_it_is_sent() -> None:
    request = ask().request
    answer(item_of(request))

    item = item_of(request)
    assert (item.disposition, item.public_disposition, item.sent_answers) == (
        Disposition.PROVIDED,
        Disposition.UNDECIDED,
        [],
    )
    drafted = Entry.objects.about("request", request.tracking_number).filter(verb=Verb.ITEM_ANSWERED)
    assert [entry.public for entry in drafted] == [False]


@pytest.mark.parametrize(
    ("disposition", "details"),
    [
        (Disposition.UNDECIDED, {"text": "Hm."}),
        (Disposition.PROVIDED, {"text": "  "}),
        (Disposition.PROVIDED_IN_PART, {"text": ""}),
        (Disposition.NOT_IN_REGISTER, {"text": ""}),
        (Disposition.ALREADY_PUBLIC, {"text": "There.", "public_url": "", "checked_on": None}),
        (Disposition.ALREADY_PUBLIC, {"public_url": "https://example.org/", "checked_on": None}),
    ],
)
def test_an_answer_without_its_words_or_place_is_refused(disposition: Disposition, details: dict) -> None:
    with pytest.raises(IncompleteError):
        answer(item_of(ask().request), disposition, **details)


def test_ready_and_sent_are_two_dates() -> None:
    request = ask().request
    answer(item_of(request))

    ready = domain.mark_answer_ready(request, actor=person(Role.CASE_OFFICER), at=NOON + DAY)
    sent = domain.send_decision(ready, actor=person(Role.CASE_OFFICER), at=NOON + 3 * DAY)

    assert (sent.ready_at, sent.sent_at) == (NOON + DAY, NOON + 3 * DAY)
    assert (sent.request.stage, sent.request.sent_at) == (Stage.SENT, NOON + 3 * DAY)
    assert sent.request.clock is not None
    assert sent.request.clock.met_on == date(2026, 3, 13)
    assert sent.request.timeliness(AFTER_LAST_DAY) is Timeliness.IN_TIME


def test_an_answer_is_not_ready_while_a_question_has_none() -> None:
    request = ask("One?", "Two?").request
    answer(item_of(request, 1))

    with pytest.raises(IncompleteError) as refusal:
        domain.mark_answer_ready(request, actor=person(Role.CASE_OFFICER))

    assert refusal.value.sentences == ["Question 2 has no answer yet."]


def test_what_is_kept_back_without_ground_type_and_reason_is_not_ready() -> None:
    request = ask().request
    answer(item_of(request), Disposition.WITHHELD)

    with pytest.raises(IncompleteError):
        domain.mark_answer_ready(request, actor=person(Role.CASE_OFFICER))


def test_changing_an_answer_that_was_ready_makes_it_not_ready() -> None:
    request = ask().request
    answer(item_of(request))
    domain.mark_answer_ready(request, actor=person(Role.CASE_OFFICER))

    answer(item_of(request), text="It was 13 kg.")

    assert InformationRequest.objects.get().stage == Stage.IN_HAND
    assert not Decision.objects.exists()


def test_a_part_can_be_sent_and_the_rest_is_ignored_on_the_day_after_the_last_day() -> None:
    sent = ask("One?", "Two?")
    answer(item_of(sent.request, 1))
    decision = send(sent.request, in_part=True)

    request = again(sent).request
    assert decision.is_partial
    assert (request.stage, request.sent_at) == (Stage.IN_HAND, None)
    assert [item.public_disposition for item in request.sorted_items] == [Disposition.PROVIDED, Disposition.UNDECIDED]
    assert request.timeliness(datetime(2026, 4, 10, 12, tzinfo=UTC)) is Timeliness.DUE_TODAY
    assert request.timeliness(AFTER_LAST_DAY) is Timeliness.IGNORED
    assert list(request.items.ignored(AFTER_LAST_DAY)) == [item_of(request, 2)]


def test_an_empty_part_is_no_answer() -> None:
    with pytest.raises(IncompleteError):
        domain.mark_answer_ready(ask().request, actor=person(Role.CASE_OFFICER), in_part=True)


def test_the_last_part_ends_the_request() -> None:
    sent = ask("One?", "Two?")
    answer(item_of(sent.request, 1))
    send(sent.request, in_part=True)
    answer(item_of(sent.request, 2), at=NOON + DAY)
    decision = send(sent.request, at=NOON + 2 * DAY)

    assert (decision.number, decision.is_partial, decision.request.stage) == (2, False, Stage.SENT)


def test_an_answer_that_was_sent_stays_as_it_is() -> None:
    request = ask().request
    answer(item_of(request))
    send(request)

    with pytest.raises(WrongStateError):
        answer(item_of(request), text="It was less.")


@pytest.mark.parametrize("role", [Role.CASE_OFFICER, Role.ADMINISTRATOR])
def test_only_a_decision_maker_sends_what_keeps_something_back(role: Role) -> None:
    request = ask().request
    withhold(item_of(request))
    ready = domain.mark_answer_ready(request, actor=person(Role.CASE_OFFICER))

    with pytest.raises(PermissionDenied):
        domain.send_decision(ready, actor=person(role))


def test_a_late_answer_is_late_for_ever() -> None:
    request = ask().request
    answer(item_of(request))
    send(request, at=AFTER_LAST_DAY)

    stored = InformationRequest.objects.get()
    assert stored.timeliness(AFTER_LAST_DAY + 300 * DAY) is Timeliness.ANSWERED_LATE


@pytest.mark.parametrize(
    ("questions", "kept", "limb"),
    [(1, (1,), Limb.REFUSED_IN_FULL), (2, (1, 2), Limb.REFUSED_IN_FULL), (2, (2,), Limb.REFUSED_IN_PART)],
)
def test_a_refusal_opens_its_way_to_a_review(questions: int, kept: tuple[int, ...], limb: Limb) -> None:
    request = ask(*[f"Question {number}?" for number in range(1, questions + 1)]).request
    for number in range(1, questions + 1):
        item = item_of(request, number)
        if number in kept:
            withhold(item)
        else:
            answer(item)
    send(request)

    assert [(remedy.limb, remedy.opened_at) for remedy in request.remedies.all()] == [(limb, NOON + 2 * HOUR)]


def test_a_full_answer_opens_no_way_by_itself() -> None:
    request = ask().request
    answer(item_of(request))
    send(request)

    assert not request.remedies.exists()


def test_a_withdrawn_request_runs_no_longer_and_is_never_late() -> None:
    sent = ask()

    request = domain.withdraw_request(sent.request, key=sent.secret, at=NOON + DAY)

    assert (request.stage, request.withdrawn_at) == (Stage.WITHDRAWN, NOON + DAY)
    assert list(InformationRequest.objects.ignored(AFTER_LAST_DAY)) == []
    with pytest.raises(WrongStateError):
        domain.withdraw_request(request, key=sent.secret)


def test_an_answered_request_cannot_be_withdrawn() -> None:
    sent = refused()

    with pytest.raises(WrongStateError):
        domain.withdraw_request(sent.request, key=sent.secret)
