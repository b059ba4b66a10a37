"""Housekeeping of the queue itself."""

from datetime import datetime, time, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from jobs.models import Worker
from jobs.schedule import scheduled

KEEP_DONE: Final = timedelta(days=3)
KEEP_FAILED: Final = timedelta(days=60)
KEEP_WORKERS: Final = timedelta(days=7)


@scheduled(daily_at=time(3, 40), label=_("Forget tasks that were done long ago"))
@task()
def forget_old_tasks() -> int:
    """Remove what was done long ago, and return how many tasks that were; what failed is kept longer."""
    return remove_old_tasks(at=timezone.now())


def remove_old_tasks(*, at: datetime) -> int:
    """Remove done tasks after three days, failed ones after sixty, and workers that are gone after seven."""
    done = DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lte=at - KEEP_DONE)
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__lte=at - KEEP_FAILED)
    removed = sum(old.delete()[0] for old in (done, failed))
    Worker.objects.gone().filter(seen_at__lte=at - KEEP_WORKERS).delete()
    return removed
