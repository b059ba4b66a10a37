"""What a chart may hold: kinds, media, and the state of each value."""

from enum import StrEnum
from typing import Final


class ChartKind(StrEnum):
    """What kind of drawing a specification asks for."""

    YEARS_BY_MEDIUM = "years_by_medium"


class Medium(StrEnum):
    """Where the pollutant goes; each has one colour and one hatch across the whole site."""

    AIR = "air"
    WATER = "water"
    LAND = "land"
    OFFSITE_TRANSFER = "offsite_transfer"


class State(StrEnum):
    """Whether a point has a value and, if it has none, which of five different absences this is.

    The values are those of the register's `Presence`, which lies above this package.
    """

    REPORTED = "reported"
    ZERO = "zero"
    BELOW_THRESHOLD = "below_threshold"
    NOT_REPORTED = "not_reported"
    CONFIDENTIAL = "confidential"
    NOT_MONITORED = "not_monitored"


class Direction(StrEnum):
    """How a later value stands to an earlier one."""

    ROSE = "rose"
    ABOUT_SAME = "about_same"
    FELL = "fell"
    NOT_COMPARABLE = "not_comparable"


class Layout(StrEnum):
    """For which width a drawing is made: text stays readable on a telephone and is not blown up on a desk."""

    NARROW = "narrow"
    WIDE = "wide"


WITH_VALUE: Final = frozenset({State.REPORTED, State.ZERO})
ABSENCES: Final = (
    State.ZERO,
    State.BELOW_THRESHOLD,
    State.NOT_REPORTED,
    State.CONFIDENTIAL,
    State.NOT_MONITORED,
)
