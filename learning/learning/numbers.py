"""Reads a number with its unit as people of each language write it; what can be read in two ways is asked back.

"1.234,5 kg", "1 234,5", "1,234.5kg", "0,5 t" and "12 кг" are read. "1.234" in French is not: it may be a thousand and
more, or one and a bit, and a wrong guess would be off by a thousand.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from learning.enums import MeasuredIn

LONGEST: Final = 60
_LARGEST: Final = Decimal(10) ** 13  # in whatever unit is asked for; all pages can show what is below it
KG_PER: Final = {
    MeasuredIn.TONNE: Decimal(1000),
    MeasuredIn.KILOGRAM: Decimal(1),
    MeasuredIn.GRAM: Decimal("0.001"),
    MeasuredIn.MILLIGRAM: Decimal("0.000001"),
}
_WORDS: Final = {
    MeasuredIn.TONNE: ("t", "tonne", "tonnes", "т", "тонна", "тонны", "тонн", "тонну"),
    MeasuredIn.KILOGRAM: (
        "kg", "kgs", "kilo", "kilos", "kilogram", "kilograms", "kilogramme", "kilogrammes",
        "кг", "килограмм", "килограмма", "килограммов",
    ),
    MeasuredIn.GRAM: ("g", "gr", "gram", "grams", "gramme", "grammes", "г", "гр", "грамм", "грамма", "граммов"),
    MeasuredIn.MILLIGRAM: (
        "mg", "milligram", "milligrams", "milligramme", "milligrammes",
        "мг", "миллиграмм", "миллиграмма", "миллиграммов",
    ),
}  # fmt: skip
_UNITS: Final = {word: unit for unit, words in _WORDS.items() for word in words}
_DECIMAL_COMMA: Final = frozenset({"fr", "ru"})
_SPACES: Final = re.compile(r"[\s\u00a0\u202f\u2009\u2007'’ʼ_]+")
_SHAPE: Final = re.compile(r"(?P<sign>[-+\u2212\u2013]?)\s*(?P<digits>[0-9][0-9.,]*|[.,][0-9]+)(?P<unit>[^\W\d_]*)")
_GROUPED: Final = re.compile(r"[1-9][0-9]{0,2}(?:[.,][0-9]{3})+")


class NumberProblem(ValueError):  # noqa: N818 -- it is an answer to a person, not a fault of the program
    """What was typed cannot be read as the number asked for; the message is a sentence that says how to write it."""


@dataclass(frozen=True)
class Quantity:
    """A number as it was meant: its value in the unit asked for, and the unit that was written (None: none)."""

    value: Decimal
    written_in: MeasuredIn | None


def read_quantity(text: str, language: str, asked_in: MeasuredIn) -> Quantity:
    """Return the number in the unit asked for; a number without a unit is taken to be in it.

    Raises NumberProblem where it cannot be read, could be read in two ways, or has a unit that does not fit.
    """
    if not text.strip():
        raise NumberProblem(_("Write a number."))
    if len(text) > LONGEST:
        raise NumberProblem(_("Write the number alone, without a sentence around it."))
    tight = _SPACES.sub("", text.strip()).rstrip(".")  # the end of a sentence
    shape = _SHAPE.fullmatch(tight)
    if shape is None:
        raise NumberProblem(
            _("“%(typed)s” is not a number we can read. Write it in digits, such as %(example)s.")
            % {"typed": text.strip(), "example": _example(language, asked_in)}
        )
    if shape["sign"] in {"-", "\u2212", "\u2013"}:
        raise NumberProblem(_("This number cannot be negative: write it without the minus sign."))
    unit = _read_unit(shape["unit"], language, asked_in)
    value = _read_digits(shape["digits"], language)
    if unit is not None and asked_in is not MeasuredIn.NOTHING:
        value = value * KG_PER[unit] / KG_PER[asked_in]
    if value >= _LARGEST:
        raise NumberProblem(_("This number is larger than any that a register holds: look at it again."))
    return Quantity(value=value, written_in=unit)


def _read_unit(word: str, language: str, asked_in: MeasuredIn) -> MeasuredIn | None:
    if not word:
        return None
    unit = _UNITS.get(word.lower())
    if asked_in is MeasuredIn.NOTHING:
        raise NumberProblem(_("Write the number alone, without “%(unit)s”.") % {"unit": word})
    if unit is None:
        raise NumberProblem(
            _("We do not know the unit “%(unit)s”. Write mg, g, kg or t, such as %(example)s.")
            % {"unit": word, "example": _example(language, asked_in)}
        )
    return unit


def _read_digits(digits: str, language: str) -> Decimal:
    """Return the value of digits with commas and points among them."""
    marks = [mark for mark in digits if mark in ".,"]
    if not marks:
        return Decimal(digits)
    last = marks[-1]
    if len(set(marks)) > 1:
        whole, _mark, decimals = digits.rpartition(last)
        if last in whole or not decimals or not _GROUPED.fullmatch(whole):
            raise _unreadable(digits)
        return Decimal(f"{re.sub('[.,]', '', whole)}.{decimals}")
    if len(marks) > 1:
        if not _GROUPED.fullmatch(digits):
            raise _unreadable(digits)
        return Decimal(digits.replace(last, ""))
    whole, _mark, decimals = digits.partition(last)
    if not decimals:
        raise _unreadable(digits)
    is_decimal_mark = (last == ",") == (language in _DECIMAL_COMMA)
    if not is_decimal_mark and _GROUPED.fullmatch(digits):
        if last == ",":  # a British thousand
            return Decimal(whole + decimals)
        raise NumberProblem(
            _(
                "“%(typed)s” can be read in two ways. Write %(thousands)s for the large number, "
                "%(decimal)s for the small."
            )
            % {"typed": digits, "thousands": whole + decimals, "decimal": f"{whole},{decimals}"}
        )
    return Decimal(f"{whole or '0'}.{decimals}")


def _unreadable(digits: str) -> NumberProblem:
    return NumberProblem(
        _("The points and commas in “%(typed)s” do not fit together. Write the number without marks between thousands.")
        % {"typed": digits}
    )


def _example(language: str, asked_in: MeasuredIn) -> str:
    number = "12,5" if language in _DECIMAL_COMMA else "12.5"
    return f"{number} {asked_in.value}" if asked_in is not MeasuredIn.NOTHING else number
