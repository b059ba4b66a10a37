"""What a queue says of itself, wherever it is: the lines of the status page, and how long the oldest task waits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from jobs.schedule import schedule_of

MOST_LINES: Final = 50


@dataclass(frozen=True)
class TaskLine:
    """One task as the status page shows it."""

    id: Any
    name: str
    since: datetime | None
    attempts: int
    not_before: datetime | None = None
    kind: str = ""
    traceback: str = ""


@dataclass(frozen=True)
class QueueState:
    """What waits, runs and has failed: the first lines of each, and how many there are."""

    waiting: list[TaskLine]
    waiting_count: int
    running: list[TaskLine]
    failed: list[TaskLine]
    failed_count: int


@dataclass(frozen=True)
class Backlog:
    """How many tasks wait whose time has come, and since when the oldest of them."""

    count: int
    oldest_since: datetime | None


def name_of(task_path: str) -> str:
    """Return what a task does, in words where it is on the schedule, else its name."""
    schedule = schedule_of(task_path)
    return str(schedule.label) if schedule and schedule.label else task_path


def kind_of(error_path: str) -> str:
    """Return the name of an exception without its module."""
    return error_path.rpartition(".")[2]
