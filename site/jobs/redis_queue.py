"""The queue in Redis (JOBS_URL), on RQ's own lists: what `database_queue.py` does for the one in the database.

A task stays on one list or another of RQ's whatever dies when: it goes from list to list in one transaction of Redis.
How often it was begun, and what went wrong last, stand in its `meta`.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, Final

import django_rq
from django.conf import settings
from django.db import transaction
from django_tasks import DEFAULT_TASK_QUEUE_NAME, TaskResultStatus
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult
from django_tasks_rq import Job, RQBackend
from rq.executions import Execution
from rq.job import JobStatus
from rq.queue import Queue

from jobs.retry import DEATH, death_words, retry_of
from jobs.state import MOST_LINES, Backlog, QueueState, TaskLine, kind_of, name_of

logger = logging.getLogger(__name__)

ATTEMPTS: Final = "attempts"
ERROR: Final = "error"
TRACEBACK: Final = "traceback"
KEEP_FAILED: Final = timedelta(days=60)  # as in the database
_LAST_OF: Final = "jobs:last"  # the number of the last task of each name that `enqueue_once` has queued


class RedisBackend(RQBackend):
    """django-tasks-rq's, but that it never stands in the way of an act.

    It does not demand the app `django_rq`, whose pages and models nothing here needs.
    """

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Queue a task once the act that asks for it is stored; where Redis is away then, that is logged.

        Wagtail asks in the midst of acts to bring its indexes up to date: a worker must not look too early, and a
        Redis that is away must not undo what somebody handed in.
        """
        self.validate_task(task)
        nothing_yet = dict.fromkeys(("enqueued_at", "started_at", "last_attempted_at", "finished_at"))
        result: TaskResult[Any] = TaskResult(
            task=task,
            id="",
            status=TaskResultStatus.READY,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
            **nothing_yet,
        )

        def put() -> None:
            object.__setattr__(result, "id", self.enqueue_at_once(task, args, kwargs).id)  # as django-tasks-rq does

        transaction.on_commit(put, robust=True)
        return result

    def enqueue_at_once(self, task: Task[Any, Any], args: Any = (), kwargs: Any = None) -> TaskResult[Any]:
        """Queue a task whatever is stored or not; an error where Redis is away."""
        return super().enqueue(task, args, kwargs or {})

    def check(self, **kwargs: Any) -> Iterable[Any]:
        """Check what every backend checks."""
        return BaseTaskBackend.check(self, **kwargs)


def rq_queue() -> Queue:
    """Return RQ's queue in which all tasks wait."""
    return _queue_at(settings.RQ_QUEUES[DEFAULT_TASK_QUEUE_NAME]["URL"])


@lru_cache(maxsize=1)  # with it, its connections are kept: every beat asks
def _queue_at(_address: str) -> Queue:
    queue: Queue = django_rq.get_queue(DEFAULT_TASK_QUEUE_NAME, job_class=Job)
    return queue


def enqueue_once(task: Task[Any, Any]) -> None:
    """Queue a task without arguments, unless the one queued last waits still.

    Of two who ask at the same instant both may queue it: that does no harm, and no lock is worth it.
    """
    connection: Any = rq_queue().connection
    last = connection.hget(_LAST_OF, task.module_path)
    if last is not None and connection.hget(Job.key_for(last.decode()), "status") == JobStatus.QUEUED.encode():
        return
    backend = task.get_backend()
    result = backend.enqueue_at_once(task) if isinstance(backend, RedisBackend) else task.enqueue()
    connection.hset(_LAST_OF, task.module_path, result.id)


def runners() -> set[str]:
    """Return the names of the workers by which tasks are marked as run."""
    return {execution.worker_name for execution in _executions(rq_queue())}


def take_back_tasks_of(worker: str) -> int:
    """Let what a dead worker had begun run again, and return how many; one that killed too many has failed."""
    queue = rq_queue()
    taken_back = 0
    for execution in _executions(queue):
        job = queue.fetch_job(execution.job_id)
        if execution.worker_name != worker or not isinstance(job, Job):
            continue
        attempts = job.meta.get(ATTEMPTS, 1)
        is_left_alone = retry_of(str(job.func_name)).is_deadly(attempts)
        put = _failing(job, DEATH, death_words(attempts)) if is_left_alone else _queueing(queue, job)
        if _move(queue, queue.started_job_registry.key, execution.composite_key, put):
            logger.warning("Task %s of the dead worker %s is %s.", job.func_name, worker, job.get_status())
            taken_back += 1
    return taken_back


