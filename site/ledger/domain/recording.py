"""The one way to write an entry."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from ledger.canonical import require_plain
from ledger.leaves import BLIND, commitment, new_salt
from ledger.models import Entry

PUBLIC_ACTOR: Final = "public"
SYSTEM_ACTOR: Final = "system"

_FIELDS: Final = [field for field in Entry._meta.concrete_fields if not field.primary_key]
_INSERT_ENTRY: Final = "INSERT INTO ledger_entry ({}) VALUES ({}) RETURNING id".format(  # noqa: S608 -- our own columns
    ", ".join(str(field.column) for field in _FIELDS), ", ".join(["%s"] * len(_FIELDS))
)
_INSERT_OPENING: Final = "INSERT INTO ledger_opening (entry_id, name, salt) VALUES (%s, %s, %s)"


class OutsideTransactionError(Exception):
    """An entry was to be written outside the transaction of the act it records."""


def record_event(
    *,
    verb: str,
    area: str,
    subject_kind: str,
    subject_reference: str,
    actor_role: str,
    facts: Mapping[str, Any],
    private: Mapping[str, str] | None = None,
    at: datetime | None = None,
    public: bool = True,
) -> Entry:
    """Append one entry, in the transaction of the act; raise OutsideTransactionError where there is none.

    `facts` name no person and quote no one. `private` are words that the entry shall prove without telling them, by
    name: for a file the hexadecimal SHA-256 of its bytes. Of these only commitments are kept, and the salts to open
    them; the words themselves stay where their room stores them. Raises NotPlainError for facts that have no one way to
    be written (fractions). Takes no lock: the place in the tree is given at sealing.

    Side effects, in order: the entry is stored, the salts are stored.
    """
    if not connection.in_atomic_block:
        raise OutsideTransactionError("An act and its entry are written together: wrap both in transaction.atomic().")
    kept = dict(facts)
    require_plain(kept)
    salts = {name: new_salt() for name in private or ()}
    commitments = {name: commitment(salts[name], value) for name, value in (private or {}).items()}
    if not public:
        commitments[BLIND] = commitment(new_salt(), "")
    entry = Entry(
        instant=at or timezone.now(),
        verb=verb,
        area=area,
        subject_kind=subject_kind,
        subject_reference=subject_reference,
        actor_role=actor_role,
        facts=kept,
        commitments=commitments,
        public=public,
    )
    _insert(entry)
    if salts:
        with connection.cursor() as cursor:
            cursor.executemany(_INSERT_OPENING, [(entry.pk, name, salt) for name, salt in salts.items()])
    return entry


def _insert(entry: Entry) -> None:
    """Store an entry by one statement: every act waits for it, and what saving does besides is not needed here."""
    values = [field.get_db_prep_save(getattr(entry, field.attname), connection) for field in _FIELDS]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_ENTRY, values)
        (entry.pk,) = cursor.fetchone()
    entry._state.adding = False
    entry._state.db = connection.alias
