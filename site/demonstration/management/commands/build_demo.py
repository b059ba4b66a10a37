"""`manage.py build_demo`: builds the demonstration, or a part of it."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from demonstration.building import build_demonstration
from demonstration.enums import Stage

ALL = "all"


class Command(BaseCommand):
    """A stage that stands is left alone; what a stage needs is built before it."""

    help = "Builds the fictional Party of the demonstration, all of it or one stage with what that stage needs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which part, and from which seed."""
        parser.add_argument("--stage", choices=[*Stage.values, ALL], default=ALL, help="what to build (all of it)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same country (1)")
        parser.add_argument("--quick", action="store_true", help="a small country, for tests")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, and say of each stage how much there is and how long it took."""
        if not settings.DEMONSTRATION:
            raise CommandError(
                _("This site is no demonstration: run the command with DJANGO_SETTINGS_MODULE=portal.settings.demo.")
            )
        if options["seed"] < 0:
            raise CommandError(_("The seed is a whole number from 0 on."))
        started = time.monotonic()
        wanted = list(Stage) if options["stage"] == ALL else [Stage(options["stage"])]
        built = build_demonstration(wanted, seed=options["seed"], quick=options["quick"], say=self._say)
        if not built:
            self.stdout.write(_("The demonstration stands already; `manage.py remove_demo` takes it away."))
            return
        self.stdout.write(
            _("The demonstration is built, in %(seconds).1f s.") % {"seconds": time.monotonic() - started}
        )

    def _say(self, line: str) -> None:
        self.stdout.write(f"  {line}")
        self.stdout.flush()
