"""The worker's side: carries out the periods of keeping every night, and keeps the list beside the backups."""

from datetime import time, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from jobs.retry import retrying
from jobs.rounds import RoundError
from jobs.schedule import scheduled
from ledger.repeating import noted_erasures, write_list


@scheduled(daily_at=time(2, 40), label=_("Erase what need not be kept any longer"))
@task()
def carry_out_retention() -> int:
    """Carry out every period that is over, and return how many things were erased; the same as `apply_retention`.

    RoundError where something could not be erased: the log says why, and the next night tries again.
    """
    from privacy.domain import apply_retention  # noqa: PLC0415 -- the domain queues the job below

    runs = apply_retention()
    done, failed = sum(run.done for run in runs), sum(run.failed for run in runs)
    if failed:
        raise RoundError("Retention", failed, done + failed)
    return done


@scheduled(every=timedelta(hours=1), label=_("List erasures beside the backups, where a folder for backups is set"))
@retrying(attempts=3, first=timedelta(minutes=1))
@task()
def list_erasures() -> int:
    """Add every erasure that it lacks to the list in BACKUP_DIR, and return how many; all, not only the newest.

    Queued by each erasure as well. Fails where the folder cannot be written, which officials read where they see jobs.
    """
    folder = settings.BACKUP_DIR
    if not folder:
        return 0
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return write_list(folder, noted_erasures())
