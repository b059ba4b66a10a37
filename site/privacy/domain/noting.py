"""Noting erasures for the list beside the backups: what an older backup brings back is erased again by it."""

from datetime import datetime

from jobs.queue import enqueue_after_commit
from privacy.enums import Act, Cause
from privacy.models import ErasureNote
from privacy.tasks import list_erasures


def note_erasure(act: Act, *, holding: str, reference: str, cause: Cause, at: datetime) -> None:
    """Note, in the transaction of the act, what is to be done again after a restoration; the worker lists it."""
    ErasureNote.objects.bulk_create(
        [ErasureNote(act=act, holding=holding, reference=reference, cause=cause, at=at)], ignore_conflicts=True
    )
    enqueue_after_commit(list_erasures)
