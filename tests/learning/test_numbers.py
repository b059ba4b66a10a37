"""Numbers as people write them: read where there is one reading, asked back where there are two."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from design.formats import format_number
from learning.enums import MeasuredIn
from learning.numbers import NumberProblem, read_quantity

KG = MeasuredIn.KILOGRAM
pytestmark = pytest.mark.any_database


@pytest.mark.parametrize(
    ("typed", "language", "kilograms"),
    [
        ("1.234,5 kg", "fr", "1234.5"),
        ("1.234,5 kg", "en", "1234.5"),
        ("1 234,5", "fr", "1234.5"),
        ("1\u00a0234,5\u202fkg", "fr", "1234.5"),
        ("1,234.5kg", "en", "1234.5"),
        ("1,234", "en", "1234"),
        ("1,234", "fr", "1.234"),
        ("1,234", "ru", "1.234"),
        ("1.5", "fr", "1.5"),
        ("1,5", "en", "1.5"),
        ("0.234", "fr", "0.234"),
        (",5", "fr", "0.5"),
        ("1.234.567", "fr", "1234567"),
        ("1 234 567,89", "ru", "1234567.89"),
        ("0,5 t", "fr", "500"),
        ("0.5 tonnes", "en", "500"),
        ("250 g", "en", "0.25"),
        ("12 кг", "ru", "12"),
        ("3 тонны", "ru", "3000"),
        ("500 mg", "en", "0.0005"),
        ("1'000", "en", "1000"),
        ("+7", "en", "7"),
        ("7 KG.", "en", "7"),
        ("7.", "fr", "7"),
    ],
)
def test_a_number_is_read_as_it_was_meant(typed: str, language: str, kilograms: str) -> None:
    assert read_quantity(typed, language, KG).value == Decimal(kilograms)


@pytest.mark.parametrize(
    ("typed", "language", "said"),
    [
        ("", "en", "Write a number."),
        ("   ", "en", "Write a number."),
        ("1.234", "fr", "two ways"),
        ("12.345 kg", "ru", "two ways"),
        ("a lot", "en", "not a number we can read"),
        ("1e3", "en", "not a number we can read"),
        ("12 pounds", "en", "“pounds”"),
        ("-5", "en", "negative"),
        ("1,2,3", "en", "do not fit together"),
        ("1.2.3,4", "fr", "do not fit together"),
        ("9" * 61, "en", "number alone"),
        ("12 kg and more", "en", "unit"),
        ("9" * 59, "en", "larger than any"),
    ],
)
def test_what_cannot_be_read_is_answered_with_a_sentence(typed: str, language: str, said: str) -> None:
    with pytest.raises(NumberProblem, match=said):
        read_quantity(typed, language, KG)


def test_a_bare_number_is_asked_for_without_a_unit() -> None:
    assert read_quantity("2024", "fr", MeasuredIn.NOTHING).value == 2024
    with pytest.raises(NumberProblem, match="without “kg”"):
        read_quantity("2024 kg", "fr", MeasuredIn.NOTHING)


def test_a_number_is_turned_into_the_unit_asked_for() -> None:
    assert read_quantity("1,5 t", "fr", MeasuredIn.GRAM).value == Decimal(1_500_000)
    assert read_quantity("1500", "fr", MeasuredIn.GRAM).value == 1500


numbers = st.decimals(min_value=0, max_value=Decimal(10) ** 9, places=4, allow_nan=False, allow_infinity=False)


@given(value=numbers, language=st.sampled_from(["en", "fr", "ru"]))
def test_every_number_that_a_page_shows_can_be_typed_back(value: Decimal, language: str) -> None:
    with translation.override(language):
        shown = format_number(value)
    assert read_quantity(shown, language, KG).value == value


@given(text=st.text(max_size=80), language=st.sampled_from(["en", "fr", "ru"]), unit=st.sampled_from(MeasuredIn))
def test_whatever_is_typed_is_read_or_answered_with_a_sentence(text: str, language: str, unit: MeasuredIn) -> None:
    try:
        read = read_quantity(text, language, unit)
    except NumberProblem as problem:
        said = str(problem)
    else:
        said = format_number(read.value)
        assert read.value >= 0
    assert said


@given(value=numbers)
def test_a_comma_and_a_point_mean_the_same_where_only_one_reading_is_left(value: Decimal) -> None:
    text = f"{value:.4f}"
    assert read_quantity(text, "fr", KG).value == read_quantity(text.replace(".", ","), "en", KG).value == value
