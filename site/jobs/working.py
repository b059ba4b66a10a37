"""The worker's loop: takes one task after the other, runs it, stores what came of it."""

import logging
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

from django.db import Error, close_old_connections, connection, reset_queries
from django.utils import timezone
from django_tasks.base import TaskContext
from django_tasks.signals import task_finished, task_started
from django_tasks_db.models import DBTaskResult

from jobs.database_queue import end_badly, end_well, take_back_tasks_of, take_next
from jobs.models import Worker
from jobs.queue import is_in_redis, queue_in_use
from jobs.schedule import note_end, note_start, queue_due_jobs
from jobs.workers import BEAT_SECONDS, Keeper, discharge_worker, end_at_once, enlist_worker

logger = logging.getLogger(__name__)

IDLE_SECONDS: Final = 1.0


class Working:
    """One worker: begins when `run` is called, ends after SIGTERM or SIGINT with the task it is at."""

    def __init__(self, *, idle_seconds: float = IDLE_SECONDS, beat_seconds: float = BEAT_SECONDS) -> None:
        self.idle_seconds = idle_seconds
        self.beat_seconds = beat_seconds
        self._stopping = threading.Event()

    def listen_to_signals(self) -> None:
        """End with the present task when asked to; at once when asked again."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        logger.info("%s: the worker ends with its present task.", signal.Signals(number).name)
        signal.signal(number, signal.SIG_DFL)
        self._stopping.set()

    def stop(self) -> None:
        """End with the present task."""
        self._stopping.set()

    def run(self) -> None:
        """Work until asked to stop."""
        with self._enlisted() as worker:
            if is_in_redis():
                self._run_from_redis(worker)
                return
            while not self._stopping.is_set():
                close_old_connections()
                reset_queries()
                if not self._work_on(worker):
                    self._stopping.wait(self.idle_seconds)

    def run_until_nothing_waits(self) -> int:
        """Queue what is due, run everything that waits, and return how many tasks that were."""
        with self._enlisted() as worker:
            if is_in_redis():
                return self._run_from_redis(worker, once=True)
            done = 0
            while not self._stopping.is_set() and run_next(worker.name):
                done += 1
            return done

    @contextmanager
    def _enlisted(self) -> Iterator[Worker]:
        """Be on the list of workers and beat, as long as this lasts; what is due is queued at its beginning."""
        worker = enlist_worker()
        keeper = Keeper(worker, on_found_dead=end_at_once, seconds=self.beat_seconds)
        logger.info("Worker %s begins.", worker)
        try:
            queue_in_use().wake_due_tasks()
            queue_due_jobs()
            keeper.start()
            yield worker
        finally:
            keeper.stop()
            discharge_worker(worker)
            logger.info("Worker %s has ended.", worker)

    def _run_from_redis(self, worker: Worker, *, once: bool = False) -> int:
        """Work on what waits in Redis: RQ takes the tasks and listens to signals, and this process beats besides.

        RQ gives up where Redis goes away in the midst of a task: whoever keeps this process has to start it again.
        """
        from jobs.redis_worker import make_worker  # noqa: PLC0415 -- RQ is loaded only where it is used

        rq_worker = make_worker(worker.name, is_long_lived=not once)
        if self._stopping.is_set():
            return 0
        rq_worker.work(burst=once, logging_level=None)
        if not once and not rq_worker.was_asked_to_stop:
            raise ConnectionError("Redis went away; what it was at is taken back by the next worker.")
        return rq_worker.done

    def _work_on(self, worker: Worker) -> bool:
        """Run the next task and return whether there was one; outlive a database that does not answer for a while.

        What this worker had begun when the database went away is taken back: it beats, so nobody else would.
        """
        try:
            return run_next(worker.name)
        except Error as error:
            logger.warning("The database did not answer: %s", error)
        while not self._stopping.wait(self.idle_seconds):
            try:
                connection.close()
                take_back_tasks_of(worker.name)
            except Error:
                continue
            return True
        return False


def run_next(worker: str) -> bool:
    """Take the next task, run it and store what came of it; return False where nothing waits."""
    task = take_next(worker)
    if task is None:
        return False
    run_task(task)
    return True


def run_task(task: DBTaskResult) -> None:
    """Run a task that was taken, and store its result, its next attempt or its failure.

    Side effects, in order: a job of the schedule is noted as begun; the task is run; its end is stored; the job is
    noted as ended; django-tasks' signals are sent at both ends.
    """
    started = time.monotonic()
    note_start(task.task_path, timezone.now())
    succeeded = False
    try:
        value = _call(task)
    except (Exception, SystemExit) as error:  # whatever a task does, the worker goes on with the next
        ended = timezone.now()
        kept = end_badly(task, error, ended)
        _send_finished(task)
    else:
        ended = timezone.now()
        try:
            kept = succeeded = end_well(task, value, ended)
        except TypeError as error:  # what it returned cannot be kept as JSON
            kept = end_badly(task, error, ended)
        _send_finished(task)
    if kept:
        note_end(task.task_path, ended, succeeded=succeeded)
    logger.debug("Task %s took %.1f s: %s", task.task_path, time.monotonic() - started, task.status)


def _call(task: DBTaskResult) -> Any:
    result: Any = task.task_result  # of django-tasks-db's own kind, which is typed apart from django-tasks'
    found = result.task
    task_started.send(sender=type(found.get_backend()), task_result=result)
    if found.takes_context:
        return found.call(TaskContext(task_result=result), *result.args, **result.kwargs)
    return found.call(*result.args, **result.kwargs)


def _send_finished(task: DBTaskResult) -> None:
    """Tell who listens; a task that waits for its next attempt is not finished."""
    if task.finished_at is None:
        return
    try:
        result = task.task_result
    except ImportError:  # its code is gone: nobody listens for it
        return
    task_finished.send(sender=type(result.task.get_backend()), task_result=result)
