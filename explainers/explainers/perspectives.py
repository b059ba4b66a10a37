"""Perspectives: sentences that set a quantity beside another one, so that a reader can tell much from little.

Three alone: how a release stands to the threshold, which part of a named total it is, and the way over the years. A
mass says nothing about dose, harm or safety, so no sentence here does. Words of direction and share come from
`charts/words.py`, the same that captions and alternative texts use.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from charts.description import change_of, way_in_words
from charts.scales import unit_for, units_of
from charts.words import share_words
from design.formats import format_number, format_quantity_kg
from explainers.enums import PerspectiveKind
from register.enums import Medium
from register.facts import released_to
from register.figures import RegisterChart
from register.models import Release
from register.queries.pollutants import ThresholdTable

# Larger numbers are no help to anybody: beyond this, "more than" is said.
LARGEST_MULTIPLE: Final = 1000


@dataclass(frozen=True)
class Perspective:
    """One sentence, of one kind, about what was released to one medium."""

    kind: PerspectiveKind
    medium: Medium
    sentence: str


def perspectives_of(chart: RegisterChart, thresholds: ThresholdTable) -> list[Perspective]:
    """Return the perspectives on a pollutant's newest totals, medium by medium in their fixed order."""
    return [*_over_the_years(chart), *_largest_releases(chart, thresholds)]


def _over_the_years(chart: RegisterChart) -> Iterator[Perspective]:
    """Yield the way of each medium from its first value to its last: the sentence of the figure's own caption."""
    for series, unit in zip(chart.spec.series, units_of(chart.spec), strict=True):
        _rule, first, _last = change_of(series)
        if first is not None:
            yield Perspective(PerspectiveKind.CHANGE_OVER_TIME, Medium(series.medium.value), way_in_words(series, unit))


def _largest_releases(chart: RegisterChart, thresholds: ThresholdTable) -> Iterator[Perspective]:
    """Yield, for each medium, which part of the total the largest release makes, and how it stands to the threshold."""
    for total in chart.newest:
        largest = next(iter(chart.largest.get(total.medium, [])), None)
        if largest is None or not largest.quantity_kg:
            continue
        if total.quantity_kg and not total.withheld and total.entries > 1:
            yield Perspective(PerspectiveKind.NATIONAL_SHARE, total.medium, share_sentence(largest, total.quantity_kg))
        threshold = thresholds.applying(total.medium)
        if threshold is not None:
            yield Perspective(
                PerspectiveKind.THRESHOLD_MULTIPLE,
                total.medium,
                threshold_sentence(largest, threshold.quantity_kg),
            )


def share_sentence(release: Release, total_kg: Decimal) -> str:
    """Return which part of the national total to its medium a release makes; the total is named."""
    quantity_kg = release.quantity_kg or Decimal(0)
    return _(
        "Of the %(total)s that facilities reported %(medium)s for %(year)s, one facility released %(share)s: "
        "%(facility)s, with %(quantity)s."
    ) % {
        "total": unit_for(total_kg).in_words(total_kg),
        "medium": released_to(Medium(release.medium)),
        "year": release.reporting_year,
        "share": share_words(quantity_kg, total_kg),
        "facility": release.facility.title,
        "quantity": unit_for(quantity_kg).in_words(quantity_kg),
    }


def threshold_sentence(release: Release, threshold_kg: Decimal) -> str:
    """Return how the largest release to a medium stands to the threshold from which it must be reported."""
    quantity_kg = release.quantity_kg or Decimal(0)
    facts = {
        "medium": released_to(Medium(release.medium)),
        "year": release.reporting_year,
        "threshold": format_quantity_kg(threshold_kg),
        "times": multiple(quantity_kg / threshold_kg),
    }
    if quantity_kg < threshold_kg:
        return (
            _(
                "The largest single release %(medium)s in %(year)s lies below the threshold of %(threshold)s; "
                "it was reported all the same."
            )
            % facts
        )
    return (
        _(
            "The largest single release %(medium)s in %(year)s is %(times)s times the threshold of %(threshold)s, "
            "above which a facility must report it."
        )
        % facts
    )


def multiple(ratio: Decimal) -> str:
    """Return a ratio as a reader can use it: two digits, and no more than a thousand."""
    if ratio > LARGEST_MULTIPLE:
        return _("more than %(number)s") % {"number": format_number(LARGEST_MULTIPLE)}
    return format_number(ratio.quantize(Decimal(1).scaleb(min(ratio.adjusted() - 1, 0))))
