"""Units in which a chart speaks, and how it rounds: one function for labels, words, table and file."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from charts.spec import ChartSpec
from design.formats import format_number, format_quantity_kg

SIGNIFICANT_DIGITS: Final = 3  # what operators report by; whole units are never rounded away
# Panels share one scale while the smaller still shows: beyond this ratio each has its own, and the words say so.
LARGEST_SHARED_RATIO: Final = 10


@dataclass(frozen=True)
class Unit:
    """A unit of mass: its code in files, kilograms in one of it, and the words on an axis."""

    code: Literal["mg", "g", "kg", "t", "Mt"]
    kilograms: Decimal
    from_kg: Decimal
    a_year: str | Promise

    def amount(self, quantity_kg: Decimal) -> Decimal:
        """Return kilograms in this unit, rounded as every form of the chart shows it."""
        return rounded(quantity_kg / self.kilograms)

    def in_words(self, quantity_kg: Decimal) -> str:
        """Return kilograms as "5,030 tonnes", in the language being made."""
        amount = self.amount(quantity_kg)
        if self.code == "Mt":
            return ngettext("%(amount)s million tonnes", "%(amount)s million tonnes", int(amount)) % {
                "amount": format_number(amount)
            }
        return format_quantity_kg(amount * self.kilograms, unit=self.code)


UNITS: Final = (
    Unit("Mt", Decimal(10**9), Decimal(10**9), _("million tonnes a year")),
    Unit("t", Decimal(1000), Decimal(10**6), _("tonnes a year")),
    Unit("kg", Decimal(1), Decimal(1), _("kilograms a year")),
    Unit("g", Decimal("0.001"), Decimal("0.001"), _("grams a year")),
    Unit("mg", Decimal("0.000001"), Decimal(0), _("milligrams a year")),
)
KILOGRAM: Final = UNITS[2]


def unit_for(highest_kg: Decimal) -> Unit:
    """Return the unit in which quantities up to `highest_kg` read best; kilograms where all are zero."""
    if highest_kg == 0:
        return KILOGRAM
    return next(unit for unit in UNITS if highest_kg >= unit.from_kg)


def rounded(amount: Decimal) -> Decimal:
    """Return an amount with at least three significant digits: 1234.56 becomes 1235, 12.345 becomes 12.3."""
    if amount == 0:
        return Decimal(0)
    exponent = min(0, amount.adjusted() - SIGNIFICANT_DIGITS + 1)
    return amount.quantize(Decimal(1).scaleb(exponent), rounding=ROUND_HALF_UP)


def shares_one_scale(spec: ChartSpec) -> bool:
    """Return whether the panels of a chart can be read on one common scale."""
    shown = [series.highest_kg for series in spec.series if series.highest_kg]
    return len(shown) <= 1 or max(shown) / min(shown) <= LARGEST_SHARED_RATIO


def ceilings_of(spec: ChartSpec) -> list[Decimal]:
    """Return the highest quantity of each panel's scale in kilograms: the chart's highest where the scale is shared."""
    highest = [series.highest_kg for series in spec.series]
    return [max(highest)] * len(highest) if shares_one_scale(spec) else highest


def units_of(spec: ChartSpec) -> list[Unit]:
    """Return the unit of each panel, in which its labels, words, table and file speak alike."""
    return [unit_for(ceiling) for ceiling in ceilings_of(spec)]
