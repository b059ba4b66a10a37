"""Carries out again what stands in the list beside the backups, where an older backup has come back."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ledger.repeating import LIST_NAME, read_list, repeat_erasures


class Command(BaseCommand):
    """`restore` does the same by itself; this is for a list that was found later."""

    help = "Erase again whoever was erased after the backup that was restored; what was done already is left alone."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the list, or the folder that it lies in."""
        parser.add_argument("list", type=Path, metavar="LIST", help=f"{LIST_NAME}, or the folder in which it lies")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and print the numbers; nobody's name. Raises CommandError where there is no list."""
        path = options["list"].expanduser()
        path = path / LIST_NAME if path.is_dir() else path
        listed = read_list(path)
        if listed is None:
            raise CommandError(f"There is no list at {path}.")
        repeated = repeat_erasures(listed.erasures, at=timezone.now())
        self.stdout.write(
            f"{repeated.done} done again, {repeated.postponed} to be done when the law allows it, "
            f"{repeated.absent} about what is not here, {repeated.failed} failed."
        )
        if listed.unreadable:
            self.stderr.write(self.style.WARNING(f"{listed.unreadable} lines of {path} cannot be read."))
