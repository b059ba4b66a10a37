"""What the status page says of the worker."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, TaskResultStatus, task_backends
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult, get_date_max

from jobs.models import Worker
from jobs.schedule import remembered_schedules, schedule_of

_SHOWN: Final = 50


@dataclass(frozen=True)
class TaskLine:
    """One task as the page shows it."""

    id: Any
    name: str
    since: datetime | None
    attempts: int
    not_before: datetime | None = None
    kind: str = ""
    traceback: str = ""


@dataclass(frozen=True)
class ScheduleLine:
    """One job of the schedule as the page shows it."""

    name: str
    started_at: datetime | None
    finished_at: datetime | None
    succeeded: bool | None
    due_at: datetime | None


def queue_is_here() -> bool:
    """Return whether tasks wait in the database; if not, they wait in Redis and this site does not see them."""
    return isinstance(task_backends[DEFAULT_TASK_BACKEND_ALIAS], DatabaseBackend)


def job_status(at: datetime | None = None) -> dict[str, Any]:
    """Return what waits, runs and has failed, the schedule, and who works; the same few queries however much it is."""
    moment = at or timezone.now()
    tasks = DBTaskResult.objects.defer("return_value", "args_kwargs")
    waiting = tasks.filter(status=TaskResultStatus.READY)
    return {
        "at": moment,
        "queue_is_here": queue_is_here(),
        "waiting": _lines(waiting.order_by("enqueued_at"), moment),
        "waiting_count": waiting.count(),
        "running": _lines(tasks.running().order_by("started_at"), moment),
        "failed": _lines(tasks.failed().order_by("-finished_at"), moment),
        "failed_count": DBTaskResult.objects.failed().count(),
        "schedule": [
            ScheduleLine(
                name=str(schedule.label) or schedule.name,
                started_at=job.started_at if job else None,
                finished_at=job.finished_at if job else None,
                succeeded=job.succeeded if job else None,
                due_at=schedule.next_after(job.slot) if job and job.slot else None,
            )
            for schedule, job in remembered_schedules()
        ],
        "workers": list(Worker.objects.all()[:_SHOWN]),
    }


def _lines(tasks: QuerySet[DBTaskResult], moment: datetime) -> list[TaskLine]:
    return [_line(task, moment) for task in tasks[:_SHOWN]]


def _line(task: DBTaskResult, moment: datetime) -> TaskLine:
    schedule = schedule_of(task.task_path)
    later = task.run_after != get_date_max() and task.run_after > moment
    return TaskLine(
        id=task.pk,
        name=str(schedule.label) if schedule and schedule.label else task.task_path,
        since=task.finished_at or task.started_at or task.enqueued_at,
        attempts=len(task.worker_ids),
        not_before=task.run_after if later else None,
        kind=task.exception_class_path.rpartition(".")[2],
        traceback=task.traceback,
    )
