"""Carries out the periods of keeping, or says what would be erased."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from privacy.domain import apply_retention


class Command(BaseCommand):
    """The worker does the same by itself every night; this is for a site without one, and for trying a period."""

    help = "Carry out the periods of keeping; with --dry-run, only say what would be erased."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the one option."""
        parser.add_argument("--dry-run", action="store_true", help="Erase nothing, and say what would be erased.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and print the numbers, rule by rule; nobody's name."""
        dry_run = options["dry_run"]
        for run in apply_retention(dry_run=dry_run):
            done = "would be erased" if dry_run else "erased"
            line = f"{run.rule.kind}: {run.done} {done}, {run.held} kept for a reason, {run.failed} failed"
            self.stdout.write(line)
