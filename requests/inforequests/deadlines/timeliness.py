"""Where a clock stands at an instant: one table, read both by the label of one clock and by the filter of a list.

Each state is a list of alternatives, and each alternative a list of comparisons that must all hold. Because the label
and the filter read the same comparisons, no request can be in neither of two lists, or in both.
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Protocol

from django.db.models import F, Q

from inforequests.deadlines.days import local_date
from inforequests.enums import Timeliness


class Clock(Protocol):
    """A time limit that runs, was met by an answer, or lapsed because nobody asks any more; all are dates."""

    last_day: date
    met_on: date | None
    lapsed_on: date | None


@dataclass(frozen=True)
class _Comparison:
    """One side compared with another; `today` is the authority's date of the instant."""

    left: str
    lookup: str
    right: str

    def holds(self, clock: Clock, today: date) -> bool:
        """Return whether it is true of a clock."""
        left = getattr(clock, self.left)
        return left is not None and _OPERATORS[self.lookup](left, self._right(clock, today))

    def as_filter(self, prefix: str, today: date) -> Q:
        """Return the same for the database."""
        right = today if self.right == _TODAY else F(prefix + self.right)
        return Q(**{f"{prefix}{self.left}__{self.lookup}": right})

    def _right(self, clock: Clock, today: date) -> Any:
        return today if self.right == _TODAY else getattr(clock, self.right)


@dataclass(frozen=True)
class _Missing:
    """A date that there is none of."""

    name: str

    def holds(self, clock: Clock, today: date) -> bool:
        """Return whether it is true of a clock."""
        return getattr(clock, self.name) is None

    def as_filter(self, prefix: str, today: date) -> Q:
        """Return the same for the database."""
        return Q(**{f"{prefix}{self.name}__isnull": True})


_TODAY: Final = "today"
_OPERATORS: Final[Mapping[str, Callable[[date, date], bool]]] = {
    "gt": operator.gt,
    "lte": operator.le,
    "lt": operator.lt,
    "exact": operator.eq,
}
_NOT_MET: Final = _Missing("met_on")
_RUNNING: Final = (_NOT_MET, _Missing("lapsed_on"))

_TABLE: Final[Mapping[Timeliness, tuple[tuple[_Comparison | _Missing, ...], ...]]] = {
    Timeliness.IN_TIME: (
        (*_RUNNING, _Comparison("last_day", "gt", _TODAY)),
        (_Comparison("met_on", "lte", "last_day"),),
        (_NOT_MET, _Comparison("lapsed_on", "lte", "last_day")),
    ),
    Timeliness.DUE_TODAY: ((*_RUNNING, _Comparison("last_day", "exact", _TODAY)),),
    Timeliness.IGNORED: (
        (*_RUNNING, _Comparison("last_day", "lt", _TODAY)),
        (_NOT_MET, _Comparison("lapsed_on", "gt", "last_day")),
    ),
    Timeliness.ANSWERED_LATE: ((_Comparison("met_on", "gt", "last_day"),),),
}


def timeliness(clock: Clock, now: datetime) -> Timeliness:
    """Return where a clock stands at an instant; the last day belongs to the authority until its last instant."""
    today = local_date(now)
    return next(
        state
        for state, alternatives in _TABLE.items()
        if any(all(part.holds(clock, today) for part in alternative) for alternative in alternatives)
    )


def in_timeliness(state: Timeliness, now: datetime, *, prefix: str = "") -> Q:
    """Return the condition under which clocks stand at a state; `prefix` leads from the filtered model to the clock."""
    today = local_date(now)
    condition = Q()
    for alternative in _TABLE[state]:
        every = Q()
        for part in alternative:
            every &= part.as_filter(prefix, today)
        condition |= every
    return condition
