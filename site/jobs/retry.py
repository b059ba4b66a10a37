"""How often a task is tried again after it failed, and how long it waits in between."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, TypeVar

from django_tasks.base import Task

AnyTask = TypeVar("AnyTask", bound=Task[Any, Any])

# A task may kill its worker (memory, a crash in a library): after so many deaths it is left alone.
MOST_DEATHS: Final = 5
DEATH: Final = "jobs.WorkerDied"  # stands where the kind of an exception stands


@dataclass(frozen=True)
class Retry:
    """How a task is tried again: `attempts` times in all; the wait doubles from `first` up to `most`.

    An exception of a kind named in `never` is final: trying again would not mend it.
    """

    attempts: int = 1
    first: timedelta = timedelta(seconds=30)
    most: timedelta = timedelta(hours=6)
    never: tuple[type[BaseException], ...] = ()

    def delay_after(self, attempts: int) -> timedelta:
        """Return how long to wait after so many attempts."""
        # The exponent is held down: a timedelta has an end, and 2 ** 40 times half a minute lies behind it.
        return min(self.first * 2 ** min(max(attempts - 1, 0), 40), self.most)

    def wants_another(self, attempts: int, error: BaseException) -> bool:
        """Return whether a task that failed with this error after so many attempts is tried again."""
        return attempts < self.attempts and not isinstance(error, self.never)

    def is_deadly(self, attempts: int) -> bool:
        """Return whether a task that was begun so often, the last time by a worker that died, is left alone."""
        return attempts >= max(MOST_DEATHS, self.attempts)


ONCE: Final = Retry()
_retries: Final[dict[str, Retry]] = {}


def retrying(
    *,
    attempts: int,
    first: timedelta = timedelta(seconds=30),
    most: timedelta = timedelta(hours=6),
    never: tuple[type[BaseException], ...] = (),
) -> "_Retrying":
    """Let a task be tried again: `@retrying(attempts=5)` above `@task()`."""
    if attempts < 1:
        raise ValueError("A task is tried at least once: attempts has to be 1 or more.")
    return _Retrying(Retry(attempts=attempts, first=first, most=most, never=never))


class _Retrying:
    """The decorator that `retrying` returns."""

    def __init__(self, retry: Retry) -> None:
        self.retry = retry

    def __call__(self, task: AnyTask) -> AnyTask:
        """Remember it under the task's name and return the task as it is."""
        _retries[task.module_path] = self.retry
        return task


def death_words(attempts: int) -> str:
    """Return what stands where a traceback stands, for a task whose workers died."""
    return f"Its worker ended without finishing it; it was begun {attempts} times."


def retry_of(task_path: str) -> Retry:
    """Return how the task of this name is tried again; once, where nobody has said."""
    return _retries.get(task_path, ONCE)
