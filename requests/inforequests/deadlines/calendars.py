"""Which days are working days; a calendar knows the years it covers and says nothing about any other."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from inforequests.deadlines.errors import YearNotCoveredError

SATURDAY_AND_SUNDAY: Final = frozenset({5, 6})
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """Holidays and weekends of the years it covers. A year with no holidays is covered; a year it lacks raises."""

    version: str
    years_covered: frozenset[int]
    holidays: frozenset[date] = frozenset()
    weekend: frozenset[int] = SATURDAY_AND_SUNDAY  # as `date.weekday()` counts: Monday is 0

    def is_working_day(self, day: date) -> bool:
        """Return whether people work on a day; raises YearNotCoveredError for a year that the calendar lacks."""
        if day.year not in self.years_covered:
            raise YearNotCoveredError(
                _("The calendar %(version)s holds no holidays of %(year)s: no last day can be promised in that year.")
                % {"version": self.version, "year": day.year}
            )
        return day.weekday() not in self.weekend and day not in self.holidays

    def next_working_day(self, day: date) -> date:
        """Return the day itself where people work on it, else the first day after it on which they do."""
        while not self.is_working_day(day):
            day += _DAY
        return day

    def working_days_after(self, day: date) -> Iterator[date]:
        """Yield the working days after a day, without end."""
        while True:
            day += _DAY
            if self.is_working_day(day):
                yield day

    def working_days_between(self, start: date, end: date) -> int:
        """Return how many working days come after `start` until `end`, with `end`; 0 where it is not later."""
        return sum(self.is_working_day(start + _DAY * step) for step in range(1, (end - start).days + 1))


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap_centuries, left = divmod(century, 4)
    moon = (19 * golden + century - leap_centuries - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * left + 2 * (rest // 4) - moon - rest % 4) % 7
    correction = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """Return the first, second … such weekday of a month (Monday is 0), as many holidays are set by law."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
