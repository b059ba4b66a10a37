"""Cleaning up: what was chosen and never sent, and bytes that nothing refers to any more."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone

from files import vault
from files.kinds import LONGEST_HELD_DAYS
from files.models import StoredFile

_YOUNG: Final = timedelta(days=1)  # no request and no transaction lasts so long


def sweep(at: datetime | None = None) -> dict[str, int]:
    """Forget what was held too long, then remove bytes without a row; return how many of each went.

    Side effects, in order: rows of files that were never sent are deleted; what was received in part is removed; bytes
    that no row refers to are removed from the vault, unless they came within the last day.
    """
    moment = at or timezone.now()
    old = moment - timedelta(days=LONGEST_HELD_DAYS)
    forgotten = StoredFile.objects.filter(received_at__lt=old).forget_held()
    limit = (moment - _YOUNG).timestamp()
    left_over = vault.remove_left_over(younger_than=limit)
    removed = sum(
        vault.remove_unless_young(sha256, younger_than=limit) for sha256 in vault.stored() if not _is_wanted(sha256)
    )
    return {"forgotten": forgotten, "left_over": left_over, "removed": removed}


def _is_wanted(sha256: str) -> bool:
    return StoredFile.objects.filter(Q(sha256=sha256) | Q(rendition_sha256=sha256)).exists()
