"""Entries for the tests of the record, and what somebody does to it behind the application's back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from ledger.domain import record_event
from ledger.models import Entry
from ledger.models.triggers import put_up, take_down


def append(count: int = 1, **fields: object) -> list[Entry]:
    """Some acts, one after another."""
    said: dict[str, Any] = {
        "verb": "docket_published",
        "area": "consultations",
        "subject_kind": "docket",
        "subject_reference": "C-2026-001",
        "actor_role": "decision_maker",
        "facts": {"version": 1},
        **fields,
    }
    return [record_event(**said) for _number in range(count)]


@contextmanager
def behind_the_back() -> Iterator[Any]:
    """A cursor of somebody who owns the database: no trigger stands while it is used."""
    take_down(connection)
    with connection.cursor() as cursor:
        yield cursor
    put_up(connection)
