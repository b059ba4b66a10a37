"""Quantities as registers write them become kilograms, exactly, or are refused in a sentence."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.domain.quantities import KILOGRAMS_PER, LARGEST_PLAUSIBLE_KG, SMALLEST_KG, kilograms
from register.importing.errors import RowRejected
from register.importing.numbers import NumberFormat

FORMATS = [
    NumberFormat(decimal, thousands)
    for decimal in (".", ",")
    for thousands in ("", ".", ",", " ", "'")
    if decimal != thousands
]
formats = st.sampled_from(FORMATS)
# What the register keeps unchanged: up to 15 digits, to the microgram.
kept = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places),
    st.integers(min_value=0, max_value=10**15 - 1),
    st.integers(min_value=0, max_value=9),
).filter(lambda number: number <= LARGEST_PLAUSIBLE_KG)


@given(kept, formats)
def test_a_number_written_in_any_format_is_read_back(number, numbers):
    assert numbers.read(numbers.write(number)) == number


@given(kept, formats)
def test_kilograms_in_any_format_are_kept_exactly(number, numbers):
    assert numbers.kilograms(numbers.write(number), "kg") == number


@given(st.integers(min_value=0, max_value=10**9), st.sampled_from(sorted(KILOGRAMS_PER)))
def test_units_are_converted_exactly_as_far_as_the_register_keeps_digits(amount, unit):
    exact = Decimal(amount) * KILOGRAMS_PER[unit]
    if exact > LARGEST_PLAUSIBLE_KG or 0 < exact < SMALLEST_KG:
        return
    assert abs(kilograms(Decimal(amount), unit) - exact) <= max(exact.scaleb(-14), SMALLEST_KG) / 2


@given(kept)
def test_what_is_kept_once_is_kept_again_unchanged(number):
    assert kilograms(kilograms(number)) == kilograms(number)


@given(st.text(max_size=80), formats)
def test_any_text_at_all_is_read_or_refused_in_a_sentence(text, numbers):
    try:
        quantity = numbers.kilograms(text.strip(), "kg")
    except RowRejected as problem:
        sentence, quantity = str(problem), Decimal(0)
    else:
        sentence = "It is read."
    assert sentence.endswith((".", "?"))
    assert 0 <= quantity <= LARGEST_PLAUSIBLE_KG


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("1234.5", "kg", "1234.5"),
        ("+5", "kg", "5"),
        (".5", "kg", "0.5"),
        ("5.", "kg", "5"),
        ("1.13E10", "kg", "11300000000"),
        ("138000.0", "t", "138000000"),
        ("0.012", "t", "12"),
        ("1000", "lb", "453.59237"),
        ("250", "g", "0.25"),
        ("3", "mg", "0.000003"),
        ("123456789", "lb", "55999057.5150999"),
    ],
)
def test_amounts_and_units(text, unit, expected):
    assert NumberFormat().kilograms(text, unit) == Decimal(expected)


@pytest.mark.parametrize(
    ("numbers", "text", "expected"),
    [
        (NumberFormat(",", "."), "1.234.567,89", "1234567.89"),
        (NumberFormat(",", " "), "1 234,5", "1234.5"),
        (NumberFormat(",", " "), "1\u202f234\u00a0567", "1234567"),
        (NumberFormat(".", "'"), "1’234.5", "1234.5"),
        (NumberFormat(".", ","), "1,234", "1234"),
        (NumberFormat(".", ","), "1234", "1234"),
    ],
)
def test_separators(numbers, text, expected):
    assert numbers.read(text) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("-5", "A quantity cannot be negative: -5."),
        ("NaN", "“NaN” is not a finite number."),
        ("-Infinity", "“-Infinity” is not a finite number."),
        ("many", "“many” is not a number."),
        ("1_000", "“1_000” is not a number."),
        ("٣", "“٣” is not a number."),
        (
            "12,5",
            "“12,5” is not a number where the decimal mark is “.”; if the file uses “,”, say so in the mapping.",
        ),
        (
            "4.7e15",
            "4.7e+15 kg is more than the largest quantity that is believed, 1,000,000,000,000 kg a year; "
            "is the unit right?",
        ),
        (
            "1e999",
            "1e+999 kg is more than the largest quantity that is believed, 1,000,000,000,000 kg a year; "
            "is the unit right?",
        ),
        ("1e-12", "1e-12 kg is less than a microgram, the smallest quantity that the register keeps."),
        ("9" * 10_000, f"“{'9' * 60}…” is not a number."),
    ],
)
def test_what_cannot_be_true_is_refused_with_the_reason(text, sentence):
    with pytest.raises(RowRejected) as refused:
        NumberFormat().kilograms(text, "kg")
    assert str(refused.value) == sentence


def test_a_thousand_is_not_taken_for_a_decimal_fraction():
    with pytest.raises(RowRejected):
        NumberFormat(".", ",").read("1,5")
    with pytest.raises(RowRejected):
        NumberFormat(",", ".").read("1.23")
