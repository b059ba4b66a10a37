"""The worker's side: asks the scanner, and cleans up."""

import logging
from datetime import time, timedelta
from itertools import takewhile
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from files import vault
from files.enums import ScanState
from files.models import StoredFile
from files.scanning import Verdict, scan
from jobs.rounds import Round
from jobs.schedule import scheduled

_SHOWN: Final = 20  # of the damaged files

logger = logging.getLogger(__name__)


@scheduled(every=timedelta(minutes=1), label=_("Have new files scanned, where there is a scanner"))
@task()
def scan_waiting_files() -> int:
    """Have every file scanned that no scanner has answered for; return for how many there was an answer.

    All that wait, not only those that caused the job; where the scanner does not answer, the rest waits too.
    """
    if not settings.CLAMAV_URL:
        return 0
    is_there = True

    def ask(key: int) -> bool:
        nonlocal is_there
        verdict = _verdict_on(key)
        if verdict is None:
            return False
        _keep(key, verdict)
        if verdict.state == ScanState.UNAVAILABLE:
            logger.warning("The scanner did not answer: %s", verdict.detail)
            is_there = False
        return is_there

    waiting = list(StoredFile.objects.unscanned(timezone.now()).values_list("pk", flat=True))
    with Round("Scanning") as the_round:
        return the_round.over(takewhile(lambda _key: is_there, waiting), ask, name=lambda key: f"file {key}")


@scheduled(daily_at=time(3, 40), label=_("Remove files that were chosen and never sent"))
@task()
def sweep_files() -> dict[str, int]:
    """Forget what was chosen and never sent, and remove bytes that nothing refers to."""
    from files.domain.sweeping import sweep  # noqa: PLC0415 -- the domain queues the jobs of this module

    return sweep()


class DamagedFilesError(Exception):
    """Files that were received are lost or damaged; officials read the message where they see jobs."""


@scheduled(every=timedelta(days=7), label=_("Check that every file people sent is still whole"))
@task()
def check_files() -> int:
    """Read every file that was received, and return how many; raise DamagedFilesError with those that are damaged."""
    from files.domain.verifying import damaged_files, place_of  # noqa: PLC0415 -- the domain queues jobs of this module

    damaged = damaged_files()
    if damaged:
        raise DamagedFilesError(f"{len(damaged)} files: {'; '.join(place_of(file) for file in damaged[:_SHOWN])}")
    return StoredFile.objects.bound().filter(erased_at=None).count()


def _verdict_on(key: int) -> Verdict | None:
    """Return what the scanner says; None where the file is gone by now."""
    file = StoredFile.objects.filter(pk=key, erased_at=None).first()
    if file is None:
        return None
    try:
        with vault.open_sealed(file.sha256) as original:
            return scan(original, settings.CLAMAV_URL)
    except vault.DamagedError as error:
        logger.error("A file cannot be scanned: %s", error)
        return None


@transaction.atomic
def _keep(key: int, verdict: Verdict) -> None:
    row = StoredFile.objects.select_for_update().filter(pk=key, erased_at=None).first()
    if row is None:
        return
    row.scan_state, row.scan_detail, row.scanned_at = verdict.state, verdict.detail, timezone.now()
    row.save(update_fields=["scan_state", "scan_detail", "scanned_at"])
