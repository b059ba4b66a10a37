"""Facts: the newest total of a pollutant to a medium with everything needed to say it, bound to the entries it is from.

Nobody types a fact. Its words come from the one table of rules (`charts/words.py`), so that a page, its figure and its
caption cannot contradict each other.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from charts.scales import unit_for
from charts.words import NOT_COMPARABLE, WordRule, change_rule
from register.absences import ABSENCES, Absence
from register.caveats import methods_in_words
from register.enums import Medium, Presence
from register.figures import RegisterChart
from register.queries.series import YearTotal
from register.queries.versions import DataVersion


@dataclass(frozen=True)
class BoundFact:
    """How much of a pollutant was released to a medium in the newest year, and the year before it."""

    total: YearTotal
    before: YearTotal | None
    rule_changed: bool
    source: str
    version: DataVersion

    @property
    def medium(self) -> Medium:
        """Return the medium."""
        return self.total.medium

    @property
    def absence(self) -> Absence | None:
        """Return which absence it is, where there is no quantity above zero."""
        return None if self.total.quantity_kg else ABSENCES.get(Presence(self.total.state.value))

    @property
    def value(self) -> str:
        """Return the quantity with its unit, or the mark and words of its absence."""
        if self.total.quantity_kg:
            return unit_for(self.total.quantity_kg).in_words(self.total.quantity_kg)
        return f"{self.absence.mark} {self.absence.label}" if self.absence else ""

    @property
    def change(self) -> WordRule:
        """Return the word for the way from the year before; parts of totals are not compared."""
        if self.before is None or self.rule_changed or self.total.withheld or self.before.withheld:
            return NOT_COMPARABLE
        return change_rule(self.before.quantity_kg, self.total.quantity_kg)

    @property
    def sentence(self) -> str:
        """Return what the absence means, or how the quantity stands to the year before."""
        if self.absence:
            return str(self.absence.sentence)
        if self.total.withheld or (self.before and self.before.withheld):
            return _("Values are withheld, so it cannot be compared with the year before.")
        if self.before is None or self.before.quantity_kg is None:
            return _("There is no value for the year before to compare it with.")
        if self.rule_changed:
            return _("The rule of reporting changed in %(year)s, so it cannot be compared with the year before.") % {
                "year": self.total.year
            }
        return _("Against %(year)s it %(change)s (%(before)s).") % {
            "year": self.before.year,
            "change": self.change.words,
            "before": unit_for(self.before.quantity_kg).in_words(self.before.quantity_kg),
        }

    def as_component(self) -> dict[str, Any]:
        """Return the fact as the component `fact_strip` takes it."""
        return {
            "value": self.value,
            "year": str(self.total.year),
            "medium": released_to(self.medium),
            "medium_code": self.medium.value,
            "method": methods_in_words(self.total.methods),
            "source": self.source,
            "sentence": self.sentence,
        }


def bound_facts(chart: RegisterChart) -> list[BoundFact]:
    """Return the facts of the newest year of a chart, one a medium."""
    by_place = {(total.year, total.medium): total for total in chart.totals}
    breaks = {Medium(series.medium.value): series.breaks for series in chart.spec.series}
    return [
        BoundFact(
            total=total,
            rule_changed=total.year in breaks.get(total.medium, ()),
            before=by_place.get((total.year - 1, total.medium)),
            source=chart.spec.source,
            version=chart.version,
        )
        for total in chart.newest
    ]


def released_to(medium: Medium) -> str:
    """Return where a release goes."""
    return {Medium.AIR: _("to air"), Medium.WATER: _("to water"), Medium.LAND: _("to land")}[medium]


def media_without_entries(chart: RegisterChart) -> list[str]:
    """Return the media to which the register holds no release of the pollutant."""
    met = {total.medium for total in chart.totals}
    return [released_to(medium) for medium in Medium if medium not in met]


def absences_met(chart: RegisterChart) -> list[Absence]:
    """Return the absences that the chart marks."""
    met = {point.state.value for series in chart.spec.series for point in series.points}
    if any(total.withheld for total in chart.totals):
        met.add(Presence.CONFIDENTIAL.value)
    return [absence for presence, absence in ABSENCES.items() if presence.value in met]
