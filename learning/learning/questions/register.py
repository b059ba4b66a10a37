"""Questions to the register: the right answer is computed from its entries when the question is asked.

They have to work for every register. Where this one has no such entries there is no answer, and the page says so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, Max, QuerySet, Sum
from django.utils.translation import gettext as _

from learning.enums import RegisterQuestion
from register.enums import Medium, Presence
from register.models import Pollutant, Release


@dataclass(frozen=True)
class RegisterKey:
    """What the register answers: a number (kilograms, a count or a year) and the year it is about."""

    answer: Decimal
    year: int


def compute_key(question: RegisterQuestion, pollutant: Pollutant, medium: Medium) -> RegisterKey | None:
    """Return what the register answers now; None where it has no such entries. Two queries."""
    releases = Release.objects.current().filter(
        pollutant=pollutant, medium=medium, presence=Presence.REPORTED, quantity_kg__gt=0
    )
    if question is RegisterQuestion.YEAR_OF_HIGHEST:
        return _year_of_highest(releases)
    year = releases.aggregate(year=Max("reporting_year"))["year"]
    if year is None:
        return None
    answer = _AGGREGATES[question](releases.filter(reporting_year=year))
    return RegisterKey(answer=Decimal(answer), year=year)


def _year_of_highest(releases: QuerySet[Release]) -> RegisterKey | None:
    """Return the year with the highest sum; None where there are not two years to compare, or two are equal."""
    sums = list(releases.order_by().values("reporting_year").annotate(total=Sum("quantity_kg")).order_by("-total")[:2])
    if len(sums) < 2 or sums[0]["total"] == sums[1]["total"]:
        return None
    year = sums[0]["reporting_year"]
    return RegisterKey(answer=Decimal(year), year=year)


_AGGREGATES: Final[dict[RegisterQuestion, Callable[[QuerySet[Release]], Any]]] = {
    RegisterQuestion.LARGEST_RELEASE: lambda releases: releases.aggregate(answer=Max("quantity_kg"))["answer"],
    RegisterQuestion.TOTAL_RELEASE: lambda releases: releases.aggregate(answer=Sum("quantity_kg"))["answer"],
    RegisterQuestion.FACILITY_COUNT: lambda releases: releases.aggregate(answer=Count("facility", distinct=True))[
        "answer"
    ],
}


def task_in_words(question: RegisterQuestion, pollutant: str, medium: str, year: int | None) -> str:
    """Return the sentence that names what to look for, in the language of the page."""
    values = {"pollutant": pollutant, "medium": medium, "year": year}
    if question is RegisterQuestion.YEAR_OF_HIGHEST:
        return _("Pollutant: %(pollutant)s. Released to: %(medium)s. Every reporting year.") % values
    return _("Pollutant: %(pollutant)s. Released to: %(medium)s. Reporting year: %(year)s.") % values
