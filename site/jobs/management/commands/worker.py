"""`manage.py worker`: one process that does what waits, what is due by the clock, and what a dead worker left."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from jobs.working import IDLE_SECONDS, Working


class Command(BaseCommand):
    """Work until told to end; SIGTERM lets it finish its task."""

    help = "Does what waits in the queue and what is due by the clock, until it is told to end (SIGTERM, Ctrl-C)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how it works."""
        parser.add_argument("--once", action="store_true", help="Do everything that waits or is due, and end.")
        parser.add_argument(
            "--interval", type=float, default=IDLE_SECONDS, help="Seconds to wait where nothing waits (%(default)s)."
        )

    def handle(self, *, once: bool, interval: float, **options: Any) -> None:
        """Work."""
        working = Working(idle_seconds=max(interval, 0.05))
        working.listen_to_signals()
        if once:
            done = working.run_until_nothing_waits()
            self.stdout.write(f"{done} tasks done.")
        else:
            working.run()
