"""What is due by the clock is queued once a slot, whatever the clock, the workers and the night do."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jobs import schedule as module
from jobs.database_queue import take_next
from jobs.models import ScheduledJob
from jobs.schedule import Schedule, note_end, note_start, queue_due_jobs, scheduled, schedules
from jobs.working import run_next
from tests.jobs.chores import add, stumble_once

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def every(**period: float) -> Schedule:
    return Schedule(stumble_once, every=timedelta(**period))


def daily(hour: int, minute: int = 0) -> Schedule:
    return Schedule(stumble_once, daily_at=time(hour, minute))


class TestSlots:
    """A slot is a stretch of time in which a job runs once."""

    def test_the_slots_of_a_minute_begin_with_the_minute(self) -> None:
        assert every(minutes=1).slot_of(NOON + timedelta(seconds=59)) == NOON
        assert every(minutes=1).next_after(NOON) == NOON + MINUTE

    def test_a_daily_job_has_its_time_in_the_zone_of_the_authority(self, settings: Any) -> None:
        settings.TIME_ZONE = "Europe/Vienna"
        assert daily(13).slot_of(NOON) == NOON
        assert daily(13).slot_of(NOON - timedelta(seconds=1)) == NOON - timedelta(days=1)

    def test_a_day_without_its_time_has_a_slot_all_the_same(self, settings: Any) -> None:
        settings.TIME_ZONE = "Europe/Vienna"  # on 29 March 2026 there is no half past two
        slot = daily(2, 30).slot_of(datetime(2026, 3, 29, 12, tzinfo=UTC))
        assert timezone.localtime(slot).date().isoformat() == "2026-03-29"

    def test_a_day_that_has_its_time_twice_has_one_slot(self, settings: Any) -> None:
        settings.TIME_ZONE = "Europe/Vienna"  # on 25 October 2026 half past two comes twice
        moments = [datetime(2026, 10, 25, 0, tzinfo=UTC) + timedelta(minutes=10) * step for step in range(6 * 23)]
        assert (
            len({daily(2, 30).slot_of(moment) for moment in moments}) == 2
        )  # the day's own and that of the day before

    def test_a_daily_slot_is_followed_by_the_next_day_also_over_the_change_of_time(self, settings: Any) -> None:
        settings.TIME_ZONE = "Europe/Vienna"
        slot = daily(3, 40).slot_of(datetime(2026, 3, 28, 12, tzinfo=UTC))
        assert daily(3, 40).next_after(slot) - slot == timedelta(hours=23)

    @pytest.mark.parametrize("wrong", [{}, {"every": MINUTE, "daily_at": time(3)}, {"every": timedelta()}])
    def test_a_schedule_that_says_nothing_or_two_things_is_refused(self, wrong: dict[str, Any]) -> None:
        with pytest.raises(ValueError, match="job"):
            scheduled(**wrong)


class TestClock:
    """A clock that is put right must neither run a job twice nor hold it up."""

    def test_a_slot_that_is_taken_is_not_due(self) -> None:
        assert not every(minutes=1).is_due(NOON, NOON + timedelta(seconds=59))
        assert every(minutes=1).is_due(NOON, NOON + MINUTE)

    def test_a_job_never_seen_before_is_due(self) -> None:
        assert daily(3).is_due(None, NOON)

    def test_a_clock_that_jumped_an_hour_ahead_and_back_does_not_hold_up_a_job_of_every_minute(self) -> None:
        taken_by_the_wrong_clock = NOON + HOUR
        assert every(minutes=1).is_due(taken_by_the_wrong_clock, NOON)

    def test_a_clock_set_back_an_hour_does_not_repeat_what_a_day_has_had(self) -> None:
        slot = daily(12).slot_of(NOON)
        assert not daily(12).is_due(slot, NOON - timedelta(minutes=30))

    def test_two_clocks_that_differ_by_seconds_do_not_argue_about_a_slot(self) -> None:
        assert not every(minutes=1).is_due(NOON + MINUTE, NOON + timedelta(seconds=55))

    def test_a_clock_that_was_a_year_ahead_holds_up_nothing(self) -> None:
        assert daily(3).is_due(NOON + timedelta(days=365), NOON)


@pytest.mark.usefixtures("queue")
class TestQueueing:
    """The slot is taken and the task queued in one transaction."""

    @pytest.fixture(autouse=True)
    def _one_job(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "schedules", lambda: [every(minutes=1)])
        monkeypatch.setattr(module, "_schedules", {stumble_once.module_path: every(minutes=1)})

    def test_a_job_is_queued_once_a_slot_however_often_it_is_looked_at(self) -> None:
        assert [queue_due_jobs(at=NOON + timedelta(seconds=step)) for step in (0, 3, 59)] == [
            [stumble_once.module_path],
            [],
            [],
        ]
        assert DBTaskResult.objects.count() == 1

    def test_what_was_missed_in_the_night_is_made_up_for_by_one_run(self) -> None:
        queue_due_jobs(at=NOON)
        run_next("worker")
        queue_due_jobs(at=NOON + 9 * HOUR)
        assert DBTaskResult.objects.ready().count() == 1

    def test_a_job_that_still_waits_or_runs_is_not_queued_a_second_time(self) -> None:
        queue_due_jobs(at=NOON)
        assert queue_due_jobs(at=NOON + MINUTE) == []
        take_next("worker")
        assert queue_due_jobs(at=NOON + MINUTE) == []
        assert ScheduledJob.objects.get().slot == NOON

    def test_a_job_whose_last_result_is_forgotten_goes_on(self) -> None:
        queue_due_jobs(at=NOON)
        DBTaskResult.objects.all().delete()
        assert queue_due_jobs(at=NOON + MINUTE) == [stumble_once.module_path]

    def test_where_queueing_fails_the_slot_stays_free(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_arguments: object) -> None:
            raise ConnectionError("the queue is away")

        with monkeypatch.context() as patch:
            patch.setattr("django_tasks_db.DatabaseBackend.enqueue", refuse)
            with pytest.raises(ConnectionError):
                queue_due_jobs(at=NOON)
        assert queue_due_jobs(at=NOON) == [stumble_once.module_path]

    def test_what_became_of_the_last_run_is_remembered(self) -> None:
        queue_due_jobs(at=NOON)
        run_next("worker")
        job = ScheduledJob.objects.get()
        assert (job.started_at is None, job.finished_at is None, job.succeeded) == (False, False, False)

    def test_of_other_tasks_nothing_is_remembered(self) -> None:
        note_start(add.module_path, NOON)
        note_end(add.module_path, NOON, succeeded=True)
        assert not ScheduledJob.objects.exists()


def test_the_housekeeping_of_the_queue_is_on_the_schedule() -> None:
    assert "jobs.tasks.forget_old_tasks" in [schedule.name for schedule in schedules()]
