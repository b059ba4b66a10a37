"""`manage.py remove_demo`: removes the demonstration, and nothing else."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from demonstration.models import Build
from demonstration.removal import Plan, plan_removal, remove_demonstration

_ANSWERS = {"y", "yes", "o", "oui", "д", "да"}


class Command(BaseCommand):
    """Says first what would go and what would stay, and asks."""

    help = "Removes everything that build_demo made, except what something of somebody else's stands on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to ask."""
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell, ask, remove, tell."""
        if not Build.objects.exists():
            self.stdout.write(_("There is no demonstration here."))
            return
        self._tell(plan_removal())
        if not options["yes"] and not self._is_agreed():
            self.stdout.write(_("Nothing was removed."))
            return
        plan = remove_demonstration()
        self.stdout.write(
            ngettext("%(count)d row was removed.", "%(count)d rows were removed.", plan.rows_going)
            % {"count": plan.rows_going}
        )

    def _tell(self, plan: Plan) -> None:
        self.stdout.write(
            ngettext(
                "The demonstration has %(count)d row that would be removed:",
                "The demonstration has %(count)d rows that would be removed:",
                plan.rows_going,
            )
            % {"count": plan.rows_going}
        )
        for model, keys in sorted(plan.going.items(), key=lambda pair: -len(pair[1])):
            self.stdout.write(f"  {len(keys):>7} {model._meta.verbose_name_plural}")
        if not plan.rows_staying:
            return
        self.stdout.write(
            ngettext(
                "%(count)d row would stay, because something that somebody else made stands on it:",
                "%(count)d rows would stay, because something that somebody else made stands on them:",
                plan.rows_staying,
            )
            % {"count": plan.rows_staying}
        )
        for (whose, what), rows in sorted(plan.reasons.items()):
            self.stdout.write(
                _("  %(what)s (%(whose)s, made by somebody else: %(count)d)")
                % {"what": what, "whose": whose, "count": len(rows)}
            )
        self.stdout.write(_("Remove those things yourself, then run this command again to remove the rest."))

    def _is_agreed(self) -> bool:
        try:
            answer = input(_("Remove it? Type “yes” to go on: "))
        except EOFError:
            return False
        return answer.strip().casefold() in _ANSWERS
