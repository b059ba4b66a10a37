"""The one way to write an entry."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from ledger.canonical import require_plain
from ledger.leaves import BLIND, commitment, new_salt
from ledger.models import Entry, Opening

PUBLIC_ACTOR: Final = "public"
SYSTEM_ACTOR: Final = "system"


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
    entry = Entry.objects.create(
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
    if salts:
        Opening.objects.bulk_create([Opening(entry=entry, name=name, salt=salt) for name, salt in salts.items()])
    return entry
