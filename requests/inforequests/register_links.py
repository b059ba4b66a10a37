"""What a pollutant's or a facility's page in the register says about requests: how to ask, and what was answered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from inforequests.models import Disclosure
from register.links import Link
from register.models import Facility, Pollutant

_NEWEST: Final = 5


def asking_about_pollutant(pollutant: Pollutant, at: datetime) -> Sequence[Link]:
    """Return the way to ask about a pollutant, and the newest answers about it; one query."""
    return [_ask("pollutant", pollutant.slug), *_answered(Disclosure.objects.touching_pollutant(pollutant))]


def asking_about_facility(facility: Facility, at: datetime) -> Sequence[Link]:
    """Return the way to ask about a facility, and the newest answers about it; one query."""
    return [_ask("facility", facility.public_id), *_answered(Disclosure.objects.touching_facility(facility))]


def _ask(parameter: str, value: str) -> Link:
    return Link(
        title=_("Ask about this"),
        url=f"{reverse('inforequests:ask')}?{urlencode({parameter: value})}",
        description=_("Anybody can ask what the register does not show. You need no account and give no reason."),
    )


def _answered(found: QuerySet[Disclosure]) -> list[Link]:
    newest = found.select_related("request").order_by("-published_at")[:_NEWEST]
    return [
        Link(
            title=entry.title,
            url=entry.get_absolute_url(),
            description=_("Asked and answered."),
            language=entry.title_language,
        )
        for entry in newest
    ]
