"""Reminders work however late or often the job runs."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from accounts.roles import Role
from consultations.models import Docket
from consultations.reminders import due_decisions
from inforequests.reminders import due_requests
from jobs.rounds import RoundError
from notices import reminders
from notices.enums import SkipReason
from notices.models import Message, ReminderRule, Skip
from notices.reminders import Reminder, ReminderKind, send_reminders
from notices.tasks import send_waiting_messages
from tests.accounts.factories import PersonFactory
from tests.consultations.factories import DocketFactory
from tests.inforequests.factories import ask

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 10)


def on(day: int) -> datetime:
    return datetime(2026, 3, day, 12, tzinfo=UTC)


def context() -> dict[str, Any]:
    return {"number": "R-7KQ2-M4XD-9", "last_day": "Tuesday 10 March 2026", "desk_url": "https://example.org/"}


class Diary:
    """What there is to be reminded of, and how often somebody looked."""

    def __init__(self) -> None:
        self.day = DAY

    def find(self, first: date, last: date) -> Iterator[Reminder]:
        if first <= self.day <= last:
            yield Reminder("request:R-7KQ2", self.day, "olga@example.org", "en", context)


@pytest.fixture
def diary(monkeypatch: pytest.MonkeyPatch) -> Diary:
    diary = Diary()
    kind = ReminderKind("request_due", "A day comes nearer", 3, "request_due", diary.find)
    monkeypatch.setattr(reminders, "_kinds", {kind.name: kind})
    return diary


def test_nobody_is_reminded_before_it_is_time(diary: Diary) -> None:
    assert send_reminders(at=on(6)) == 0
    assert send_reminders(at=on(7)) == 1


def test_a_reminder_is_sent_once_however_often_the_job_runs(diary: Diary) -> None:
    assert [send_reminders(at=on(day)) for day in (7, 7, 8, 9, 10, 11)] == [1, 0, 0, 0, 0, 0]
    assert not Skip.objects.exists()


def test_a_job_that_runs_late_still_reminds_on_the_day_itself(diary: Diary) -> None:
    assert send_reminders(at=on(10)) == 1


def test_a_job_that_runs_too_late_reminds_nobody_and_says_so_once(diary: Diary) -> None:
    assert [send_reminders(at=on(day)) for day in (11, 11, 12)] == [0, 0, 0]
    skip = Skip.objects.get()
    assert (skip.because, skip.reason, skip.times) == (SkipReason.TOO_LATE, "request_due:2026-03-10", 1)


def test_a_clock_that_jumps_an_hour_or_a_day_back_reminds_nobody_twice(diary: Diary) -> None:
    assert [send_reminders(at=on(8) + timedelta(hours=hours)) for hours in (0, 1, 0, -24)] == [1, 0, 0, 0]


def test_a_day_that_is_moved_is_another_day(diary: Diary) -> None:
    send_reminders(at=on(8))
    diary.day = date(2026, 3, 20)
    assert [send_reminders(at=on(day)) for day in (9, 17)] == [0, 1]


def test_what_is_done_already_reminds_nobody(diary: Diary) -> None:
    diary.day = date(2030, 1, 1)
    assert send_reminders(at=on(9)) == 0
    assert not Message.objects.exists()


def test_an_official_sets_how_long_before_and_whether_at_all(diary: Diary) -> None:
    ReminderRule.objects.create(kind="request_due", days_before=1)
    assert [send_reminders(at=on(day)) for day in (8, 9)] == [0, 1]
    ReminderRule.objects.update(is_on=False)
    diary.day = date(2026, 3, 20)
    assert send_reminders(at=on(19)) == 0


def test_the_number_of_days_is_stored_the_first_time(diary: Diary) -> None:
    send_reminders(at=on(1))
    assert list(ReminderRule.objects.values_list("kind", "days_before", "is_on")) == [("request_due", 3, True)]


def test_case_officers_are_reminded_of_the_last_day_of_an_open_request() -> None:
    officer = PersonFactory.create(role=Role.CASE_OFFICER, language="fr")
    PersonFactory.create(role=Role.EDITOR)
    request = ask("How much mercury?").request
    last = request.clock.last_day
    [reminder] = due_requests(last, last)
    assert (reminder.recipient, reminder.language, reminder.day) == (officer.email, "fr", last)
    assert send_reminders(at=datetime(last.year, last.month, last.day, 10, tzinfo=UTC)) == 1
    send_waiting_messages.call()
    [sent] = [letter for letter in mail.outbox if letter.to == [officer.email]]
    assert request.tracking_number in sent.body.splitlines()[0]
    assert "/admin/requests/" in sent.body


def test_decision_makers_are_reminded_of_the_day_of_a_decision() -> None:
    maker = PersonFactory.create(role=Role.DECISION_MAKER, language="en")
    today = timezone.localdate()
    docket = DocketFactory.create(closed=True, around=timezone.now())
    Docket.objects.update(decision_expected_by=today)
    found = {reminder.recipient: reminder.about for reminder in due_decisions(today, today)}
    assert found[maker.email] == f"docket:{docket.reference}:desk"
    assert send_reminders() == len(found)
    assert Message.objects.get(recipient=maker.email).text.startswith(f"A decision on {docket.reference} is expected")


def test_a_reminder_that_cannot_be_written_and_a_kind_that_cannot_be_found_keep_nobody_elses_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unreadable() -> dict[str, Any]:
        raise ValueError("a letter with a hole")

    def find(first: date, last: date) -> Iterator[Reminder]:
        yield Reminder("request:R-1", DAY, "aino@example.org", "en", context)
        yield Reminder("request:R-2", DAY, "bad@example.org", "en", unreadable)
        yield Reminder("request:R-3", DAY, "olga@example.org", "en", context)

    def lose(first: date, last: date) -> Iterator[Reminder]:
        raise LookupError("nobody knows any more whom to remind")

    kinds = [ReminderKind(name, name, 3, "request_due", look) for name, look in (("lost", lose), ("request_due", find))]
    monkeypatch.setattr(reminders, "_kinds", {kind.name: kind for kind in kinds})
    with pytest.raises(RoundError, match=r"^Reminders: 2 of 4 failed\."):
        send_reminders(at=on(8))
    assert list(Message.objects.order_by("pk").values_list("recipient", flat=True)) == [
        "aino@example.org",
        "olga@example.org",
    ]
