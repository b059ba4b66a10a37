"""Records which requests were not answered in time, and tells their requesters."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from inforequests.domain import record_silences
from jobs.rounds import RoundError


class Command(BaseCommand):
    """The worker does the same by itself every minute; this is for a site without one."""

    help = "Record which requests were not answered in time, dated at the legal instant, and tell their requesters."

    def handle(self, *args: Any, **options: Any) -> None:
        """Record them and print how many."""
        try:
            self.stdout.write(str(record_silences()))
        except RoundError as error:
            raise CommandError(str(error)) from error
