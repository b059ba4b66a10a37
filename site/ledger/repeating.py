"""What was erased is erased once more where an older backup comes back: the list beside the backups.

An archive holds everybody whom it held when it was taken, also those who were erased the day after. So each erasure is
written, beside the archives, to a list that only grows: which kind of thing, its reference, when and why; never who.
This room knows its lines and its file; who erases says what is to stand there, and how it is done again (`repeat_by`).
"""

import fcntl
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

LIST_NAME: Final = "erasures.jsonl"
_OWNER_ONLY: Final = 0o600
_LONGEST_LINE: Final = 1_000


@dataclass(frozen=True)
class Erasure:
    """One line: what was done, to what, why and when. Its reference is public, or a digest only this site can make."""

    act: str
    holding: str
    reference: str
    cause: str
    at: datetime

    def as_line(self) -> str:
        """Return the line of the list."""
        return json.dumps({**vars(self), "at": self.at.isoformat()}, ensure_ascii=False)


@dataclass(frozen=True)
class ErasureList:
    """What a list says, and how many of its lines nobody can read any more."""

    erasures: list[Erasure] = field(default_factory=list)
    unreadable: int = 0


@dataclass(frozen=True)
class Repeated:
    """What came of doing it again: done, waiting for the law's leave, failed, or about something that is not here."""

    done: int = 0
    postponed: int = 0
    failed: int = 0
    absent: int = 0


ReadNotes = Callable[[], Iterable[Erasure]]
Repeat = Callable[[Iterable[Erasure], datetime], Repeated]

_keepers: Final[list[tuple[ReadNotes, Repeat]]] = []


def repeat_by(noted: ReadNotes, repeat: Repeat) -> None:
    """Say which erasures this site remembers, and how those that it does not are done again; the last one counts."""
    _keepers[:] = [(noted, repeat)]


def noted_erasures() -> list[Erasure]:
    """Return every erasure that this site remembers."""
    return [erasure for noted, _repeat in _keepers for erasure in noted()]


def repeat_erasures(erasures: Iterable[Erasure], *, at: datetime) -> Repeated:
    """Carry out again what this site does not remember to have done; side effects as of the room that erases."""
    for _noted, repeat in _keepers:
        return repeat(erasures, at)
    return Repeated()


def read_list(path: Path) -> ErasureList | None:
    """Return what stands in a list; None where there is none."""
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return None
    read = [_read(line) for line in lines if line.strip()]
    erasures = [erasure for erasure in read if erasure is not None]
    return ErasureList(erasures, len(read) - len(erasures))


def write_list(folder: Path, erasures: Iterable[Erasure]) -> int:
    """Add to the list in a folder what it lacks, and return how many lines that is; make it where there is none.

    Nothing in it is ever changed. When this returns, it is on the disk. A line that was cut off by a power cut stays as
    it is, and the next begins on a line of its own.
    """
    path = folder / LIST_NAME
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, _OWNER_ONLY)
    with os.fdopen(descriptor, "rb+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # the worker and somebody at a keyboard may write at the same time
        there = file.read()
        known = {_read(line) for line in there.splitlines()}
        lacking = [erasure for erasure in dict.fromkeys(erasures) if erasure not in known]
        if lacking:
            start = b"" if not there or there.endswith(b"\n") else b"\n"
            file.write(start + "".join(f"{erasure.as_line()}\n" for erasure in lacking).encode())
        file.flush()
        os.fsync(descriptor)
    return len(lacking)


def _read(line: bytes) -> Erasure | None:
    if len(line) > _LONGEST_LINE:
        return None
    try:
        said = json.loads(line)
        act, holding, reference, cause = (str(said[name]) for name in ("act", "holding", "reference", "cause"))
        at = datetime.fromisoformat(said["at"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return Erasure(act, holding, reference, cause, at) if at.tzinfo else None
