"""The queue in the database: taking a task, ending it, trying it again, taking it back from a worker that died.

Who runs a task is the last name in its `worker_ids`. A task is ended only by who runs it: one that was taken back
meanwhile stays with whoever has it now.
"""

import logging
from datetime import datetime
from traceback import format_exception
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, TaskResultStatus
from django_tasks.base import Task
from django_tasks.utils import normalize_json
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult, get_date_max

from jobs.retry import DEATH, death_words, retry_of
from jobs.state import MOST_LINES, Backlog, QueueState, TaskLine, kind_of, name_of

logger = logging.getLogger(__name__)


def enqueue_once(task: Task[Any, Any]) -> None:
    """Queue a task without arguments, unless one waits already, no further behind; done at once, tasks never wait."""
    if isinstance(task.get_backend(), DatabaseBackend):
        waiting = DBTaskResult.objects.ready().filter(task_path=task.module_path, backend_name=task.backend)
        if waiting.filter(priority__gte=task.priority).exists():
            return
    task.enqueue()


def take_next(worker: str) -> DBTaskResult | None:
    """Return the next task, marked as run by this worker; None where nothing waits. No two workers get the same."""
    ready = DBTaskResult.objects.ready().filter(backend_name=DEFAULT_TASK_BACKEND_ALIAS)
    if not ready.exists():  # asked first: an idle worker holds up no writer
        return None
    with transaction.atomic():
        task: DBTaskResult | None = ready.get_locked()
        if task is not None:
            task.claim(worker)
    return task


def end_well(task: DBTaskResult, value: Any, moment: datetime) -> bool:
    """Store what a task returned; return False where it was taken back meanwhile. TypeError where it is no JSON."""
    return _end(
        task,
        status=TaskResultStatus.SUCCESSFUL,
        finished_at=moment,
        return_value=normalize_json(value),
        exception_class_path="",
        traceback="",
    )


def end_badly(task: DBTaskResult, error: BaseException, moment: datetime) -> bool:
    """Store how a task failed, and either that it waits for its next attempt or that it has failed for good."""
    retry = retry_of(task.task_path)
    attempts = len(task.worker_ids)
    facts: dict[str, Any] = {
        "exception_class_path": f"{type(error).__module__}.{type(error).__qualname__}",
        "traceback": "".join(format_exception(error)),
        "return_value": None,
    }
    if retry.wants_another(attempts, error):
        delay = retry.delay_after(attempts)
        logger.warning("Task %s failed (attempt %s); it is tried again in %s.", task.task_path, attempts, delay)
        return _end(task, status=TaskResultStatus.READY, run_after=moment + delay, **facts)
    return _end(task, status=TaskResultStatus.FAILED, finished_at=moment, **facts)


def _end(task: DBTaskResult, **facts: Any) -> bool:
    """Store the end of a task that this worker still runs; the instant of its claim tells this run from any other."""
    mine = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at)
    if not mine.update(**facts):
        logger.error("Task %s was taken back while it ran; what came of it is not kept.", task.task_path)
        return False
    for name, value in facts.items():
        setattr(task, name, value)
    return True


def runners() -> set[str]:
    """Return the names of the workers by which tasks are marked as run."""
    running = DBTaskResult.objects.running().filter(backend_name=DEFAULT_TASK_BACKEND_ALIAS)
    return {ids[-1] for ids in running.values_list("worker_ids", flat=True) if ids}


@transaction.atomic
def take_back_tasks_of(worker: str) -> int:
    """Let what a dead worker had begun run again, and return how many; one that killed too many has failed."""
    running = DBTaskResult.objects.running().filter(backend_name=DEFAULT_TASK_BACKEND_ALIAS)
    taken_back = 0
    for task in running.select_for_update():
        if not task.worker_ids or task.worker_ids[-1] != worker:
            continue
        attempts = len(task.worker_ids)
        if retry_of(task.task_path).is_deadly(attempts):
            task.status = TaskResultStatus.FAILED
            task.finished_at = timezone.now()
            task.exception_class_path = DEATH
            task.traceback = death_words(attempts)
        else:
            task.status = TaskResultStatus.READY
            task.run_after = get_date_max()
        task.save(update_fields=["status", "run_after", "finished_at", "exception_class_path", "traceback"])
        logger.warning("Task %s of the dead worker %s is %s.", task.task_path, worker, task.status)
        taken_back += 1
    return taken_back


def wake_due_tasks() -> None:
    """Do nothing: a task whose time has come is found by `take_next`."""


def retry_failed(task_id: str) -> bool:
    """Let a task that has failed run again from its first attempt; return False where it has not failed."""
    try:
        failed = DBTaskResult.objects.failed().filter(pk=task_id)
    except ValidationError:  # no number of a task
        return False
    return bool(failed.update(status=TaskResultStatus.READY, run_after=get_date_max(), worker_ids=[], finished_at=None))


def state(moment: datetime) -> QueueState:
    """Return what waits, runs and has failed; the same few queries however much it is."""
    tasks = DBTaskResult.objects.defer("return_value", "args_kwargs")
    waiting = tasks.filter(status=TaskResultStatus.READY)
    return QueueState(
        waiting=_lines(waiting.order_by("enqueued_at"), moment),
        waiting_count=waiting.count(),
        running=_lines(tasks.running().order_by("started_at"), moment),
        failed=_lines(tasks.failed().order_by("-finished_at"), moment),
        failed_count=DBTaskResult.objects.failed().count(),
    )


def backlog(moment: datetime) -> Backlog:
    """Return how much waits whose time has come, and since when."""
    waiting = DBTaskResult.objects.ready()
    oldest = waiting.order_by("enqueued_at").values_list("enqueued_at", "run_after").first()
    if oldest is None:
        return Backlog(0, None)
    enqueued_at, run_after = oldest
    # One without a date has the largest there is.
    since = enqueued_at if run_after > moment else max(enqueued_at, run_after)
    return Backlog(waiting.count(), since)


def _lines(tasks: QuerySet[DBTaskResult], moment: datetime) -> list[TaskLine]:
    return [_line(task, moment) for task in tasks[:MOST_LINES]]


def _line(task: DBTaskResult, moment: datetime) -> TaskLine:
    later = task.run_after != get_date_max() and task.run_after > moment
    return TaskLine(
        id=task.pk,
        name=name_of(task.task_path),
        since=task.finished_at or task.started_at or task.enqueued_at,
        attempts=len(task.worker_ids),
        not_before=task.run_after if later else None,
        kind=kind_of(task.exception_class_path),
        traceback=task.traceback,
    )
