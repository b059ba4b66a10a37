"""Asking: no account, no reason, no name; the instant of submission starts the clock (Art. 11(1)-(2))."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import FieldDoesNotExist, PermissionDenied

from accounts.roles import Role
from design.refusals import IncompleteError
from inforequests import domain
from inforequests.enums import AnswerPrivacy, ClockKind, MessageKind, Stage, Timeliness, Verb
from inforequests.models import InformationRequest, Requester, Submission
from ledger.models import Entry
from tests.inforequests.factories import HOUR, NOON, ask, person
from tracking.numbers import secret_opens

pytestmark = pytest.mark.django_db


def test_a_stranger_asks_and_gets_a_number_and_a_key() -> None:
    sent = ask("What is stored in the tailings pond?")

    request = sent.request
    assert request.tracking_number.startswith("R-")
    assert secret_opens(sent.secret, request.tracking_number, request.secret_digest)
    assert (request.stage, request.privacy) == (Stage.RECEIVED, AnswerPrivacy.REQUESTER)
    assert request.requester is None
    assert [item.text for item in request.items.all()] == ["What is stored in the tailings pond?"]


def test_the_clock_starts_at_submission_and_says_how_it_was_counted() -> None:
    request = ask(at=NOON).request

    clock = request.clock
    assert clock is not None
    assert (clock.kind, clock.anchor, clock.last_day) == (ClockKind.ANSWER, date(2026, 3, 10), date(2026, 4, 10))
    assert {item.clock_id for item in request.items.all()} == {clock.pk}
    assert [str(line) for line in clock.lines][-1].endswith(".")


def test_one_second_before_midnight_on_31_january_still_is_31_january() -> None:
    """The authority sits in Geneva: 23:59:59 there is 22:59:59 UTC."""
    request = ask(at=datetime(2026, 1, 31, 22, 59, 59, tzinfo=UTC)).request

    assert request.clock is not None
    assert (request.clock.anchor, request.clock.last_day) == (date(2026, 1, 31), date(2026, 2, 28))


def test_one_second_later_it_is_february() -> None:
    request = ask(at=datetime(2026, 1, 31, 23, 0, tzinfo=UTC)).request

    assert request.clock is not None
    assert (request.clock.anchor, request.clock.last_day) == (date(2026, 2, 1), date(2026, 3, 1))


@pytest.mark.parametrize("utc_hour", [0, 1], ids=["first time", "second time"])
def test_a_request_in_the_doubled_hour_has_one_day_and_one_instant(utc_hour: int) -> None:
    """On 25 October 2026 the clocks of Geneva show half past two twice."""
    instant = datetime(2026, 10, 25, utc_hour, 30, tzinfo=UTC)

    request = ask(at=instant).request

    assert request.submitted_at == instant
    assert request.clock is not None
    assert request.clock.last_day == date(2026, 11, 25)


def test_several_questions_are_several_items_under_one_clock() -> None:
    request = ask("How much?", "  ", "Since when?").request

    assert [(item.number, item.text) for item in request.items.all()] == [(1, "How much?"), (2, "Since when?")]
    assert request.clocks.count() == 1


@pytest.mark.parametrize("questions", [[], [""], [" \n\t "]], ids=["none", "empty", "blank"])
def test_nothing_asked_is_answered_with_a_sentence(questions: list[str]) -> None:
    with pytest.raises(IncompleteError) as refusal:
        domain.receive_request(language="en", questions=questions, at=NOON)

    assert refusal.value.sentences == ["Write what you want to know."]
    assert not InformationRequest.objects.exists()


def test_a_second_click_gives_the_same_receipt_and_the_same_key() -> None:
    first = ask(form_token="token", at=NOON)
    second = ask(form_token="token", at=NOON + HOUR)

    assert (second.request, second.secret, second.is_new) == (first.request, first.secret, False)
    assert InformationRequest.objects.count() == 1


def test_the_same_words_sent_again_later_are_another_request_and_move_no_clock() -> None:
    first = ask("How much?", at=NOON).request
    second = ask("How much?", at=NOON + timedelta(days=20)).request

    assert first.pk != second.pk
    first.refresh_from_db()
    assert first.clock is not None
    assert first.clock.last_day == date(2026, 4, 10)


def test_nobody_is_asked_for_account_purpose_or_nationality() -> None:
    unwanted = ("user", "account", "purpose", "reason", "interest", "nationality", "citizenship", "birth_date")
    for model in (InformationRequest, Requester, Submission):
        for name in unwanted:
            with pytest.raises(FieldDoesNotExist):
                model._meta.get_field(name)


def test_the_record_holds_the_act_and_nobodys_words_or_name() -> None:
    request = ask("A secret question?", name="Ada Lovelace").request

    [entry] = Entry.objects.about("request", request.tracking_number)
    assert (entry.verb, entry.actor_role) == (Verb.SUBMITTED, "public")
    assert set(entry.commitments) == {"text", "requester"}
    clock = request.clock
    assert clock is not None
    assert (entry.facts["last_day"], entry.facts["clock"]) == (clock.last_day.isoformat(), "answer")
    assert "Ada" not in str(entry.facts)
    assert "secret" not in str(entry.facts)


def test_an_officer_enters_a_letter_whose_time_limit_runs_from_the_day_it_was_sent() -> None:
    written, arrived = NOON - timedelta(days=4), NOON - timedelta(days=1)

    sent = ask(
        kind=MessageKind.POST,
        entered_by=person(Role.CASE_OFFICER),
        submitted_at=written,
        received_at=arrived,
        postal_address="1 Mill Lane, Vel",
    )

    submission = sent.request.submission
    assert (submission.submitted_at, submission.received_at) == (written, arrived)
    assert sent.request.clock is not None
    assert sent.request.clock.last_day == date(2026, 4, 6)
    assert [entry.actor_role for entry in Entry.objects.about("request", sent.request.tracking_number)] == [
        "case_officer"
    ]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CASE_OFFICER, Role.ADMINISTRATOR}))
def test_nobody_else_enters_requests(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        ask(kind=MessageKind.POST, entered_by=person(role))


@pytest.mark.parametrize(
    ("submitted", "received"),
    [(NOON + HOUR, NOON + HOUR), (NOON, NOON - HOUR)],
    ids=["in the future", "received before it was sent"],
)
def test_impossible_times_are_refused(submitted: datetime, received: datetime) -> None:
    with pytest.raises(IncompleteError):
        ask(
            kind=MessageKind.POST,
            entered_by=person(Role.CASE_OFFICER),
            submitted_at=submitted,
            received_at=received,
            at=NOON,
        )


def test_the_day_after_the_last_day_the_request_is_ignored_without_any_job() -> None:
    request = ask().request
    last_instant = datetime(2026, 4, 10, 21, 59, 59, tzinfo=UTC)

    assert request.timeliness(last_instant) is Timeliness.DUE_TODAY
    assert request.timeliness(last_instant + timedelta(seconds=1)) is Timeliness.IGNORED
    assert list(InformationRequest.objects.ignored(last_instant)) == []
    assert list(InformationRequest.objects.ignored(last_instant + timedelta(seconds=1))) == [request]
