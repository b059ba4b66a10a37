"""`manage.py seal_record`: gives every entry that waits its place in the tree, as the worker does every minute."""

from typing import Any

from django.core.management.base import BaseCommand

from ledger.domain import seal_entries


class Command(BaseCommand):
    """Seals, and says how much."""

    help = "Seals what waits into a signed checkpoint. The worker does so every minute; this looks at everything."

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal, and tell."""
        self.stdout.write(f"Sealed: {seal_entries()}.")
