"""The database's own refusal to change what is recorded, on SQLite and on PostgreSQL.

It holds for whoever comes past the application, too: a shell, a repair by hand, a mistake in code to come. Somebody who
owns the database can take the triggers down. What was changed then, the signed checkpoints tell.
"""

from collections.abc import Iterator
from typing import Any, Final

CHANGE: Final = "UPDATE"
REMOVE: Final = "DELETE"
EMPTY: Final = "TRUNCATE"  # PostgreSQL only: SQLite has no such statement
# What is refused, by table. Salts may be destroyed, and nothing else.
REFUSED: Final = {
    "ledger_entry": (CHANGE, REMOVE, EMPTY),
    "ledger_leaf": (CHANGE, REMOVE, EMPTY),
    "ledger_checkpoint": (CHANGE, REMOVE, EMPTY),
    "ledger_opening": (CHANGE,),
}
_FUNCTION: Final = "ledger_refuse"
_SENTENCE: Final = "The record is append-only: what stands in it is neither changed nor removed."


def put_up(connection: Any) -> None:
    """Let the database refuse changes; what stands already stays."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{_SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
        for name, table, event in _triggers(connection):
            if connection.vendor == "postgresql":
                cursor.execute(
                    f"CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {table} "
                    f"FOR EACH STATEMENT EXECUTE FUNCTION {_FUNCTION}()"
                )
            else:
                cursor.execute(
                    f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{_SENTENCE}'); END"
                )


def take_down(connection: Any) -> None:
    """Let the database allow changes again."""
    with connection.cursor() as cursor:
        for name, table, _event in _triggers(connection):
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP FUNCTION IF EXISTS {_FUNCTION}()")


def missing(connection: Any) -> list[tuple[str, str]]:
    """Return table and event of every refusal that does not stand, or does not work."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {name for (name,) in cursor.fetchall()}
    return [(table, event) for name, table, event in _triggers(connection) if name not in standing]


def _triggers(connection: Any) -> Iterator[tuple[str, str, str]]:
    """Yield name, table and event of each."""
    for table, events in REFUSED.items():
        for event in events:
            if event != EMPTY or connection.vendor == "postgresql":
                yield f"{table}_refuses_{event.lower()}", table, event
