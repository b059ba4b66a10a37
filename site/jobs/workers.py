"""Which workers live: each beats, and is found dead by another that has beaten often enough in the meantime.

No clock decides. A worker counts its own beats: when it has beaten `BEATS_UNTIL_DEAD` times without seeing another do
so, that other is dead, and what it had begun is taken back. So a clock that jumps an hour kills nobody; and neither
does a long transaction that lets nobody write on SQLite, for then the one who counts cannot beat either.

A worker that was held up (a suspended machine, a frozen container) and is found dead although it lives learns it with
its next beat, and ends at once.
"""

import logging
import os
import socket
import threading
from collections.abc import Callable
from typing import Final

from django.db import Error, connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import get_random_string
from redis.exceptions import RedisError

from jobs.models import Worker
from jobs.queue import queue_in_use
from jobs.schedule import queue_due_jobs

logger = logging.getLogger(__name__)

BEAT_SECONDS: Final = 3.0
BEATS_UNTIL_DEAD: Final = 7
FOUND_DEAD_EXIT: Final = 75

_here: Final[list[str]] = []  # the name of the worker that this process is, if it is one


def current_worker() -> str:
    """Return the name of the worker that this process is; empty in a process that is none."""
    return _here[-1] if _here else ""


def is_gone(name: str) -> bool:
    """Return whether a worker is known to have ended or to have been found dead."""
    return Worker.objects.gone().filter(name=name).exists()


def enlist_worker() -> Worker:
    """Store that this process begins to work, under a name that no other will ever have."""
    now = timezone.now()
    worker = Worker.objects.create(
        name=get_random_string(32),
        host=socket.gethostname()[:200],
        process=os.getpid(),
        started_at=now,
        seen_at=now,
    )
    _here.append(worker.name)
    return worker


def discharge_worker(worker: Worker) -> None:
    """Store that a worker has ended of itself, with nothing begun."""
    Worker.objects.filter(pk=worker.pk).update(ended_at=timezone.now())
    if worker.name in _here:
        _here.remove(worker.name)


def beat(worker: Worker) -> bool:
    """Store one more beat; return False where this worker has been found dead."""
    alive = Worker.objects.alive().filter(pk=worker.pk)
    return bool(alive.update(beats=F("beats") + 1, seen_at=timezone.now()))


class Watch:
    """What one worker has seen of the others: how many beats each had, and how often itself has beaten since."""

    def __init__(self, worker: Worker) -> None:
        self.worker = worker
        self.own_beats = 0
        self._seen: dict[str, tuple[int | None, int]] = {}

    def look(self) -> list[str]:
        """Look at the others once, after a beat of one's own; return the names of those now found dead.

        Side effects, for each of them in one transaction: it is stored as dead, unless it has beaten after all or
        another worker was faster; its tasks are taken back.
        """
        self.own_beats += 1
        beats: dict[str, int | None] = dict.fromkeys(
            queue_in_use().runners()
        )  # who runs a task and is not on the list counts too
        beats.update(Worker.objects.alive().values_list("name", "beats"))
        beats.pop(self.worker.name, None)
        before = self._seen
        self._seen = {
            name: before[name] if name in before and before[name][0] == count else (count, self.own_beats)
            for name, count in beats.items()
        }
        silent = [name for name, (_count, since) in self._seen.items() if self.own_beats - since >= BEATS_UNTIL_DEAD]
        return [name for name in silent if self._bury(name, beats[name])]

    @transaction.atomic
    def _bury(self, name: str, beats: int | None) -> bool:
        if beats is None:  # it was found dead already, or never was a worker of ours
            return queue_in_use().take_back_tasks_of(name) > 0
        still_silent = Worker.objects.alive().filter(name=name, beats=beats)
        if not still_silent.update(lost_at=timezone.now()):
            return False
        queue_in_use().take_back_tasks_of(name)
        return True


class Keeper(threading.Thread):
    """Runs beside the task: beats, looks after the others, and queues what is due by the clock."""

    def __init__(self, worker: Worker, *, on_found_dead: Callable[[], None], seconds: float = BEAT_SECONDS) -> None:
        super().__init__(name="jobs-keeper", daemon=True)
        self.worker = worker
        self.watch = Watch(worker)
        self.on_found_dead = on_found_dead
        self.seconds = seconds
        self._stopping = threading.Event()

    def run(self) -> None:
        """Beat until told to stop; a database that does not answer is asked again at the next beat."""
        while not self._stopping.wait(self.seconds):
            try:
                self.beat_once()
            except Error as error:
                logger.warning("The database did not take a beat of this worker: %s", error)
                connection.close()
            except RedisError as error:
                logger.warning("Redis did not answer this worker: %s", error)
            except Exception:  # noqa: BLE001 -- it must go on beating, whatever hinders what it does besides
                logger.exception("Looking after workers and schedule failed; it is tried again at the next beat.")
        connection.close()

    def beat_once(self) -> None:
        """Beat, look after the others, queue what is due."""
        if not beat(self.worker):
            logger.critical("This worker was held up and found dead; it ends, so that nothing is done twice.")
            self.on_found_dead()
            return
        self.watch.look()
        queue_in_use().wake_due_tasks()
        queue_due_jobs()

    def stop(self) -> None:
        """End after the present beat."""
        self._stopping.set()
        if self.is_alive():
            self.join(timeout=30)


def end_at_once() -> None:
    """End this process without finishing what it does: another worker has it."""
    os._exit(FOUND_DEAD_EXIT)
