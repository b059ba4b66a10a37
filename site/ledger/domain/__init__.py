"""The ways to write the record: acts append entries, a job seals them, erasure destroys salts."""

from ledger.domain.erasing import erase_openings
from ledger.domain.forgetting import NotADemonstrationError, begin_record_anew, forget_words
from ledger.domain.recording import PUBLIC_ACTOR, SYSTEM_ACTOR, OutsideTransactionError, record_event
from ledger.domain.sealing import seal_entries

__all__ = [
    "PUBLIC_ACTOR",
    "SYSTEM_ACTOR",
    "NotADemonstrationError",
    "OutsideTransactionError",
    "begin_record_anew",
    "erase_openings",
    "forget_words",
    "record_event",
    "seal_entries",
]
