"""Reads every file that was received and says which are lost or damaged."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from files.domain.verifying import damaged_files, place_of
from files.models import StoredFile


class Command(BaseCommand):
    """The worker does the same by itself every week; `verify_record` checks the hashes, this checks the bytes."""

    help = "Read every file that people sent and say which are lost or have other bytes than were received."

    def handle(self, *args: Any, **options: Any) -> None:
        """Check all, tell, and end with 1 where something is damaged."""
        damaged = damaged_files()
        for file in damaged:
            self.stderr.write(place_of(file))
        if damaged:
            raise CommandError(
                f"{len(damaged)} files are lost or damaged. Take them out of a backup, from the folder files/sealed."
            )
        count = StoredFile.objects.bound().filter(erased_at=None).count()
        self.stdout.write(f"The files are whole: {count} of them.")
