"""The one way to write the record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from ledger.models import Entry

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
    at: datetime | None = None,
    public: bool = True,
) -> Entry:
    """Append one entry, in the transaction of the act; raise OutsideTransactionError where there is none.

    `facts` must be JSON and must name no person. Nothing else happens.
    """
    if not connection.in_atomic_block:
        raise OutsideTransactionError("An act and its entry are written together: wrap both in transaction.atomic().")
    return Entry.objects.create(
        instant=at or timezone.now(),
        verb=verb,
        area=area,
        subject_kind=subject_kind,
        subject_reference=subject_reference,
        actor_role=actor_role,
        facts=dict(facts),
        public=public,
    )
