"""What a chart is before it is drawn: a pure, frozen description whose hash is its address."""

import hashlib
import json
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Final, Self

from charts.enums import WITH_VALUE, ChartKind, Medium, State

# Raised whenever the same description would be drawn or worded differently, so that no cache keeps an old drawing.
DRAWING_VERSION: Final = 3
ADDRESS_LENGTH: Final = 24  # hexadecimal characters: 96 bits, far from any collision


@dataclass(frozen=True)
class Point:
    """One year of one medium: a quantity in kilograms, or the reason why there is none.

    `withheld` counts values kept confidential beside the quantity: it is then only part of the total.
    """

    year: int
    state: State
    quantity_kg: Decimal | None = None
    withheld: int = 0
    methods: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        has_value = self.quantity_kg is not None
        if has_value != (self.state in WITH_VALUE):
            raise ValueError(f"A point that is {self.state} {'must' if not has_value else 'cannot'} have a quantity.")
        if self.quantity_kg is not None and (
            self.quantity_kg < 0 or (self.quantity_kg == 0) != (self.state is State.ZERO)
        ):
            raise ValueError(f"The quantity {self.quantity_kg} does not fit a point that is {self.state}.")

    @classmethod
    def absent(cls, year: int, state: State, *, withheld: int = 0) -> Self:
        """Return a year without a quantity."""
        return cls(year=year, state=state, withheld=withheld)

    @property
    def is_complete(self) -> bool:
        """Return whether the quantity is the whole of what was reported."""
        return self.quantity_kg is not None and not self.withheld


@dataclass(frozen=True)
class Series:
    """The years of one medium, in order and without a gap.

    `breaks` are the years from which another reporting rule holds: values across one are never compared.
    """

    medium: Medium
    points: tuple[Point, ...]
    breaks: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        years = [point.year for point in self.points]
        if not years or years != list(range(years[0], years[-1] + 1)):
            raise ValueError(f"The years of a series must follow one another without a gap; these do not: {years}.")

    @property
    def with_value(self) -> tuple[Point, ...]:
        """Return the points that have a quantity."""
        return tuple(point for point in self.points if point.quantity_kg is not None)

    def breaks_between(self, first: Point, last: Point) -> tuple[int, ...]:
        """Return the years in which the rule changed after one point and up to another."""
        return tuple(year for year in self.breaks if first.year < year <= last.year)

    @property
    def highest_kg(self) -> Decimal:
        """Return the largest quantity, zero where there is none."""
        return max((point.quantity_kg or Decimal(0) for point in self.points), default=Decimal(0))


@dataclass(frozen=True)
class ChartSpec:
    """Everything a chart says: equal descriptions give equal drawings, words, tables and files, byte for byte.

    `title` and `source` are in `language`; `data_version` names the state of the register the values were read from.
    """

    kind: ChartKind
    title: str
    series: tuple[Series, ...]
    language: str
    data_version: str
    source: str
    caveats: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.series:
            raise ValueError("A chart needs at least one series.")
        if len({tuple(point.year for point in series.points) for series in self.series}) > 1:
            raise ValueError("All series of a chart must cover the same years.")
        if len({series.medium for series in self.series}) != len(self.series):
            raise ValueError("A medium has one series in a chart.")

    @property
    def years(self) -> tuple[int, ...]:
        """Return the years on the horizontal axis."""
        return tuple(point.year for point in self.series[0].points)

    @property
    def address(self) -> str:
        """Return the hash of everything the chart says: another value, word or language has another address."""
        plain = json.dumps([DRAWING_VERSION, asdict(self)], sort_keys=True, ensure_ascii=False, default=_plain)
        return hashlib.sha256(plain.encode()).hexdigest()[:ADDRESS_LENGTH]


def _plain(value: Any) -> str:
    """Return a Decimal as text that does not depend on how it was written ("1.0" and "1" are the same quantity)."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    raise TypeError(f"A chart cannot hold {value!r}.")
