"""The worker's side: carries out the periods of keeping every night."""

from datetime import time

from django.utils.translation import gettext_lazy as _
from django_tasks import task

from jobs.rounds import RoundError
from jobs.schedule import scheduled
from privacy.domain import apply_retention


@scheduled(daily_at=time(2, 40), label=_("Erase what need not be kept any longer"))
@task()
def carry_out_retention() -> int:
    """Carry out every period that is over, and return how many things were erased; the same as `apply_retention`.

    RoundError where something could not be erased: the log says why, and the next night tries again.
    """
    runs = apply_retention()
    done, failed = sum(run.done for run in runs), sum(run.failed for run in runs)
    if failed:
        raise RoundError("Retention", failed, done + failed)
    return done
