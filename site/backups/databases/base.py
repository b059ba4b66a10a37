"""What both databases can do, and how rows are compared."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Final

from backups.manifest import Table

_MODULUS: Final = 1 << 256

Advance = Callable[[int, int], None]  # how much of how much


class Reader(ABC):
    """One unchanging sight of a database: all that is read through it is of the same instant."""

    @abstractmethod
    def rows(self, statement: str) -> Iterator[Sequence[Any]]:
        """Yield the rows of a statement."""

    @abstractmethod
    def tables(self) -> list[str]:
        """Return the names of all tables, in order."""

    @abstractmethod
    def rows_as_bytes(self, table: str) -> Iterator[bytes]:
        """Yield each row of a table as bytes that are the same wherever the row is the same."""

    def contents(self) -> dict[str, Table]:
        """Return every table with the number and the hash of its rows."""
        return {table: digest_of(self.rows_as_bytes(table)) for table in self.tables()}


def digest_of(rows: Iterable[bytes]) -> Table:
    """Return number and hash of rows: the sum of the rows' hashes, so that their order plays no part."""
    count = total = 0
    for row in rows:
        count += 1
        total += int.from_bytes(hashlib.sha256(row).digest(), "big")
    return Table(count, f"{total % _MODULUS:064x}")


@dataclass(frozen=True)
class Snapshot:
    """A database as it was at one instant: as a file, and to be read."""

    file: Path
    reader: Reader


class Database(ABC):
    """The database of the site."""

    vendor: ClassVar[str]

    @abstractmethod
    def version(self) -> str:
        """Return the version of the server or library."""

    @abstractmethod
    def require_tools(self) -> None:
        """Raise RefusedError with the remedy where a program is missing."""

    @abstractmethod
    def take(self, folder: Path, advance: Advance) -> AbstractContextManager[Snapshot]:
        """Yield the database as it is now, as a file in `folder`; whoever writes to it goes on meanwhile."""

    @abstractmethod
    def put_back(self, file: Path) -> None:
        """Replace everything in the database by what the file holds; all or nothing."""

    @abstractmethod
    def look(self) -> AbstractContextManager[Reader]:
        """Yield the database as it is now, to be read."""
