import subprocess
import sys
from dataclasses import replace
from decimal import Decimal

import pytest

from charts.enums import ChartKind, Medium, State
from charts.spec import ChartSpec, Point
from tests.charts.factories import a_point, a_series, a_spec


def test_equal_descriptions_have_one_address() -> None:
    assert a_spec().address == a_spec().address


def test_one_quantity_written_two_ways_is_one_address() -> None:
    one = a_spec(a_series(Medium.AIR, "1", "2"))
    other = a_spec(a_series(Medium.AIR, "1.000", "2E+0"))
    assert one.address == other.address


@pytest.mark.parametrize(
    "change",
    [
        {"language": "fr"},
        {"title": "Releases: Lead"},
        {"data_version": "2026-11-21-5"},
        {"source": "Another office"},
        {"caveats": ("method_mix",)},
        {"series": (a_series(Medium.WATER, "12", "8", "6.1"),)},
        {"series": (a_series(Medium.LAND, "12", "8", "6"),)},
        {"series": (a_series(Medium.WATER, "12", State.NOT_REPORTED, "6"),)},
    ],
)
def test_another_value_word_or_language_has_another_address(change: dict[str, object]) -> None:
    assert replace(a_spec(), **change).address != a_spec().address


def test_the_address_is_the_same_in_a_new_process() -> None:
    code = "import sys; sys.path[:0] = ['.']\nfrom tests.charts.factories import a_spec\nprint(a_spec().address)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == a_spec().address


@pytest.mark.parametrize("state", [State.BELOW_THRESHOLD, State.NOT_REPORTED, State.CONFIDENTIAL, State.NOT_MONITORED])
def test_an_absence_never_has_a_quantity(state: State) -> None:
    with pytest.raises(ValueError, match="cannot have a quantity"):
        Point(2020, state, Decimal(0))


def test_a_reported_point_has_a_quantity_above_zero() -> None:
    with pytest.raises(ValueError, match="must have a quantity"):
        Point(2020, State.REPORTED)
    with pytest.raises(ValueError, match="does not fit"):
        Point(2020, State.REPORTED, Decimal(0))
    with pytest.raises(ValueError, match="does not fit"):
        Point(2020, State.REPORTED, Decimal(-1))


def test_zero_is_zero() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        Point(2020, State.ZERO, Decimal(1))


def test_years_follow_one_another() -> None:
    series = a_series(Medium.AIR, "1", "2")
    with pytest.raises(ValueError, match="without a gap"):
        replace(series, points=(a_point(2019, "1"), a_point(2021, "2")))


def test_a_chart_has_series_each_medium_once_and_one_span_of_years() -> None:
    with pytest.raises(ValueError, match="at least one series"):
        ChartSpec(ChartKind.YEARS_BY_MEDIUM, "t", (), "en", "v", "s")
    with pytest.raises(ValueError, match="one series in a chart"):
        a_spec(a_series(Medium.AIR, "1"), a_series(Medium.AIR, "2"))
    with pytest.raises(ValueError, match="same years"):
        a_spec(a_series(Medium.AIR, "1"), a_series(Medium.WATER, "2", first_year=2020))
