"""What officials are reminded of: the day by which a decision is expected."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from consultations.domain.letters import subject_of_docket
from consultations.models import Docket
from design.formats import format_date_long
from design.languages import localised
from notices.reminders import Reminder, ReminderKind, officials_to_remind


def due_decisions(first: date, last: date) -> Iterator[Reminder]:
    """Yield a reminder to each decision-maker of each consultation whose decision is expected between two days."""
    dockets = Docket.objects.published().undecided().filter(decision_expected_by__range=(first, last))
    officials = officials_to_remind(Role.DECISION_MAKER)
    for docket in dockets.order_by("decision_expected_by", "pk"):
        for address, language in officials:
            yield Reminder(
                about=f"{subject_of_docket(docket)}:desk",
                day=docket.decision_expected_by,
                recipient=address,
                language=language,
                context=partial(_context, docket, language),
            )


def _context(docket: Docket, language: str) -> Mapping[str, Any]:
    with translation.override(language):
        return {
            "reference": docket.reference,
            "title": localised(docket, "title"),
            "day": format_date_long(docket.decision_expected_by),
            "desk_url": settings.BASE_URL + reverse("dockets:desk", args=[docket.pk]),
        }


DECISION_DUE: Final = ReminderKind(
    name="decision_due",
    label=_("The day of a decision comes nearer (to decision-makers)"),
    days_before=7,
    template="decision_due",
    find=due_decisions,
)
