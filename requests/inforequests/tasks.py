"""The worker's side: at the first instant after a last day it looks for silence."""

from datetime import datetime

from django_tasks import task

from inforequests.domain.silence import record_silences


@task()
def look_for_silence() -> int:
    """Record every silence that nobody has recorded yet, and return how many; the same as the command of that name.

    All that wait, not only the one that caused the job: a silence whose own job was lost is recorded with the next.
    """
    return record_silences()


def look_after(instant: datetime) -> None:
    """Queue the job for an instant; where the queue knows no later (as in tests), the command alone does it."""
    if look_for_silence.get_backend().supports_defer:
        look_for_silence.using(run_after=instant).enqueue()
