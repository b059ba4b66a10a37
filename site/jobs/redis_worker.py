"""RQ's worker, as this site runs it: one task after the other in one process, tried again as each task says.

It goes by the name under which this process beats (`workers.py`): who finds it dead knows what it had begun.
"""

import logging
from datetime import timedelta
from traceback import format_exception
from types import FrameType
from typing import Any, Final

import django_rq
from django.db import close_old_connections, reset_queries
from django.utils import timezone
from django_tasks import DEFAULT_TASK_QUEUE_NAME
from django_tasks.signals import task_finished, task_started
from django_tasks_rq import Job
from rq import SimpleWorker

from jobs.redis_queue import ATTEMPTS, ERROR, KEEP_FAILED, TRACEBACK, queue_again
from jobs.retry import retry_of
from jobs.schedule import note_end, note_start
from jobs.workers import end_at_once

logger = logging.getLogger(__name__)

# RQ looks after its lists when it has waited so long for a task, and at least so often. The beats find the dead sooner.
_WAIT: Final = timedelta(seconds=45)
_LOOK_AFTER: Final = timedelta(minutes=1)


class RedisWorker(SimpleWorker):
    """Runs what waits in Redis, in this process, as the database's worker does."""

    max_connection_wait_time = 5.0  # where Redis was away, nobody waits a minute after it is back

    done = 0
    is_long_lived = False

    @property
    def was_asked_to_stop(self) -> bool:
        """Return whether a signal has asked it to end."""
        return self._shutdown_requested_date is not None

    def execute_job(self, job: Any, queue: Any) -> None:
        """Count one more attempt, and run the task."""
        if self.is_long_lived:
            close_old_connections()
            reset_queries()
        job.meta[ATTEMPTS] = job.meta.get(ATTEMPTS, 0) + 1
        job.save_meta()
        super().execute_job(job, queue)
        self.done += 1

    def handle_exception(self, job: Any, *exc_info: Any) -> None:
        """Keep what went wrong, and say whether and when the task is tried again; RQ looks at that next.

        django-tasks has logged where it failed; RQ would say it once more, with what the task was given.
        """
        kind, error, _traceback = exc_info
        attempts = job.meta.get(ATTEMPTS, 1)
        job.meta[ERROR] = f"{kind.__module__}.{kind.__qualname__}"
        job.meta[TRACEBACK] = "".join(format_exception(error))
        job.save_meta()
        job.failure_ttl = int(KEEP_FAILED.total_seconds())
        retry = retry_of(job.func_name)
        if retry.wants_another(attempts, error):
            delay = retry.delay_after(attempts)
            job.retries_left, job.retry_intervals = 1, [max(1, round(delay.total_seconds()))]
            logger.warning("Task %s failed (attempt %s); it is tried again in %s.", job.func_name, attempts, delay)
        else:
            job.retries_left = 0
            logger.error("Task %s has failed: %s", job.func_name, job.meta[ERROR])

    def handle_job_failure(self, job: Any, queue: Any, *args: Any, **kwargs: Any) -> None:
        """Let RQ store the failure; a task that was never begun has not failed: its worker died with it in its hand."""
        if kwargs.get("execution") is None:
            queue_again(queue, job)
        else:
            super().handle_job_failure(job, queue, *args, **kwargs)

    def request_force_stop(self, signum: int, frame: FrameType | None) -> None:
        """End without finishing, when asked a second time: what was begun is taken back by another worker."""
        end_at_once()


def make_worker(name: str, *, is_long_lived: bool = False) -> RedisWorker:
    """Return a worker for our queue under a name; one that lives long asks for its database anew with each task."""
    task_started.connect(_note_start)
    task_finished.connect(_note_end)
    queue = django_rq.get_queue(DEFAULT_TASK_QUEUE_NAME, job_class=Job)  # with a connection that waits for tasks alone
    worker = RedisWorker(
        [queue],
        name=name,
        connection=queue.connection,
        job_class=Job,
        worker_ttl=int(_WAIT.total_seconds()) + 15,  # RQ takes that much off again
        maintenance_interval=int(_LOOK_AFTER.total_seconds()),
        log_job_description=False,  # what a task was given belongs in no log
    )
    worker.is_long_lived = is_long_lived
    return worker


def _note_start(task_result: Any, **_facts: Any) -> None:
    note_start(task_result.task.module_path, timezone.now())


def _note_end(task_result: Any, **_facts: Any) -> None:
    succeeded = task_result.status == type(task_result.status).SUCCESSFUL
    note_end(task_result.task.module_path, timezone.now(), succeeded=succeeded)
