"""The ways to write the record: acts append entries, a job seals them, erasure destroys salts."""

from ledger.domain.erasing import erase_openings
from ledger.domain.recording import PUBLIC_ACTOR, SYSTEM_ACTOR, OutsideTransactionError, record_event
from ledger.domain.sealing import seal_entries

__all__ = [
    "PUBLIC_ACTOR",
    "SYSTEM_ACTOR",
    "OutsideTransactionError",
    "erase_openings",
    "record_event",
    "seal_entries",
]
