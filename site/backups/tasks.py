"""The daily backup, by the worker."""

from datetime import time, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from backups.keeping import archive_name, remove_old
from backups.taking import take_backup
from jobs.retry import retrying
from jobs.schedule import scheduled


@scheduled(daily_at=time(1, 30), label=_("Take a backup, where a folder for backups is set"))
@retrying(attempts=3, first=timedelta(minutes=10))
@task()
def take_daily_backup() -> str:
    """Take a backup into BACKUP_DIR, let go of the oldest there, and return its name; nothing where no folder is set.

    Fails with a sentence, which officials read where they see jobs, and is tried again.
    """
    folder = settings.BACKUP_DIR
    if not folder:
        return ""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    archive = folder / archive_name(timezone.now())
    take_backup(archive, tell=_tell_nobody)
    remove_old(folder, keep=settings.BACKUP_KEEP)
    return archive.name


def _tell_nobody(*_told: Any) -> None:
    """The worker has no screen."""
