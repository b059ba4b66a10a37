"""Letters: daily at seven, on Monday, or at once; each event once; nothing where nothing happened."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest

from following import domain
from following.domain.rounds import last_due
from following.enums import Frequency, RoundOutcome, SkipReason
from following.models import Round, Subscription
from following.subjects import Happening
from following.tasks import tidy_subscriptions, write_news
from jobs.rounds import RoundError
from notices.models import Message
from tests.following.factories import NOON, READER, ZONE, following
from tests.following.subjects import BridgeKind

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
SEVEN = datetime(2026, 3, 5, 7, tzinfo=ZONE)  # on the morning after NOON


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("frequency", "at", "due"),
    [
        (Frequency.DAILY, datetime(2026, 3, 4, 6, 59, tzinfo=ZONE), datetime(2026, 3, 3, 7, tzinfo=ZONE)),
        (Frequency.DAILY, datetime(2026, 3, 4, 7, tzinfo=ZONE), datetime(2026, 3, 4, 7, tzinfo=ZONE)),
        (Frequency.WEEKLY, datetime(2026, 3, 2, 6, 59, tzinfo=ZONE), datetime(2026, 2, 23, 7, tzinfo=ZONE)),
        (Frequency.WEEKLY, datetime(2026, 3, 2, 7, tzinfo=ZONE), datetime(2026, 3, 2, 7, tzinfo=ZONE)),
        (Frequency.WEEKLY, datetime(2026, 3, 8, 23, tzinfo=ZONE), datetime(2026, 3, 2, 7, tzinfo=ZONE)),
        # The night in which summer time begins is an hour short: seven is seven all the same.
        (Frequency.DAILY, datetime(2026, 3, 29, 7, tzinfo=ZONE), datetime(2026, 3, 29, 7, tzinfo=ZONE)),
    ],
)
def test_a_round_is_due_at_seven_where_the_authority_sits(frequency: Frequency, at: datetime, due: datetime) -> None:
    assert last_due(frequency, at) == due


def test_a_daily_letter_tells_what_happened_since_and_nothing_is_told_twice(bridge: BridgeKind) -> None:
    following()
    bridge.happen("old", "Before the yes", NOON - HOUR)
    bridge.happen("old", "Painted red", NOON + HOUR, text="At last.")
    assert domain.write_rounds(at=SEVEN) == 1
    letter = Message.objects.get()
    assert (letter.recipient, letter.about, letter.reason) == (READER, "following:daily", "2026-03-05")
    assert "Painted red" in letter.text
    assert "At last." in letter.html
    assert "Before the yes" not in letter.text
    assert domain.write_rounds(at=SEVEN + DAY) == 0


def test_nothing_is_sent_where_nothing_happened_and_the_round_says_why() -> None:
    assert domain.write_rounds(at=SEVEN) == 0
    assert not Round.objects.exists()


def test_a_skipped_round_says_why(bridge: BridgeKind) -> None:
    following()
    domain.write_rounds(at=SEVEN)
    skipped = Round.objects.get()
    assert (skipped.outcome, skipped.reason) == (RoundOutcome.SKIPPED, SkipReason.NOTHING_NEW)


def test_what_is_gone_is_skipped_and_the_round_says_why(bridge: BridgeKind) -> None:
    following()
    Subscription.objects.update(key="fallen")
    domain.write_rounds(at=SEVEN)
    assert Round.objects.get().reason == SkipReason.SUBJECTS_GONE


@pytest.mark.parametrize("late", [timedelta(), timedelta(minutes=1), 5 * HOUR, 16 * HOUR])
def test_however_often_and_late_the_job_runs_a_period_has_one_letter(bridge: BridgeKind, late: timedelta) -> None:
    following()
    bridge.happen("old", "Painted", NOON + HOUR)
    assert [domain.write_rounds(at=SEVEN + late) for _run in range(3)] == [1, 0, 0]
    bridge.happen("old", "Painted again", SEVEN + late + timedelta(minutes=1))
    assert domain.write_rounds(at=SEVEN + late + timedelta(minutes=2)) == 0
    assert domain.write_rounds(at=SEVEN + DAY) == 1
    assert [message.reason for message in Message.objects.order_by("pk")] == ["2026-03-05", "2026-03-06"]


def test_a_clock_that_jumps_an_hour_back_writes_no_second_letter(bridge: BridgeKind) -> None:
    following()
    bridge.happen("old", "Painted", NOON + HOUR)
    assert domain.write_rounds(at=SEVEN) == 1
    assert domain.write_rounds(at=SEVEN - HOUR) == 0
    assert domain.write_rounds(at=SEVEN) == 0
    assert Message.objects.count() == 1


def test_a_weekly_letter_waits_for_monday(bridge: BridgeKind) -> None:
    following(frequency=Frequency.WEEKLY)
    bridge.happen("old", "Painted", NOON + HOUR)
    monday = datetime(2026, 3, 9, 7, tzinfo=ZONE)
    assert [domain.write_rounds(at=at) for at in (SEVEN, monday - HOUR, monday, monday + DAY)] == [0, 0, 1, 0]


def test_a_worker_that_slept_for_a_month_makes_up_for_it_with_one_letter(bridge: BridgeKind) -> None:
    following()
    for day in range(1, 31):
        bridge.happen("old", f"Day {day:02}", NOON + day * DAY)
    assert domain.write_rounds(at=NOON + 31 * DAY) == 1
    letter = Message.objects.get()
    assert "Day 30" in letter.text
    assert "and 18 more" in letter.text


def test_whoever_says_yes_after_seven_is_not_written_to_before_the_next_seven(bridge: BridgeKind) -> None:
    following(at=NOON)
    bridge.happen("old", "Painted", NOON + HOUR)
    assert domain.write_rounds(at=NOON + 2 * HOUR) == 0


def test_whoever_turns_weekly_waits_for_monday_and_misses_nothing(bridge: BridgeKind) -> None:
    subscription = following()
    bridge.happen("old", "Painted", NOON + HOUR)
    domain.change_frequency(subscription, Frequency.WEEKLY, at=NOON + 2 * HOUR)
    assert domain.write_rounds(at=SEVEN) == 0
    assert domain.write_rounds(at=datetime(2026, 3, 9, 7, tzinfo=ZONE)) == 1


def test_an_event_that_is_stored_late_is_told_with_the_next_letter(bridge: BridgeKind) -> None:
    following()
    bridge.happen("old", "Painted", NOON + HOUR)
    domain.write_rounds(at=SEVEN)
    bridge.happen("old", "A load that took long", SEVEN - HOUR)
    assert domain.write_rounds(at=SEVEN + DAY) == 1
    letter = Message.objects.order_by("pk").last()
    assert letter is not None
    assert "A load that took long" in letter.text
    assert "Painted" not in letter.text


def test_one_letter_tells_of_everything_an_address_follows_by_subject(bridge: BridgeKind) -> None:
    following("old")
    following("new")
    bridge.happen("old", "Painted", NOON + HOUR)
    bridge.happen("new", "Opened", NOON + HOUR)
    assert domain.write_rounds(at=SEVEN) == 1
    text = Message.objects.get().text
    assert text.index("The new bridge") < text.index("Opened") < text.index("The old bridge") < text.index("Painted")


def test_letters_at_once_come_once(bridge: BridgeKind) -> None:
    following(frequency=Frequency.AT_ONCE)
    assert domain.write_letters_at_once(at=NOON + HOUR) == 0
    bridge.happen("old", "Painted", NOON + HOUR)
    bridge.happen("old", "To be painted", NOON + DAY)
    assert [domain.write_letters_at_once(at=NOON + 2 * HOUR) for _run in range(3)] == [1, 0, 0]
    assert domain.write_letters_at_once(at=NOON + DAY) == 1
    assert domain.write_rounds(at=NOON + 2 * DAY) == 0
    assert [("Painted" in m.text, "To be" in m.text) for m in Message.objects.order_by("pk")] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "Ne plus suivre"), ("ru", "Перестать следить"), ("en", "Stop following this")]
)
def test_a_letter_is_in_the_readers_language(bridge: BridgeKind, language: str, words: str) -> None:
    following(language=language)
    bridge.happen("old", "Painted", NOON + HOUR)
    domain.write_rounds(at=SEVEN)
    letter = Message.objects.get()
    assert f"The old bridge ({language})" in letter.text
    assert words in letter.text
    assert f"/{language}/following/stop/?token=" in letter.text
    assert "bridge" not in letter.subject


def test_what_happened_to_a_subject_is_found_out_once_for_all_who_follow_it(
    bridge: BridgeKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        following(email=f"reader{number}@example.org")
    bridge.happen("old", "Painted", NOON + HOUR)
    calls: list[str] = []
    real = bridge.happenings

    def counting(key: str, since: datetime, until: datetime) -> Sequence[Happening]:
        calls.append(key)
        return real(key, since, until)

    monkeypatch.setattr(bridge, "happenings", counting)
    assert domain.write_rounds(at=SEVEN) == 3
    assert calls == ["old"]


def test_the_job_writes_both_kinds_of_letters(bridge: BridgeKind) -> None:
    following(at=NOON - DAY)
    following("new", Frequency.AT_ONCE, at=NOON - DAY)
    bridge.happen("old", "Painted", NOON - HOUR)
    bridge.happen("new", "Opened", NOON - HOUR)
    assert write_news.call() == 2
    assert tidy_subscriptions.call() >= 0


@pytest.mark.parametrize(
    ("frequency", "write"),
    [(Frequency.DAILY, domain.write_rounds), (Frequency.AT_ONCE, domain.write_letters_at_once)],
)
def test_a_letter_that_cannot_be_written_keeps_no_other_readers_back(
    bridge: BridgeKind, frequency: Frequency, write: Callable[..., int]
) -> None:
    for name in ("aino", "bad", "olga"):
        following(frequency=frequency, email=f"{name}@example.org")
    Subscription.objects.of("bad@example.org").update(told={"bridge/old/Built": "no day"})
    bridge.happen("old", "Painted", NOON + HOUR)
    with pytest.raises(RoundError, match=r": 1 of 3 failed\."):
        write(at=SEVEN)
    assert list(Message.objects.order_by("pk").values_list("recipient", flat=True)) == [
        "aino@example.org",
        "olga@example.org",
    ]
    assert not Round.objects.filter(email="bad@example.org").exists()


def test_the_digests_are_written_where_letters_at_once_fail(bridge: BridgeKind) -> None:
    following(at=NOON - DAY)
    following("new", Frequency.AT_ONCE, email="bad@example.org", at=NOON - DAY)
    Subscription.objects.of("bad@example.org").update(told={"bridge/new/Built": "no day"})
    for key in ("old", "new"):
        bridge.happen(key, "Painted", NOON)
    with pytest.raises(RoundError, match=r"^News: 1 of 2 failed\."):
        write_news.call()
    assert Message.objects.get().recipient == READER
