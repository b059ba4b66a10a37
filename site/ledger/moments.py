"""One moment of the record, as two connections see it at once, while everybody else goes on writing."""

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any, Final

from django.db import connection, transaction

_VERSION: Final = "PRAGMA data_version"  # another number where somebody else has committed in between
_READ_ONLY: Final = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


@contextmanager
def one_moment() -> Iterator[Executor | None]:
    """Let this connection read what is stored now, and a thread with a connection of its own too; yield that thread.

    What others commit meanwhile is not seen, and nobody waits for anybody: PostgreSQL lends its snapshot to the second
    connection, and SQLite begins both again where somebody committed between them. As long as it lasts, SQLite cannot
    empty its write-ahead log into the database, which grows by what is written meanwhile, and PostgreSQL cannot clear
    away what is deleted.

    Within a transaction there is no thread, for another connection would not see what it has written: None is yielded,
    and what is read is what that transaction sees.
    """
    if connection.in_atomic_block:
        yield None
        return
    connection.ensure_connection()
    begin = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    with ThreadPoolExecutor(1) as reader:
        try:
            with begin(reader):
                yield reader
        finally:
            reader.submit(connection.close)


@contextmanager
def _on_postgresql(reader: Executor) -> Iterator[None]:
    with transaction.atomic():
        _ask(_READ_ONLY)
        snapshot = _ask("SELECT pg_export_snapshot()")
        with _in(reader, transaction.atomic()):
            reader.submit(_ask, _READ_ONLY).result()
            reader.submit(_ask, f"SET TRANSACTION SNAPSHOT '{snapshot}'").result()
            yield


@contextmanager
def _on_sqlite(reader: Executor) -> Iterator[None]:
    while True:
        before = _ask(_VERSION)
        with _in(reader, _deferred()), _deferred():
            reader.submit(_ask, _VERSION).result()  # with the first thing it reads a transaction begins
            if _ask(_VERSION) == before:
                yield
                return


@contextmanager
def _deferred() -> Iterator[None]:
    """A transaction that only reads: those of the site begin as writers, and every other writer would wait for it."""
    connection.ensure_connection()
    settings: Any = connection  # of SQLite
    with ExitStack() as stack:
        mode, settings.transaction_mode = settings.transaction_mode, "DEFERRED"
        try:
            stack.enter_context(transaction.atomic())
        finally:
            settings.transaction_mode = mode
        yield


@contextmanager
def _in(reader: Executor, manager: AbstractContextManager[object]) -> Iterator[None]:
    """Enter and leave something in the thread."""
    reader.submit(manager.__enter__).result()
    try:
        yield
    finally:
        reader.submit(manager.__exit__, None, None, None).result()


def _ask(statement: str) -> Any:
    """Return the first value that a statement answers with, if it answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None
