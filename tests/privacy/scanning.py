"""Looks for somebody in the whole database: every column of every table, whatever its kind."""

from collections.abc import Iterator
from typing import Any

from django.contrib.sessions.models import Session
from django.db import connection


def tables_naming(*words: str) -> list[str]:
    """The tables in which one of some words still stands, however capitalised, with the row."""
    sought = [word.casefold() for word in words]
    return sorted(
        {f"{table}: {word}" for table, text in everything() for word in sought if word in text}
        | {
            f"session: {word}"
            for session in Session.objects.all()
            for word in sought
            if word in str(session.get_decoded()).casefold()
        }
    )


def everything() -> Iterator[tuple[str, str]]:
    """Every row of every table as text, those of the search's own tables included."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        for name in names:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")  # noqa: S608 -- a table of our own
            for row in cursor.fetchall():
                yield name, "\n".join(map(_text, row)).casefold()


def _text(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return str(value)
