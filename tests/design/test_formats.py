"""Quantities, numbers and dates are written as each language writes them, and never rounded."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from design import formats

NB = "\N{NO-BREAK SPACE}"
THIN = "\N{NARROW NO-BREAK SPACE}"

pytestmark = pytest.mark.any_database


@pytest.fixture(autouse=True)
def _in_brussels(settings: Settings) -> None:
    settings.TIME_ZONE = "Europe/Brussels"


@pytest.mark.parametrize(
    ("language", "kilograms", "written"),
    [
        ("en", "1234.5", f"1,234.5{NB}kg"),
        ("fr", "1234.5", f"1{THIN}234,5{THIN}kg"),
        ("ru", "1234.5", f"1{NB}234,5{NB}кг"),
        ("en", "625000000", f"625,000{NB}tonnes"),
        ("en", "999999.999", f"999,999.999{NB}kg"),
        ("en", "1000000", f"1,000{NB}tonnes"),
        ("ru", "1000000", f"1{NB}000{NB}тонн"),
        ("ru", "2002000", f"2{NB}002{NB}тонны"),
        ("fr", "1500000", f"1{THIN}500{NB}tonnes"),
        ("en", "1", f"1{NB}kg"),
        ("en", "0.5", f"500{NB}g"),
        ("en", "0.000085", f"85{NB}mg"),
        ("en", "0.000000001", f"0.001{NB}mg"),
        ("en", "0", f"0{NB}kg"),
        ("en", "0.000000000", f"0{NB}kg"),
        ("en", "12.340000000", f"12.34{NB}kg"),
    ],
)
def test_a_quantity_is_written_in_the_unit_that_reads_best(language: str, kilograms: str, written: str) -> None:
    with translation.override(language):
        assert formats.format_quantity_kg(Decimal(kilograms)) == written


def test_a_column_keeps_its_unit() -> None:
    column = [formats.format_quantity_kg(Decimal(value), unit="kg") for value in ("0.5", "12", "3000000")]
    assert column == [f"0.5{NB}kg", f"12{NB}kg", f"3,000,000{NB}kg"]


def test_a_missing_quantity_is_a_dash_and_not_a_zero() -> None:
    assert formats.format_quantity_kg(None) == "–"
    assert formats.format_number(None) == "–"


@given(st.decimals(min_value=0, max_value=10**12, places=9))
def test_no_digit_of_a_reported_value_is_lost(kilograms: Decimal) -> None:
    with translation.override("en"):
        number, _space, unit = formats.format_quantity_kg(kilograms).partition(NB)
    factors = {"tonnes": "1000", "tonne": "1000", "kg": "1", "g": "0.001", "mg": "0.000001"}
    assert Decimal(number.replace(",", "")) * Decimal(factors[unit]) == kilograms


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "Monday 3 March 2025"), ("fr", "lundi 3 mars 2025"), ("ru", "понедельник, 3 марта 2025 года")],
)
def test_a_day_has_its_weekday(language: str, written: str) -> None:
    with translation.override(language):
        assert formats.format_date_long(date(2025, 3, 3)) == written


def test_an_instant_is_written_in_the_zone_of_the_authority() -> None:
    winter = datetime(2025, 3, 3, 16, 0, tzinfo=UTC)
    summer = datetime(2025, 7, 3, 22, 30, tzinfo=UTC)
    assert formats.format_instant(winter) == f"Monday 3 March 2025, 17:00{NB}CET"
    assert formats.format_instant(summer) == f"Friday 4 July 2025, 00:30{NB}CEST"


def test_a_zone_without_letters_says_what_its_number_means(settings: Settings) -> None:
    settings.TIME_ZONE = "Asia/Almaty"
    assert formats.format_instant(datetime(2025, 3, 3, 12, 0, tzinfo=UTC)) == f"Monday 3 March 2025, 17:00{NB}UTC+05"


def test_days_are_counted_by_the_calendar_of_the_authority() -> None:
    deadline = datetime(2025, 3, 10, 16, 0, tzinfo=UTC)
    assert formats.days_left(deadline, datetime(2025, 3, 9, 22, 59, tzinfo=UTC)) == 1
    assert formats.days_left(deadline, datetime(2025, 3, 9, 23, 0, tzinfo=UTC)) == 0  # midnight in Brussels


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        (date(2025, 3, 15), "12 days left"),
        (date(2025, 3, 4), "1 day left"),
        (date(2025, 3, 3), "last day: ends today"),
        (datetime(2025, 3, 3, 18, tzinfo=UTC), "last day: ends today"),
        (datetime(2025, 3, 3, 11, tzinfo=UTC), "ended today"),
        (date(2025, 3, 2), "ended 1 day ago"),
        (date(2025, 2, 28), "ended 3 days ago"),
    ],
)
def test_a_deadline_says_how_far_it_is(deadline: date, words: str) -> None:
    assert formats.describe_days_left(deadline, datetime(2025, 3, 3, 12, tzinfo=UTC)) == words


@given(
    st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)),
    st.integers(min_value=-400, max_value=400),
)
def test_a_date_is_over_when_its_day_is_over_and_not_before(moment: datetime, days: int) -> None:
    deadline = formats.date_of(moment) + timedelta(days=days)
    assert formats.is_past(deadline, moment) == (days < 0)
    assert formats.days_left(deadline, moment) == days


def test_what_is_late_says_by_how_much() -> None:
    assert formats.describe_overdue(date(2025, 3, 1), datetime(2025, 3, 3, 12, tzinfo=UTC)) == "2 days overdue"
