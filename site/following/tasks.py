"""The worker's side: letters to those who follow something."""

from datetime import time, timedelta

from django.utils.translation import gettext_lazy as _
from django_tasks import task

from following import domain
from jobs.rounds import Round
from jobs.schedule import scheduled


@scheduled(every=timedelta(minutes=5), label=_("Write to those who follow something"))
@task()
def write_news() -> int:
    """Write every letter that is due, at once, daily or weekly; return how many.

    However late or often it runs: what was told and which rounds were made is kept with the letters.
    """
    with Round("News") as the_round:  # the one kind of letters does not wait for the other
        return the_round.over((domain.write_letters_at_once, domain.write_rounds), lambda write: write())


@scheduled(daily_at=time(4, 20), label=_("Forget addresses that nobody confirmed"))
@task()
def tidy_subscriptions() -> int:
    """Drop questions that nobody answered, and what was stopped long ago; return how many rows."""
    return domain.tidy()
