"""What the home page shows of the areas below it: what is open, what was decided, and what the register holds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Max, Min
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Locale

from consultations.enums import DisplayState
from consultations.models import Docket, Period
from consultations.states import closes_soon, closing_instant
from design.freshness import keep_until, keep_until_midnight
from explainers.queries import explained_among
from inforequests.queries import answered_this_year
from learning.models import ProgrammePage
from register.models import Facility, Pollutant, Release
from register.queries.listed import PollutantCounts, pollutant_counts

OPEN_SHOWN: Final = 4
DECIDED_SHOWN: Final = 2
MOST_REPORTED: Final = 6
PROGRAMMES_SHOWN: Final = 6


@dataclass(frozen=True)
class OpenConsultation:
    """A consultation as the home page lists it."""

    title: str
    summary: str
    url: str
    closes_at: datetime
    tone: str
    state_label: str


@dataclass(frozen=True)
class RegisterInFigures:
    """The size of the register, for one column of the home page."""

    facilities: int
    pollutants: PollutantCounts
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True)
class Door:
    """A name, and the way in: a pollutant's explainer, or its page in the register where it has none; a programme."""

    name: str
    url: str


def open_consultations(at: datetime) -> list[OpenConsultation]:
    """Return the consultations that take comments at an instant, those closing soonest first."""
    found = []
    for docket in Docket.objects.published().open(at).with_periods():
        closes_at = closing_instant(docket.windows, at)
        # `open` and `closing_instant` agree by construction; the check is for the types.
        if closes_at is not None:
            found.append(
                OpenConsultation(
                    title=docket.title,
                    summary=docket.summary,
                    url=docket.get_absolute_url(),
                    closes_at=closes_at,
                    tone="soon" if closes_soon(docket.handling_state, docket.windows, at) else "open",
                    state_label=str(DisplayState.OPEN.label),
                )
            )
    return sorted(found, key=lambda consultation: consultation.closes_at)[:OPEN_SHOWN]


def register_in_figures() -> RegisterInFigures:
    """Return how many facilities and pollutants the register has entries of, and for which years."""
    years = Release.objects.current().aggregate(first_year=Min("reporting_year"), last_year=Max("reporting_year"))
    return RegisterInFigures(facilities=Facility.objects.count(), pollutants=pollutant_counts(), **years)


def most_reported_pollutants() -> list[Door]:
    """Return the pollutants with most entries, those that a reader is likeliest to have met, and their explainers."""
    counted = Release.objects.current().order_by().values("pollutant").annotate(entries=Count("pk"))
    keys = [row["pollutant"] for row in counted.order_by("-entries", "pollutant")[:MOST_REPORTED]]
    found = Pollutant.objects.in_bulk(keys)
    explained = explained_among(found.values())
    return [Door(found[key].name, explained.get(key) or found[key].get_absolute_url()) for key in keys]


def programmes() -> list[Door]:
    """Return the programmes that are offered in the language of the page, in the order that editors gave them."""
    pages = ProgrammePage.objects.live().filter(locale=Locale.get_active()).order_by("path")[:PROGRAMMES_SHOWN]
    return [Door(page.title, page.get_url() or "") for page in pages]


def front_page_sections(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the home page beyond its own words, and say until when it holds."""
    at = timezone.now()
    listed = open_consultations(at)
    keep_until_midnight(request, at)
    next_opening = Period.objects.filter(opens_at__gt=at).aggregate(first=Min("opens_at"))["first"]
    for instant in filter(None, [next_opening, *(consultation.closes_at for consultation in listed)]):
        keep_until(request, instant)
    return {
        "at": at,
        "open_consultations": listed,
        "decided_consultations": Docket.objects.published().decided()[:DECIDED_SHOWN],
        "figures": register_in_figures(),
        "pollutants": most_reported_pollutants(),
        "programmes": programmes(),
        "requests_answered": answered_this_year(at),
    }
