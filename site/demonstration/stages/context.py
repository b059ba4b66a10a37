"""What every stage is told: when now is, the seed, the people who act, and how to say how far it has come."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from accounts.roles import Role
from demonstration.models import Build
from demonstration.party import RegisterSpan

FIRST_EDITION = timedelta(days=400)  # before now
NEWEST_EDITION = timedelta(days=35)
_MONTHS_TO_PUBLISH = timedelta(days=274)
_YEARS = 10
_RULE_CHANGE = 5
_SATURDAY = 5


@dataclass(frozen=True)
class Building:
    """One run of the builder; `at` is the instant from which all dates are counted."""

    build: Build
    at: datetime
    seed: int
    quick: bool
    people: Mapping[Role, Any]
    say: Callable[[str], None]

    def moment(self, days: int, hour: int = 9, minute: int = 0) -> datetime:
        """Return an hour of the working day so many days from now, in the authority's zone."""
        return self._instant(self.day(days), hour, minute)

    def any_moment(self, days: int, hour: int, minute: int) -> datetime:
        """Return an hour of the day so many days from now, in the authority's zone; people write on Sundays too."""
        return self._instant(self.today + timedelta(days=days), hour, minute)

    @property
    def today(self) -> date:
        """The day from which all dates are counted, in the authority's zone."""
        return timezone.localdate(self.at)

    def day(self, days: int) -> date:
        """Return the working day so many days from now: before a weekend in the past, after it in the future."""
        day = self.today + timedelta(days=days)
        step = timedelta(days=1 if days > 0 else -1)
        while day.weekday() >= _SATURDAY:
            day += step
        return day

    @staticmethod
    def _instant(day: date, hour: int, minute: int) -> datetime:
        return datetime.combine(day, time(hour, minute), tzinfo=timezone.get_default_timezone())


def register_span(at: datetime) -> RegisterSpan:
    """Return the reporting years that a register has published by an instant: nine months after each year's end."""
    last_year = (timezone.localdate(at) - NEWEST_EDITION - _MONTHS_TO_PUBLISH).year - 1
    first_year = last_year - _YEARS + 1
    return RegisterSpan(first_year=first_year, last_year=last_year, rule_change_year=first_year + _RULE_CHANGE)
