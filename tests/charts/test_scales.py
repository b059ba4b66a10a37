from decimal import Decimal

import pytest
from django.utils.translation import override

from charts.enums import Medium, State
from charts.scales import rounded, shares_one_scale, unit_for, units_of
from tests.charts.factories import a_series, a_spec

NO_BREAK = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("kilograms", "unit"),
    [
        ("0", "kg"),
        ("0.0000005", "mg"),
        ("0.0009", "mg"),
        ("0.001", "g"),
        ("0.999", "g"),
        ("1", "kg"),
        ("999999", "kg"),
        ("1000000", "t"),
        ("999999999", "t"),
        ("1000000000", "Mt"),
    ],
)
def test_a_unit_suits_the_largest_quantity(kilograms: str, unit: str) -> None:
    assert unit_for(Decimal(kilograms)).code == unit


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("0", "0"),
        ("1234.56", "1235"),
        ("12.345", "12.3"),
        ("1.2345", "1.23"),
        ("0.012345", "0.0123"),
        ("99.95", "100.0"),
    ],
)
def test_three_digits_are_kept_and_whole_units_never_rounded_away(amount: str, shown: str) -> None:
    assert str(rounded(Decimal(amount))) == shown


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "5,030 tonnes"), ("fr", "5\u202f030 tonnes"), ("ru", "5\xa0030 тонн")],
)
def test_a_quantity_is_written_as_its_language_does(language: str, words: str) -> None:
    with override(language):
        written = unit_for(Decimal(5_030_000)).in_words(Decimal(5_030_000))
    assert written.replace(NO_BREAK, " ") == words.replace(NO_BREAK, " ")


def test_one_scale_while_the_smaller_still_shows() -> None:
    assert shares_one_scale(a_spec(a_series(Medium.AIR, "10"), a_series(Medium.WATER, "1")))
    assert not shares_one_scale(a_spec(a_series(Medium.AIR, "10.1"), a_series(Medium.WATER, "1")))
    assert shares_one_scale(a_spec(a_series(Medium.AIR, "10"), a_series(Medium.WATER, State.NOT_REPORTED)))


def test_a_shared_scale_has_one_unit_and_own_scales_their_own() -> None:
    shared = a_spec(a_series(Medium.AIR, "2000000"), a_series(Medium.WATER, "900000"))
    apart = a_spec(a_series(Medium.AIR, "2000000"), a_series(Medium.WATER, "9"))
    assert [unit.code for unit in units_of(shared)] == ["t", "t"]
    assert [unit.code for unit in units_of(apart)] == ["t", "kg"]
