"""Makes descriptions of charts for tests."""

from decimal import Decimal
from typing import Any

from charts.enums import ChartKind, Medium, State
from charts.spec import ChartSpec, Point, Series


def a_point(year: int, quantity: str | State, **more: Any) -> Point:
    """One year: a quantity in kilograms as text, or the absence there is in its place."""
    if isinstance(quantity, State):
        return Point(year=year, state=quantity, quantity_kg=Decimal(0) if quantity is State.ZERO else None, **more)
    return Point(year=year, state=State.REPORTED, quantity_kg=Decimal(quantity), **more)


def a_series(medium: Medium, *quantities: str | State, first_year: int = 2019) -> Series:
    """The years of a medium from `first_year` on."""
    return Series(medium, tuple(a_point(first_year + index, held) for index, held in enumerate(quantities)))


def a_spec(*series: Series, **more: Any) -> ChartSpec:
    """A chart in English, of mercury to water where no series are given."""
    facts: dict[str, Any] = {
        "kind": ChartKind.YEARS_BY_MEDIUM,
        "title": "Releases: Mercury and compounds",
        "language": "en",
        "data_version": "2026-11-20-4",
        "source": "Register office",
        **more,
    }
    return ChartSpec(series=series or (a_series(Medium.WATER, "12", "8", "6"),), **facts)
