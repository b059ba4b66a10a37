"""The queue of this site, wherever it is: in its database, or in Redis where JOBS_URL says so.

`database_queue.py` and `redis_queue.py` are the two places: each is a module with the functions that `Queue` names, so
that whoever calls `queue_in_use()` need not ask which it is.
"""

from datetime import datetime
from typing import Any, Final, Protocol

from django.conf import settings
from django.db import transaction
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks.base import Task

from jobs import database_queue
from jobs.state import Backlog, QueueState

REDIS_BACKEND: Final = "jobs.redis_queue.RedisBackend"


class Queue(Protocol):
    """What is asked of a queue besides taking tasks from it, which is the worker's own business."""

    def enqueue_once(self, task: Task[Any, Any]) -> None:
        """Queue a task without arguments, unless one waits already that will see what this one is to see.

        Call it after commit. A task that runs already may have looked before the commit, so it does not count.
        """

    def runners(self) -> set[str]:
        """Return the names of the workers by which tasks are marked as run."""

    def take_back_tasks_of(self, worker: str) -> int:
        """Let what a dead worker had begun run again, and return how many; one that killed too many has failed."""

    def wake_due_tasks(self) -> None:
        """Let those run whose time to be tried again has come."""

    def retry_failed(self, task_id: str) -> bool:
        """Let a task that has failed run again from its first attempt; return False where it has not failed."""

    def state(self, moment: datetime) -> QueueState:
        """Return what waits, runs and has failed."""

    def backlog(self, moment: datetime) -> Backlog:
        """Return how much waits, and since when."""


def is_in_redis() -> bool:
    """Return whether tasks wait in Redis."""
    return bool(settings.TASKS[DEFAULT_TASK_BACKEND_ALIAS]["BACKEND"] == REDIS_BACKEND)


def queue_in_use() -> Queue:
    """Return the queue in which tasks wait."""
    if not is_in_redis():
        return database_queue
    from jobs import redis_queue  # noqa: PLC0415 -- RQ is loaded only where it is used

    return redis_queue


def enqueue_once(task: Task[Any, Any]) -> None:
    """Queue a task without arguments after commit, unless one waits already that will see the same."""
    queue_in_use().enqueue_once(task)


def enqueue_after_commit(task: Task[Any, Any]) -> None:
    """Do the same once the act that needs it is stored.

    Where the queue cannot be reached then, that is logged and whoever acted is told nothing of it: the act is done, and
    the schedule comes by.
    """

    def enqueue() -> None:  # not a `partial`: Django's log asks for its name
        enqueue_once(task)

    transaction.on_commit(enqueue, robust=True)
