"""The worker's side: seals what waits."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django_tasks import task

from jobs.schedule import scheduled
from ledger.domain import seal_entries


@scheduled(every=timedelta(minutes=1), label=_("Seal new entries of the record"))
@task()
def seal_record() -> int:
    """Seal what waits into a signed checkpoint, and return how many entries it was."""
    return seal_entries(everything=False)


@scheduled(every=timedelta(days=1), label=_("Seal entries that came late into the record"))
@task()
def seal_stragglers() -> int:
    """Seal what the minute's job did not look for: entries of a transaction that ended long after it had begun."""
    return seal_entries()