def wake_due_tasks() -> None:
    """Let those run whose time to be tried again has come."""
    queue = rq_queue()
    waiting = queue.scheduled_job_registry
    for job_id in waiting.get_jobs_to_schedule():
        job = queue.fetch_job(job_id)
        if job is None:
            waiting.remove(job_id)
        else:
            _move(queue, waiting.key, job_id, _queueing(queue, job))


def retry_failed(task_id: str) -> bool:
    """Let a task that has failed run again from its first attempt; return False where it has not failed."""
    queue = rq_queue()
    job = queue.fetch_job(task_id)
    if job is None:
        return False
    for name in (ATTEMPTS, ERROR, TRACEBACK):
        job.meta.pop(name, None)
    return _move(queue, queue.failed_job_registry.key, task_id, _queueing(queue, job))


def queue_again(queue: Queue, job: Any) -> None:
    """Let a task wait again that a dead worker had taken off the list and not yet marked as begun."""
    with queue.connection.pipeline() as pipeline:
        _queueing(queue, job)(pipeline)
        pipeline.execute()


def state(_moment: datetime) -> QueueState:
    """Return what waits, runs and has failed; as many questions to Redis however much it is."""
    queue = rq_queue()
    later, failed = queue.scheduled_job_registry, queue.failed_job_registry
    last = MOST_LINES - 1
    connection: Any = queue.connection
    times = dict(connection.zrange(later.key, 0, last, withscores=True))
    waiting = [_line(job) for job in _fetched(queue, queue.get_job_ids(0, MOST_LINES))]
    waiting += [
        _line(job, not_before=datetime.fromtimestamp(times[job.id.encode()], UTC))
        for job in _fetched(queue, [number.decode() for number in times])
    ]
    running = [number for number, _run in queue.started_job_registry.get_job_and_execution_ids(0, last, cleanup=False)]
    return QueueState(
        waiting=waiting[:MOST_LINES],
        waiting_count=queue.count + later.get_job_count(cleanup=False),
        running=[_line(job) for job in _fetched(queue, running)],
        failed=[_line(job) for job in _fetched(queue, failed.get_job_ids(0, last, desc=True, cleanup=False))],
        failed_count=failed.get_job_count(cleanup=False),
    )


def backlog(_moment: datetime) -> Backlog:
    """Return how much waits whose time has come, and since when."""
    queue = rq_queue()
    [oldest, *_others] = [*_fetched(queue, queue.get_job_ids(0, 1)), None]
    return Backlog(queue.count, _instant(oldest.enqueued_at) if oldest else None)


def _executions(queue: Queue) -> Iterator[Execution]:
    """Yield what runs, or ran when its worker died."""
    for job_id, execution_id in queue.started_job_registry.get_job_and_execution_ids(cleanup=False):
        try:
            yield Execution.fetch(execution_id, job_id, connection=queue.connection)
        except ValueError:  # it has ended meanwhile
            continue


def _fetched(queue: Queue, numbers: list[str]) -> list[Any]:
    found = Job.fetch_many(numbers, connection=queue.connection, serializer=queue.serializer)
    return [job for job in found if job is not None]


Put = Callable[[Any], None]


def _move(queue: Queue, source: str, member: str, put: Put) -> bool:
    """Take an entry off one of RQ's lists and put its task elsewhere; return False where somebody was faster."""

    def act(pipeline: Any) -> bool:
        is_there = pipeline.zscore(source, member) is not None
        pipeline.multi()
        if is_there:
            pipeline.zrem(source, member)
            put(pipeline)
        return is_there

    connection: Any = queue.connection
    return bool(connection.transaction(act, source, value_from_callable=True))


def _queueing(queue: Queue, job: Any) -> Put:
    def put(pipeline: Any) -> None:
        job.started_at = job.ended_at = None
        queue.enqueue_job(job, pipeline=pipeline)

    return put


def _failing(job: Any, kind: str, words: str) -> Put:
    def put(pipeline: Any) -> None:
        job.ended_at = datetime.now(UTC)
        job.meta |= {ERROR: kind, TRACEBACK: words}
        job.set_status(JobStatus.FAILED, pipeline=pipeline)
        job.save(pipeline=pipeline)
        job.failed_job_registry.add(job, int(KEEP_FAILED.total_seconds()), words, pipeline)

    return put


def _line(job: Any, *, not_before: datetime | None = None) -> TaskLine:
    return TaskLine(
        id=job.id,
        name=name_of(job.func_name),
        since=_instant(job.ended_at or job.started_at or job.enqueued_at),
        attempts=job.meta.get(ATTEMPTS, 0),
        not_before=not_before,
        kind=kind_of(job.meta.get(ERROR, "")),
        traceback=job.meta.get(TRACEBACK, ""),
    )


def _instant(moment: datetime | None) -> datetime | None:
    """Return one of RQ's instants with the zone that it has in mind."""
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment
