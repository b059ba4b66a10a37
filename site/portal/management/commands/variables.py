"""Prints the table of environment variables that the README holds between its markers."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.variables import as_markdown


class Command(BaseCommand):
    """Prints the table; `manage.py variables` after a change of portal/variables.py, and paste it into the README."""

    help = "Print the table of environment variables, as the README has it."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it."""
        self.stdout.write(as_markdown(), ending="")
