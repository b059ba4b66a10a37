"""SQLite: a copy of the file by the backup API, while others write."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, ClassVar, Final

from django.db import connection, connections

from backups.databases.base import Advance, Database, Reader, Snapshot
from backups.refusals import RefusedError

_PAGES: Final = 2_000  # copied between two signs of progress: 8 MB
_SECONDS: Final = 20.0


class Sqlite(Database):
    """The file that the settings name."""

    vendor: ClassVar[str] = "sqlite"

    def __init__(self) -> None:
        self.path = Path(str(connection.settings_dict["NAME"]))

    def version(self) -> str:
        """Return the version of the library."""
        return sqlite3.sqlite_version

    def require_tools(self) -> None:
        """Need nothing: Python has all of it."""

    @contextmanager
    def take(self, folder: Path, advance: Advance) -> Iterator[Snapshot]:
        """Copy the pages, then pack the copy, so that nothing of what was deleted is left between them.

        The copy is made inside a reading transaction: in SQLite's WAL mode it sees one instant and keeps no writer
        waiting, and a page that somebody writes meanwhile does not make it begin again.
        """
        if not self.path.is_file():
            raise RefusedError(f"There is no database at {self.path}: there is nothing to back up.")
        copy, packed = folder / "copied.sqlite3", folder / "packed.sqlite3"
        with closing(_open(self.path)) as source, closing(_open(copy)) as target:
            source.execute("BEGIN")
            source.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()  # the instant
            source.backup(target, pages=_PAGES, progress=lambda _state, left, all_: advance(all_ - left, all_))
            target.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
            target.execute("VACUUM INTO ?", [str(packed)])
        copy.unlink()
        with closing(_open(packed)) as session:
            yield Snapshot(packed, SqliteReader(session))

    def put_back(self, file: Path) -> None:
        """Write the pages of the file over those of the database, in one transaction of SQLite's own."""
        connections.close_all()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with closing(_open(file)) as source, closing(_open(self.path)) as target:
                source.backup(target)
                target.execute("PRAGMA journal_mode=WAL")
                target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.OperationalError as error:
            raise RefusedError(
                f"The database at {self.path} cannot be written ({error}). Stop web server and worker, and try again."
            ) from error

    @contextmanager
    def look(self) -> Iterator[Reader]:
        """Read in one transaction."""
        with closing(_open(self.path)) as session:
            session.execute("BEGIN")
            yield SqliteReader(session)


class SqliteReader(Reader):
    """Reads through Python's own module: what Django makes of a value plays no part."""

    def __init__(self, session: sqlite3.Connection) -> None:
        self._session = session

    def rows(self, statement: str) -> Iterator[Sequence[Any]]:
        """Yield the rows."""
        yield from self._session.execute(statement)

    def tables(self) -> list[str]:
        """Return all but the virtual ones, whose rows stand in others, and SQLite's own."""
        found = self.rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
            "AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
        )
        return [name for (name,) in found]

    def rows_as_bytes(self, table: str) -> Iterator[bytes]:
        """Yield what Python shows of each row: text, bytes, numbers and nothing are told apart."""
        for row in self.rows(f'SELECT * FROM "{table}"'):  # noqa: S608 -- the name of a table that is there
            yield repr(row).encode()


def _open(path: Path) -> sqlite3.Connection:
    """Connect without Python's own ideas about transactions."""
    return sqlite3.connect(path, timeout=_SECONDS, isolation_level=None)
