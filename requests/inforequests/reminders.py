"""What officials are reminded of: the last day of a request that comes nearer."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from design.formats import format_date_long
from inforequests.domain.letters import subject_of
from inforequests.enums import OPEN_STAGES
from inforequests.models import Clock
from notices.reminders import Reminder, ReminderKind, officials_to_remind


def due_requests(first: date, last: date) -> Iterator[Reminder]:
    """Yield a reminder to each case officer of each open request whose last day lies between two days."""
    clocks = Clock.objects.current().running().filter(last_day__range=(first, last), request__stage__in=OPEN_STAGES)
    officials = officials_to_remind(Role.CASE_OFFICER)
    for clock in clocks.select_related("request__submission").order_by("last_day", "pk"):
        for address, language in officials:
            yield Reminder(
                about=f"{subject_of(clock.request)}:desk",
                day=clock.last_day,
                recipient=address,
                language=language,
                context=partial(_context, clock, language),
            )


def _context(clock: Clock, language: str) -> Mapping[str, Any]:
    with translation.override(language):
        return {
            "number": clock.request.tracking_number,
            "last_day": format_date_long(clock.last_day),
            "desk_url": settings.BASE_URL + reverse("requests:desk", args=[clock.request.pk]),
        }


REQUEST_DUE: Final = ReminderKind(
    name="request_due",
    label=_("The last day of a request comes nearer (to case officers)"),
    days_before=3,
    template="request_due",
    find=due_requests,
)
