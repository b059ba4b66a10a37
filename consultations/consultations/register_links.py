"""What a pollutant's or a facility's page in the register says about consultations."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from consultations.models import Docket
from consultations.wording import state_tag
from register.links import Link
from register.models import Facility, Pollutant


def touching_pollutant(pollutant: Pollutant, at: datetime) -> Sequence[Link]:
    """Return the published consultations with a measure on a pollutant, newest first; two queries."""
    return _links(dockets_on_pollutant(pollutant), at)


def touching_facility(facility: Facility, at: datetime) -> Sequence[Link]:
    """Return the published consultations on the facility's activity, or on a pollutant it reports; two queries."""
    return _links(dockets_on_facility(facility), at)


def dockets_on_pollutant(pollutant: Pollutant) -> QuerySet[Docket]:
    """Return the dockets with a measure on a pollutant, each perhaps several times."""
    return Docket.objects.filter(measures__pollutant=pollutant)


def dockets_on_facility(facility: Facility) -> QuerySet[Docket]:
    """Return the dockets on a facility's activity, or on a pollutant it reports, each perhaps several times."""
    by_pollutant = Q(measures__pollutant__in=facility.releases.current().values("pollutant"))
    by_activity = Q(measures__activity=facility.activity_id) if facility.activity_id else Q()
    return Docket.objects.filter(by_pollutant | by_activity)


def _links(dockets: QuerySet[Docket], at: datetime) -> list[Link]:
    found = Docket.objects.published().filter(pk__in=dockets.values("pk")).with_periods().order_by("-published_at")
    links = []
    for docket in found:
        tag = state_tag(docket, at)
        links.append(
            Link(
                title=docket.title,
                url=docket.get_absolute_url(),
                description=docket.summary,
                state_label=tag["label"],
                state_tone=tag["tone"],
            )
        )
    return links
