"""What every kind of file has in common: rows become drafts, drafts are compared with the register, and written."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from register.importing.cells import Cells, Row
from register.importing.mapping import FileMapping
from register.models import RegisterLoad


class Draft(NamedTuple):
    """What one row (or one cell of a wide row) says: about which entry, and in which state it is."""

    line: int
    key: Hashable
    identity: tuple[Any, ...]
    state: tuple[Any, ...]


@dataclass
class Context:
    """What a kind needs to know about the load it works for."""

    load: RegisterLoad
    mapping: FileMapping
    header: tuple[str, ...]
    last_year: int
    accidental_unknown: bool

    def cells(self) -> Cells:
        """Return the cells of the file by field."""
        return Cells(self.mapping, self.header)


class Kind(ABC):
    """Reads, compares and writes the rows of one kind of file, counting in the load what it does."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.load = context.load

    @abstractmethod
    def read(self, row: Row, line: int) -> Sequence[Draft]:
        """Return what a row says; raise RowRejected where it cannot be read. A wide row may say several things."""

    @abstractmethod
    def save(self, drafts: Collection[Draft]) -> None:
        """Bring the register up to date with some rows."""

    @abstractmethod
    def finish(self, *, drop: bool) -> int:
        """Do what can only be done when the whole file has been read.

        Return how many entries of the file's years the file does not have; mark them as dropped if `drop` says so.
        """
