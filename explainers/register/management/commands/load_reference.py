"""`manage.py load_reference`: Annexes I, II and III of the Protocol, in three languages."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from register.domain.reference import load_reference


class Command(BaseCommand):
    """Takes a second; running it again changes nothing."""

    help = (
        "Loads the pollutants and both threshold sets of Annex II, the activities of Annex I and the operations of "
        "Annex III, with their names in three languages. Running it again changes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what is there now."""
        counts = load_reference()
        self.stdout.write(
            _(
                "Reference data: %(pollutants)d pollutants with %(thresholds)d thresholds, %(activities)d activities, "
                "%(operations)d operations."
            )
            % {
                "pollutants": counts.pollutants,
                "thresholds": counts.thresholds,
                "activities": counts.activities,
                "operations": counts.operations,
            }
        )
