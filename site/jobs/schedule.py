"""What is done by the clock: every so often, or daily at a time of the authority's zone.

A job is registered above its task, in the `tasks.py` of its room:

    @scheduled(every=timedelta(minutes=1))
    @task()
    def seal_record() -> int: ...

Its time is divided into slots. Any worker that finds a slot not yet taken takes it and queues the task, both in one
transaction: exactly once a slot, however many workers there are. What was missed while no worker ran is made up for by
one run, not by many: a job looks at the data, never at how often it was called. And a job whose last run is not
finished is not queued a second time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django_tasks.base import Task
from django_tasks.exceptions import TaskResultDoesNotExist

from jobs.clock import shared_now
from jobs.models import ScheduledJob
from jobs.retry import AnyTask

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DAY: Final = timedelta(days=1)
# A slot that was taken further ahead than its own length was taken by a clock that has been put right since.
_SHORTEST_JUMP: Final = timedelta(minutes=1)


@dataclass(frozen=True)
class Schedule:
    """One job and its time: either `every` or `daily_at` is given."""

    task: Task[Any, Any]
    every: timedelta | None = None
    daily_at: time | None = None
    label: Promise | str = ""

    @property
    def name(self) -> str:
        """Return the name of the task, under which the job is remembered."""
        return self.task.module_path

    @property
    def period(self) -> timedelta:
        """Return how long a slot is, give or take an hour of summer time."""
        return self.every or _DAY

    def slot_of(self, moment: datetime) -> datetime:
        """Return the beginning of the slot in which an instant lies."""
        if self.every:
            return _EPOCH + (moment - _EPOCH) // self.every * self.every
        local = timezone.localtime(moment, timezone.get_default_timezone())
        today = self._on(local)
        return today if today <= moment else self._on(local - _DAY)

    def next_after(self, slot: datetime) -> datetime:
        """Return the beginning of the slot that follows one."""
        if self.every:
            return slot + self.every
        return self._on(timezone.localtime(slot, timezone.get_default_timezone()) + _DAY)

    def is_due(self, taken: datetime | None, moment: datetime) -> bool:
        """Return whether the slot of an instant is not taken yet, `taken` being the last one that was.

        A slot far ahead was taken while the clock was wrong: it does not hold up the job until then.
        """
        slot = self.slot_of(moment)
        return taken is None or taken < slot or taken - moment > max(self.period, _SHORTEST_JUMP)

    def _on(self, local: datetime) -> datetime:
        """Return the instant of the daily time on a local day; where a day has it twice, the first."""
        zone = timezone.get_default_timezone()
        return datetime.combine(local.date(), self.daily_at or time(), tzinfo=zone).astimezone(UTC)


_schedules: Final[dict[str, Schedule]] = {}


class scheduled:  # noqa: N801 -- it is used as a decorator, and reads as one
    """Put a task on the schedule: `@scheduled(every=timedelta(minutes=1))` or `@scheduled(daily_at=time(3, 15))`.

    `label` says on the status page what it does, in the language of the official.
    """

    def __init__(
        self, *, every: timedelta | None = None, daily_at: time | None = None, label: Promise | str = ""
    ) -> None:
        if (every is None) == (daily_at is None):
            raise ValueError("Say either how often a job runs (every=…) or at what time of day (daily_at=…).")
        if every is not None and every <= timedelta():
            raise ValueError("A job cannot run every zero seconds.")
        self.every, self.daily_at, self.label = every, daily_at, label

    def __call__(self, task: AnyTask) -> AnyTask:
        """Put it on the schedule and return the task as it is."""
        _schedules[task.module_path] = Schedule(task, self.every, self.daily_at, self.label)
        return task


def schedules() -> list[Schedule]:
    """Return every job of the schedule by name; the `tasks` modules of all rooms are read the first time."""
    autodiscover_modules("tasks")
    return [_schedules[name] for name in sorted(_schedules)]


def schedule_of(task_path: str) -> Schedule | None:
    """Return the job of a task, if it is on the schedule."""
    return _schedules.get(task_path)


def queue_due_jobs(*, at: datetime | None = None) -> list[str]:
    """Queue every job whose time has come, each in a transaction of its own; return the names of those queued."""
    moment = at or shared_now()
    remembered = {job.name: job.slot for job in ScheduledJob.objects.all()}
    due = [one for one in schedules() if one.is_due(remembered.get(one.name), moment)]
    return [schedule.name for schedule in due if queue_if_due(schedule, moment)]


@transaction.atomic
def queue_if_due(schedule: Schedule, moment: datetime) -> bool:
    """Take the slot of an instant and queue the job, or return False where another worker has done so.

    Side effects, in order: the job's row is made, if this is its first time, and locked; the task is queued; the slot
    is stored as taken. Where queueing fails, the slot stays free.
    """
    ScheduledJob.objects.get_or_create(name=schedule.name)
    job = ScheduledJob.objects.select_for_update().get(name=schedule.name)
    if not schedule.is_due(job.slot, moment) or _is_unfinished(schedule, job):
        return False
    backend = schedule.task.get_backend()
    # Redis's waits for the end of a transaction, and would then leave a slot taken with no task in it.
    enqueue = getattr(backend, "enqueue_at_once", backend.enqueue)
    result = enqueue(schedule.task, (), {})
    # A task that is done as it is queued (in tests) has stored its own end meanwhile.
    ScheduledJob.objects.filter(pk=job.pk).update(slot=schedule.slot_of(moment), result=result.id)
    return True


def _is_unfinished(schedule: Schedule, job: ScheduledJob) -> bool:
    """Return whether the last run still waits or runs: then the slot is taken when that is over."""
    if not job.result or not schedule.task.get_backend().supports_get_result:
        return False
    try:
        return not schedule.task.get_backend().get_result(job.result).is_finished
    except (TaskResultDoesNotExist, ImportError, ValueError):  # its result is gone, or its task has another name now
        return False


def note_start(task_path: str, moment: datetime) -> None:
    """Remember that a job has begun, if the task is one."""
    if schedule_of(task_path):
        ScheduledJob.objects.filter(name=task_path).update(started_at=moment)


def note_end(task_path: str, moment: datetime, *, succeeded: bool) -> None:
    """Remember how a job has ended, if the task is one."""
    if schedule_of(task_path):
        ScheduledJob.objects.filter(name=task_path).update(finished_at=moment, succeeded=succeeded)


def remembered_schedules() -> Iterator[tuple[Schedule, ScheduledJob | None]]:
    """Yield every job of the schedule with what is remembered of it."""
    remembered = {job.name: job for job in ScheduledJob.objects.all()}
    for schedule in schedules():
        yield schedule, remembered.get(schedule.name)
