"""The worker's side: it looks for silence."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django_tasks import task

from inforequests.domain.silence import record_silences
from jobs.schedule import scheduled


@scheduled(every=timedelta(minutes=1), label=_("Look for requests that were not answered in time"))
@task()
def look_for_silence() -> int:
    """Record every silence that nobody has recorded yet, and return how many; the same as the command of that name.

    Each is dated at the first instant after its last day, however late this runs.
    """
    return record_silences()
