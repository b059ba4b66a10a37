"""Tasks that the tests of the queue queue."""

import time
from datetime import timedelta
from pathlib import Path

from django_tasks import task

from jobs.retry import retrying


@task()
def add(first: int, second: int) -> int:
    return first + second


@retrying(attempts=3, first=timedelta(seconds=10), most=timedelta(seconds=15), never=(PermissionError,))
@task()
def stumble(kind: str = "ValueError") -> None:
    raise {"ValueError": ValueError, "PermissionError": PermissionError}[kind]("not today")


@task()
def stumble_once() -> None:
    raise ValueError("never again")


@task()
def leave() -> None:
    raise SystemExit(3)


@task()
def return_what_is_no_json() -> object:
    return object()


@task()
def write_line(file: str, line: str) -> None:
    """Leave a trace that outlives this process."""
    with Path(file).open("a", encoding="utf-8") as trace:
        trace.write(f"{line}\n")


@task()
def take_time(file: str, until: str) -> None:
    """Leave a trace, go on until a file is there, and leave another."""
    write_line.func(file, "begun")
    while not Path(until).exists():
        time.sleep(0.02)
    write_line.func(file, "done")
