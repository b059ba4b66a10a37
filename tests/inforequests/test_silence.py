"""Silence is a dated fact that opens a review by itself (Art. 14(1): ignored)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from inforequests import domain
from inforequests.enums import Limb, Verb
from inforequests.models import Remedy
from inforequests.remedies import open_limbs
from jobs.rounds import RoundError
from ledger.models import Entry
from tests.inforequests.factories import (
    AFTER_LAST_DAY,
    DAY,
    NOON,
    again,
    answer,
    answered,
    ask,
    body,
    item_of,
    overturn,
    refused,
    review,
    send,
    withhold,
)

pytestmark = pytest.mark.django_db

# Midnight in Geneva, the first instant after the last day.
LEGAL_INSTANT = datetime(2026, 4, 10, 22, tzinfo=UTC)


def test_silence_is_dated_at_the_legal_instant_however_late_the_job_runs() -> None:
    request = ask().request

    remedy = domain.record_silence(request, at=LEGAL_INSTANT + timedelta(days=19))

    assert remedy is not None
    assert (remedy.limb, remedy.opened_at) == (Limb.IGNORED, LEGAL_INSTANT)
    entry = Entry.objects.about("request", request.tracking_number).get(verb=Verb.DUE_PASSED)
    assert (entry.instant, entry.actor_role, entry.facts["unanswered"]) == (LEGAL_INSTANT, "system", [1])


def test_silence_is_recorded_once() -> None:
    request = ask().request
    domain.record_silence(request, at=AFTER_LAST_DAY)

    assert domain.record_silence(request, at=AFTER_LAST_DAY) is None
    assert Remedy.objects.count() == 1


@pytest.mark.parametrize("at", [NOON, LEGAL_INSTANT - timedelta(microseconds=1)])
def test_there_is_no_silence_before_the_last_day_has_ended(at: datetime) -> None:
    assert domain.record_silence(ask().request, at=at) is None


def test_an_answered_and_a_withdrawn_request_are_not_silent() -> None:
    answered()
    withdrawn = ask()
    domain.withdraw_request(withdrawn.request, key=withdrawn.secret, at=NOON + DAY)

    assert domain.record_silences(at=AFTER_LAST_DAY) == 0


def test_the_command_finds_every_silence(capsys: pytest.CaptureFixture[str]) -> None:
    ask("One?"), ask("Two?"), answered()

    call_command("record_silences")

    assert capsys.readouterr().out == "2\n"
    assert [remedy.opened_at for remedy in Remedy.objects.all()] == [LEGAL_INSTANT, LEGAL_INSTANT]


def test_a_part_that_was_left_over_is_ignored_too() -> None:
    sent = ask("One?", "Two?")
    answer(item_of(sent.request, 1))
    send(sent.request, in_part=True)

    domain.record_silence(sent.request, at=AFTER_LAST_DAY)

    assert Limb.IGNORED in open_limbs(again(sent).request, AFTER_LAST_DAY)


def test_a_late_refusal_opens_its_own_way_and_closes_none() -> None:
    """The trap of Housieaux (C-186/04): the way opened by silence must not be lost by a later refusal."""
    sent = ask()
    domain.record_silence(sent.request, at=AFTER_LAST_DAY)
    withhold(item_of(sent.request))
    send(sent.request, at=AFTER_LAST_DAY + 30 * DAY)

    assert [(remedy.limb, remedy.opened_at) for remedy in sent.request.remedies.all()] == [
        (Limb.IGNORED, LEGAL_INSTANT),
        (Limb.REFUSED_IN_FULL, AFTER_LAST_DAY + 30 * DAY),
    ]
    assert set(open_limbs(again(sent).request, AFTER_LAST_DAY + 31 * DAY)) == {
        Limb.IGNORED,
        Limb.REFUSED_IN_FULL,
        Limb.INADEQUATE,
        Limb.OTHERWISE,
    }


def test_asking_for_a_review_of_silence_does_not_wait_for_the_job() -> None:
    sent = ask()
    body()

    case = domain.open_review(sent.request, key=sent.secret, limb=Limb.IGNORED, at=AFTER_LAST_DAY)

    assert (case.limb, case.decision) == (Limb.IGNORED, None)
    assert [remedy.opened_at for remedy in sent.request.remedies.all()] == [LEGAL_INSTANT]


def test_what_a_review_ordered_and_is_not_done_is_silence_again() -> None:
    sent = refused()
    overturn(review(sent), at=NOON + 2 * DAY)
    day_after = NOON + 13 * DAY

    remedy = domain.record_silence(sent.request, at=day_after)

    assert remedy is not None
    assert remedy.opened_at == datetime(2026, 3, 22, 23, tzinfo=UTC)


def test_a_request_that_cannot_be_read_keeps_no_other_requester_from_her_way_to_a_review() -> None:
    ask("One?")
    bad = ask("Two?").request
    ask("Three?")
    bad.clocks.update(explanation=["no line of an explanation"])

    with pytest.raises(RoundError, match=r"^Silence: 1 of 3 failed\."):
        domain.record_silences(at=AFTER_LAST_DAY)
    assert Remedy.objects.exclude(request=bad).count() == 2
    assert not Remedy.objects.filter(request=bad).exists()
    with pytest.raises(CommandError, match=r"^Silence: 1 of 3 failed\."):
        call_command("record_silences")
