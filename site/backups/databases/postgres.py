"""PostgreSQL: pg_dump and pg_restore, of a version that knows the server."""

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar, Final

import psycopg
from django.db import connection, connections
from django.db.backends.postgresql.client import DatabaseClient
from psycopg import sql

from backups.databases.base import Advance, Database, Reader, Snapshot
from backups.refusals import RefusedError

_MAJOR: Final = re.compile(rb"\(PostgreSQL\) (\d+)")
_WHERE_DEBIAN_HAS_THEM: Final = Path("/usr/lib/postgresql")
_HUNDRED: Final = 100
# Texts of values that are the same whatever server, role or database says otherwise.
_PLAIN: Final = (
    "SET datestyle = 'ISO, YMD'; SET intervalstyle = 'iso_8601'; SET timezone = 'UTC'; SET bytea_output = 'hex'; "
    "SET extra_float_digits = 1; SET client_encoding = 'UTF8'"
)


class Postgres(Database):
    """The database that the settings name, on its server."""

    vendor: ClassVar[str] = "postgresql"

    def version(self) -> str:
        """Return the version of the server."""
        return ".".join(str(part) for part in divmod(_server_number(), 10_000))

    def require_tools(self) -> None:
        """Find both programs."""
        for name in ("pg_dump", "pg_restore"):
            find_tool(name, _server_number() // 10_000)

    @contextmanager
    def take(self, folder: Path, advance: Advance) -> Iterator[Snapshot]:
        """Dump one exported snapshot, and go on reading it; nobody waits for anybody."""
        file = folder / "dumped.pgdump"
        tool = find_tool("pg_dump", _server_number() // 10_000)
        with _session() as session:
            session.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            ((snapshot,),) = session.execute("SELECT pg_export_snapshot()").fetchall()
            advance(0, _HUNDRED)
            # Not compressed: the archive is.
            words = ["--format=custom", "--compress=0", "--no-owner", "--no-privileges", "--no-comments"]
            _run(tool, *words, f"--snapshot={snapshot}", f"--file={file}", *_address())
            advance(_HUNDRED, _HUNDRED)
            yield Snapshot(file, PostgresReader(session))

    def put_back(self, file: Path) -> None:
        """Empty the schema, then restore; an attempt that fails leaves an empty database, never half of one."""
        tool = find_tool("pg_restore", _server_number() // 10_000)
        connections.close_all()
        try:
            with _session() as session:
                session.execute("SET lock_timeout = '10s'")
                _empty(session)
        except psycopg.errors.LockNotAvailable as error:
            raise RefusedError(
                "Somebody is working with the database. Stop web server and worker, and try again."
            ) from error
        words = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
        _run(tool, *words, *_address("--dbname="), str(file))

    @contextmanager
    def look(self) -> Iterator[Reader]:
        """Read in one transaction."""
        with _session() as session:
            session.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield PostgresReader(session)


class PostgresReader(Reader):
    """Reads as the server writes values in a copy."""

    def __init__(self, session: psycopg.Connection[Any]) -> None:
        self._session = session
        session.execute(_PLAIN)

    def rows(self, statement: str) -> Iterator[Sequence[Any]]:
        """Yield the rows."""
        yield from self._session.execute(statement)

    def tables(self) -> list[str]:
        """Return the tables of the schema that the site uses."""
        found = self.rows(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') "
            "AND relnamespace = current_schema()::regnamespace ORDER BY relname"
        )
        return [name for (name,) in found]

    def rows_as_bytes(self, table: str) -> Iterator[bytes]:
        """Yield the lines of a copy."""
        statement = sql.SQL("COPY (SELECT * FROM {}) TO STDOUT").format(sql.Identifier(table))
        with self._session.cursor() as cursor, cursor.copy(statement) as lines:
            for line in lines:
                yield bytes(line)


def find_tool(name: str, server: int) -> str:
    """Return the path of a PostgreSQL program that knows the server: of its version, else of the next newer one.

    Raises RefusedError with what to install where there is none.
    """
    folders = [Path(folder) for folder in os.get_exec_path() if folder]
    folders += sorted(_WHERE_DEBIAN_HAS_THEM.glob("*/bin"))
    found: dict[int, str] = {}
    for path in (folder / name for folder in folders):
        if os.access(path, os.X_OK) and (major := _major_of(path)):
            found.setdefault(major, str(path))
    fitting = [major for major in found if major >= server]
    if fitting:
        return found[min(fitting)]
    newest = f"the newest {name} here is {max(found)} ({found[max(found)]})" if found else f"there is no {name} here"
    raise RefusedError(
        f"The database server is PostgreSQL {server}, and {newest}. Install the client programs of version {server} or "
        f"later (on Debian or Ubuntu, as root: apt-get install postgresql-client-{server}), or put the folder that has "
        "them on the PATH."
    )


def _major_of(path: Path) -> int | None:
    try:
        said = subprocess.run([path, "--version"], capture_output=True, check=False, timeout=20).stdout  # noqa: S603 -- a program of PostgreSQL on the path
    except (OSError, subprocess.TimeoutExpired):
        return None
    match = _MAJOR.search(said)
    return int(match[1]) if match else None


def _run(tool: str, *words: str) -> None:
    """Run a program of PostgreSQL; RefusedError with its own words where it fails. No password is ever an argument."""
    environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])[1] or {}
    done = subprocess.run(  # noqa: S603 -- a program of PostgreSQL on the path
        [tool, *words], env=os.environ | environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["it did not say why"]
        raise RefusedError(f"{Path(tool).name} failed: {' / '.join(said[-3:])}")


def _address(before_name: str = "") -> list[str]:
    """Return the arguments that say which database, as Django gives them to psql."""
    _program, *words = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])[0]
    *where, name = words
    return [*where, f"{before_name}{name}"]


def _session() -> psycopg.Connection[Any]:
    """Connect beside Django, whose own connection may be in the middle of something."""
    return psycopg.connect(**connection.get_connection_params())


def _server_number() -> int:
    with _session() as session:
        return session.info.server_version


def _empty(session: psycopg.Connection[Any]) -> None:
    """Drop every table, sequence and function of the schema; not what belongs to an extension."""
    dropping = session.execute(
        """
        SELECT CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
                            ELSE 'TABLE' END, oid::regclass::text
        FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'S') AND relnamespace = current_schema()::regnamespace
          AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')
        UNION ALL
        SELECT 'ROUTINE', oid::regprocedure::text FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
          AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
        """
    ).fetchall()
    for kind, name in sorted(dropping, key=lambda found: found[0] != "TABLE"):  # a table takes its sequences along
        # Both come from the catalogue, which quotes names where it has to.
        session.execute(f"DROP {kind} IF EXISTS {name} CASCADE")
