"""Releases by year and medium: what charts, facts and tables of a pollutant or a facility are made of."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Max, Q, QuerySet, Sum

from charts.enums import Medium as ChartMedium
from charts.enums import State
from charts.spec import Point, Series
from register.enums import Medium, Method, Presence
from register.models import Facility, Pollutant, Release, RuleChange

# Where several entries without a quantity meet in one total, the first of these that occurs is what is said of it.
_TELLING_ORDER = (
    Presence.CONFIDENTIAL,
    Presence.BELOW_THRESHOLD,
    Presence.NOT_MONITORED,
    Presence.NOT_REPORTED,
)


@dataclass
class YearTotal:
    """All current releases of one pollutant to one medium in one year."""

    year: int
    medium: Medium
    quantity_kg: Decimal | None = None
    largest_kg: Decimal = Decimal(0)
    accidental_kg: Decimal = Decimal(0)
    presences: Counter[Presence] = field(default_factory=Counter)
    methods: Counter[Method] = field(default_factory=Counter)
    load_ids: set[int | None] = field(default_factory=set)

    @property
    def entries(self) -> int:
        """Return how many entries there are, with and without a quantity."""
        return sum(self.presences.values())

    @property
    def withheld(self) -> int:
        """Return how many quantities are withheld and missing from the total."""
        return self.presences[Presence.CONFIDENTIAL]

    @property
    def largest_share(self) -> Decimal:
        """Return which part of a complete total one entry makes; zero where that says nothing."""
        if not self.quantity_kg or self.withheld or self.entries < 2:
            return Decimal(0)
        return self.largest_kg / self.quantity_kg

    @property
    def state(self) -> State:
        """Return what is said of the total: reported, zero, or one of the absences."""
        if self.quantity_kg:
            return State.REPORTED
        if self.quantity_kg is not None and not self.withheld:
            return State.ZERO
        absence = next((presence for presence in _TELLING_ORDER if self.presences[presence]), Presence.NOT_REPORTED)
        return State(absence.value)

    def as_point(self) -> Point:
        """Return the total as a point of a chart."""
        state = self.state
        has_value = state in {State.REPORTED, State.ZERO}
        return Point(
            year=self.year,
            state=state,
            quantity_kg=self.quantity_kg if has_value else None,
            withheld=self.withheld,
            methods=tuple(sorted(method.value for method in self.methods)),
        )


def totals_of(releases: QuerySet[Release]) -> list[YearTotal]:
    """Return the totals by year and medium of releases of one pollutant, in one query, by year and then medium."""
    rows = (
        releases.order_by()
        .values("reporting_year", "medium", "presence", "method", "load_id")
        .annotate(
            quantity=Sum("quantity_kg"),
            largest=Max("quantity_kg"),
            accidental=Sum("accidental_kg"),
            entries=Count("pk"),
        )
    )
    totals: dict[tuple[int, str], YearTotal] = {}
    for row in rows:
        key = (row["reporting_year"], row["medium"])
        total = totals.setdefault(key, YearTotal(year=row["reporting_year"], medium=Medium(row["medium"])))
        _add(
            total,
            presence=row["presence"],
            method=row["method"],
            quantity_kg=row["quantity"],
            largest_kg=row["largest"],
            accidental_kg=row["accidental"],
            entries=row["entries"],
            load_id=row["load_id"],
        )
    return _in_order(totals)


def totals_of_entries(releases: Iterable[Release]) -> list[YearTotal]:
    """Return the same of entries already read: those of one facility and one pollutant."""
    totals: dict[tuple[int, str], YearTotal] = {}
    for release in releases:
        key = (release.reporting_year, release.medium)
        total = totals.setdefault(key, YearTotal(year=release.reporting_year, medium=Medium(release.medium)))
        _add(
            total,
            presence=release.presence,
            method=release.method,
            quantity_kg=release.quantity_kg,
            largest_kg=release.quantity_kg,
            accidental_kg=release.accidental_kg,
            entries=1,
            load_id=release.load_id,
        )
    return _in_order(totals)


def _add(
    total: YearTotal,
    *,
    presence: str,
    method: str,
    quantity_kg: Decimal | None,
    largest_kg: Decimal | None,
    accidental_kg: Decimal | None,
    entries: int,
    load_id: int | None,
) -> None:
    """Add entries of one presence and method to a total."""
    if quantity_kg is not None:
        total.quantity_kg = (total.quantity_kg or Decimal(0)) + quantity_kg
    total.largest_kg = max(total.largest_kg, largest_kg or Decimal(0))
    total.accidental_kg += accidental_kg or Decimal(0)
    total.presences[Presence(presence)] += entries
    if method:
        total.methods[Method(method)] += entries
    total.load_ids.add(load_id)


def _in_order(totals: dict[tuple[int, str], YearTotal]) -> list[YearTotal]:
    """Return totals by year, the media in their fixed order within it."""
    media = list(Medium)
    return sorted(totals.values(), key=lambda total: (total.year, media.index(total.medium)))


def chart_series(
    totals: Sequence[YearTotal], first_year: int, last_year: int, rules: Sequence[RuleChange] = ()
) -> tuple[Series, ...]:
    """Return one gapless series for each medium that occurs; a year without an entry is "not reported"."""
    by_place = {(total.year, total.medium): total for total in totals}
    present = {total.medium for total in totals}
    return tuple(
        Series(
            medium=ChartMedium(medium.value),
            points=tuple(
                by_place[year, medium].as_point()
                if (year, medium) in by_place
                else Point.absent(year, State.NOT_REPORTED)
                for year in range(first_year, last_year + 1)
            ),
            breaks=tuple(
                sorted({rule.year for rule in rules if rule.medium in {"", medium} and first_year < rule.year})
            ),
        )
        for medium in Medium
        if medium in present
    )


def pollutant_totals(pollutant: Pollutant) -> list[YearTotal]:
    """Return the national totals of one pollutant: its own entries only, never its sub-entries'."""
    return totals_of(Release.objects.current().filter(pollutant=pollutant))


def rule_changes(pollutant: Pollutant, facility: Facility | None = None) -> list[RuleChange]:
    """Return the changes of rules that touch a pollutant's values, of one facility or of all; one query."""
    found = RuleChange.objects.filter(Q(pollutant=pollutant) | Q(pollutant=None))
    if facility is not None:
        activity = facility.activity
        own = [key for key in (facility.activity_id, activity.parent_id if activity else None) if key]
        found = found.filter(Q(activity__in=own) | Q(activity=None))
    return list(found)
