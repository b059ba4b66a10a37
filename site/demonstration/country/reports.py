"""What the facilities report in ten years: a row for every release, with gaps and accidents as registers have them."""

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from demonstration.country.facilities import PlannedFacility
from demonstration.country.profiles import RELEASES, Line

YEARS: Final = 10
LIVESTOCK: Final = ("7(a)(i)", "7(a)(ii)", "7(a)(iii)")
RULE_CHANGE: Final = 5  # from the sixth year on, ammonia from animals is calculated with a new factor
OLD_FACTOR: Final = 0.74
ACCIDENTS_TOLD_SINCE: Final = 3  # before, the form of report did not ask for extraordinary events
# Facilities of these activities can stand still for a year, and then truly have released nothing.
SOMETIMES_STANDING_STILL: Final = ("1(c)", "2(d)", "3(b)", "8(b)(ii)")
_SIGNIFICANT_DIGITS: Final = 3

METHODS: Final = {"M": "measured", "C": "calculated", "E": "estimated"}

Thresholds = Mapping[tuple[str, str], Decimal]


@dataclass(frozen=True)
class Report:
    """One release as it stands in a publication; `quantity_kg` is empty where `presence` says that there is none."""

    facility: str
    pollutant: str
    medium: str
    year: int
    presence: str
    quantity_kg: Decimal | None
    accidental_kg: Decimal | None
    method: str

    @property
    def key(self) -> tuple[str, str, str, int]:
        """Return what makes the entry this one and no other."""
        return self.facility, self.pollutant, self.medium, self.year


@dataclass(frozen=True)
class _Life:
    """In which of the ten years a facility works."""

    first: int
    last: int


def rounded(value: float) -> Decimal:
    """Return a quantity as operators report it: three significant digits."""
    return Decimal(f"{value:.{_SIGNIFICANT_DIGITS}g}").normalize() + 0


def report_releases(
    facilities: Iterable[PlannedFacility], thresholds: Thresholds, *, last_year: int, seed: int
) -> list[Report]:
    """Return every release that the register holds, in the newest publication."""
    first_year = last_year - YEARS + 1
    reports: list[Report] = []
    for facility in facilities:
        chance = _chance(seed, "life", facility.public_id)
        life = _life(chance)
        for line in RELEASES.get(facility.activity, ()):
            chance = _chance(seed, "line", facility.public_id, line.pollutant, line.medium)
            threshold = thresholds.get((line.pollutant, line.medium))
            if chance.random() < line.chance and threshold is not None:
                reports += _series(facility, line, life, threshold, first_year, chance=chance)
    return reports


def _life(chance: random.Random) -> _Life:
    first = chance.randint(1, 5) if chance.random() < 0.08 else 0
    last = chance.randint(6, 8) if chance.random() < 0.05 else YEARS - 1
    return _Life(first, last)


def _series(
    facility: PlannedFacility, line: Line, life: _Life, threshold: Decimal, first_year: int, *, chance: random.Random
) -> Iterator[Report]:
    """Yield the reports of one pollutant from one facility over the years in which it works."""
    newest = line.typical_kg * facility.size**0.8 * chance.lognormvariate(0, line.spread)
    method = METHODS[chance.choice(line.methods)]
    reported_before = False
    for index in range(life.first, life.last + 1):
        value = newest * (1 + line.trend) ** (index - YEARS + 1) * chance.lognormvariate(0, 0.07)
        if facility.activity in LIVESTOCK and index < RULE_CHANGE and method == METHODS["C"]:
            value *= OLD_FACTOR
        report = Report(
            facility=facility.public_id,
            pollutant=line.pollutant,
            medium=line.medium,
            year=first_year + index,
            presence="reported",
            quantity_kg=rounded(value),
            accidental_kg=Decimal(0) if index >= ACCIDENTS_TOLD_SINCE else None,
            method=method,
        )
        luck, extra = chance.random(), chance.random()
        if luck < 0.003 and index >= ACCIDENTS_TOLD_SINCE and facility.activity not in LIVESTOCK:
            yield _with_accident(report, threshold, 0.5 + 4 * extra)
        elif report.quantity_kg is not None and report.quantity_kg > threshold:
            can_be_zero = facility.activity in SOMETIMES_STANDING_STILL
            yield _with_absence(report, luck, can_be_zero=can_be_zero, is_newest=index == YEARS - 1)
        elif extra > 0.93:  # a few operators report of their own accord what they need not
            yield report
        elif reported_before and extra < 0.45:  # the operator says so; most say nothing
            yield without(report, "below_threshold")
        reported_before = (report.quantity_kg or Decimal(0)) > threshold


def _with_accident(report: Report, threshold: Decimal, times: float) -> Report:
    accident = rounded(float(max(report.quantity_kg or Decimal(0), threshold)) * times)
    return replace(report, quantity_kg=(report.quantity_kg or Decimal(0)) + accident, accidental_kg=accident)


def _with_absence(report: Report, luck: float, *, can_be_zero: bool, is_newest: bool) -> Report:
    """Return the report, or one time in a hundred an absence in its place."""
    if luck > 0.985 and can_be_zero:
        return replace(report, presence="zero", quantity_kg=Decimal(0), accidental_kg=Decimal(0))
    if luck > 0.995:
        return without(report, "not_monitored")
    if luck > 0.987 and is_newest:
        return without(report, "not_reported")
    return report


def without(report: Report, presence: str) -> Report:
    """Return the report with one of the absences in the place of its quantity."""
    return replace(report, presence=presence, quantity_kg=None, accidental_kg=None, method="")


def first_publication(reports: Iterable[Report], *, last_year: int, seed: int) -> list[Report]:
    """Return what was published a year before: without the newest year, and before errors had been mended.

    Of a hundred entries of the three years before, about four were revised since; of two hundred of all years one was
    dropped, and one added.
    """
    earlier: list[Report] = []
    for report in reports:
        if report.year == last_year:
            continue
        chance = _chance(seed, "revision", *map(str, report.key[:3]), str(last_year - report.year))
        luck = chance.random()
        if luck < 0.005:
            continue
        if report.quantity_kg and 0.005 < luck < 0.045 and last_year - report.year < 4:
            earlier.append(replace(report, quantity_kg=rounded(float(report.quantity_kg) * chance.uniform(0.55, 1.6))))
            continue
        earlier.append(report)
    return earlier


def drop_mistakes(reports: Iterable[Report], *, last_year: int, seed: int) -> list[Report]:
    """Return the reports without those that their operators took back after the first publication."""
    return [
        report
        for report in reports
        if report.year == last_year
        or _chance(seed, "mistake", *map(str, report.key[:3]), str(last_year - report.year)).random() > 0.005
    ]


def _chance(seed: int, *names: str) -> random.Random:
    return random.Random("/".join((str(seed), *names)))  # noqa: S311 -- repeatable by intent
