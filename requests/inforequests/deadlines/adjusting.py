"""What a national rule may add to a time limit: an extension, or the days for which it stood still.

The Protocol knows neither. `due` takes them only where the rule allows and cites them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Extension:
    """So many units more, in the rule's own unit, always counted from the anchor."""

    amount: int
    notified_on: date


@dataclass(frozen=True)
class Stop:
    """The clock stands still from this day on; the day counts as stopped."""

    day: date


@dataclass(frozen=True)
class Restart:
    """The clock runs again from this day on; the day counts as running."""

    day: date


Adjustment = Extension | Stop | Restart


def paused_days(adjustments: Iterable[Adjustment]) -> int:
    """Return for how many calendar days the clock stood still.

    A repeated stop replaces the one before; a restart of a running clock changes nothing; a stop that lasts counts 0,
    so that a case that was stopped and forgotten is overdue and not hidden.
    """
    stopped_on: date | None = None
    total = 0
    for event in sorted(_stops_and_restarts(adjustments), key=lambda event: event.day):
        if isinstance(event, Stop):
            stopped_on = event.day
        elif stopped_on is not None:
            total += (event.day - stopped_on).days
            stopped_on = None
    return total


def _stops_and_restarts(adjustments: Iterable[Adjustment]) -> list[Stop | Restart]:
    return [event for event in adjustments if isinstance(event, Stop | Restart)]
