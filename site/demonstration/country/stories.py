"""What a register has to show at least once, whatever chance does: an accident, and every kind of absence."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from demonstration.country.facilities import PlannedFacility
from demonstration.country.reports import Report, rounded, without
from register.enums import Medium, Presence

ACCIDENT_ACTIVITY: Final = "2(e)(i)"  # a copper works, whose basin for waste water broke
ACCIDENT_YEARS_AGO: Final = 3
_ESCAPED: Final = ("NIANDCOMPOUNDS", "ZNANDCOMPOUNDS", "CUANDCOMPOUNDS", "ASANDCOMPOUNDS")  # the first that is reported
_ACCIDENT_TIMES: Final = 40

CONFIDENTIAL_ACTIVITY: Final = "4(a)(viii)"
_TELLING: Final = ("DCE-1,2", "VINYLCHLORIDE", "NMVOC")  # amounts from which one could work out a recipe
CONFIDENTIAL_YEARS: Final = 3

_ABSENCES: Final = {"zero": "1(c)", "below_threshold": "5(f)", "not_reported": "7(a)(ii)", "not_monitored": "5(d)"}


def tell_stories(reports: Sequence[Report], facilities: Iterable[PlannedFacility], *, last_year: int) -> list[Report]:
    """Return the reports with one great accident, withheld quantities, and in the newest year each kind of absence."""
    activities = {facility.public_id: facility.activity for facility in facilities}
    told = _with_confidential(reports, activities, last_year)
    told = _with_accident(told, activities, last_year - ACCIDENT_YEARS_AGO)
    for presence, activity in _ABSENCES.items():
        told = _with_absence(told, activities, activity, presence, last_year)
    return told


def _with_accident(reports: list[Report], activities: dict[str, str], year: int) -> list[Report]:
    """Return the reports with one great accident: at the first facility of the activity, into the water."""
    works = next((one.facility for one in reports if activities[one.facility] == ACCIDENT_ACTIVITY), "")
    for pollutant in _ESCAPED:
        for place, report in enumerate(reports):
            if report.key == (works, pollutant, Medium.WATER, year) and report.quantity_kg:
                accident = rounded(float(report.quantity_kg) * _ACCIDENT_TIMES)
                reports[place] = replace(report, quantity_kg=report.quantity_kg + accident, accidental_kg=accident)
                return reports
    return reports


def _with_confidential(reports: Iterable[Report], activities: dict[str, str], last_year: int) -> list[Report]:
    """Return the reports with one pollutant of one facility withheld in the last years."""
    told = list(reports)
    candidates = [
        report
        for report in told
        if activities[report.facility] == CONFIDENTIAL_ACTIVITY
        and report.pollutant in _TELLING
        and report.year == last_year
    ]
    candidates.sort(key=lambda report: _TELLING.index(report.pollutant))
    chosen = candidates[0].key[:3] if candidates else None
    return [
        without(report, "confidential")
        if report.key[:3] == chosen and report.year > last_year - CONFIDENTIAL_YEARS
        else report
        for report in told
    ]


def _with_absence(
    reports: list[Report], activities: dict[str, str], activity: str, presence: str, year: int
) -> list[Report]:
    """Return the reports with one of these absences in a year, if there is none yet."""
    if any(report.presence == presence and report.year == year for report in reports):
        return reports
    for place in range(len(reports) - 1, -1, -1):
        report = reports[place]
        if report.year == year and report.presence == Presence.REPORTED and activities[report.facility] == activity:
            absent = without(report, presence)
            zero = replace(absent, quantity_kg=Decimal(0), accidental_kg=Decimal(0))
            reports[place] = zero if presence == Presence.ZERO else absent
            break
    return reports
