"""Kilograms: the units that registers use, the precision that is kept, and the limit of what is believed."""

from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Final

from django.utils.translation import gettext as _

from design.formats import format_number

KILOGRAM: Final = "kg"
# Exact by definition (the international pound of 1959); a short ton is 2,000 pounds.
KILOGRAMS_PER: Final = {
    "mg": Decimal("0.000001"),
    "g": Decimal("0.001"),
    KILOGRAM: Decimal(1),
    "t": Decimal(1000),
    "kt": Decimal(1_000_000),
    "lb": Decimal("0.45359237"),
    "short_ton": Decimal("907.18474"),
}
# A thousand million tonnes a year: more than all but a few countries release of anything, carbon dioxide included.
LARGEST_PLAUSIBLE_KG: Final = Decimal(10) ** 12
SMALLEST_KG: Final = Decimal("0.000000001")  # a microgram, the last decimal place that the register keeps
SIGNIFICANT_DIGITS: Final = 15  # what both databases give back unchanged; no measurement has as many
FIRST_YEAR: Final = 1980  # no register has reported on an earlier year

_BEYOND_COUNTING: Final = Decimal(10) ** 13
_EXACT: Final = Context(prec=60)
_KEPT: Final = Context(prec=SIGNIFICANT_DIGITS, rounding=ROUND_HALF_EVEN)


class ImplausibleQuantity(ValueError):  # noqa: N818 -- says what it is, as the others do
    """A quantity that cannot be true; the message is a sentence that says why."""


def kilograms(amount: Decimal, unit: str = KILOGRAM) -> Decimal:
    """Return an amount as kilograms in the precision that the register keeps.

    Exact to 15 significant digits and to the microgram. Raises ImplausibleQuantity where the amount is not finite,
    negative, above LARGEST_PLAUSIBLE_KG, or so small that nothing would remain of it.
    """
    if not amount.is_finite():
        raise ImplausibleQuantity(_("“%(amount)s” is not a finite number.") % {"amount": amount})
    if amount < 0:
        raise ImplausibleQuantity(_("A quantity cannot be negative: %(amount)s.") % {"amount": amount})
    exact = amount if unit == KILOGRAM else _EXACT.multiply(amount, KILOGRAMS_PER[unit])
    if exact > LARGEST_PLAUSIBLE_KG:
        raise ImplausibleQuantity(
            _(
                "%(quantity)s kg is more than the largest quantity that is believed, %(limit)s kg a year; "
                "is the unit right?"
            )
            % {"quantity": _shown(exact), "limit": _shown(LARGEST_PLAUSIBLE_KG)}
        )
    kept = _KEPT.plus(exact)
    if kept.as_tuple().exponent < -9:  # type: ignore[operator]  # a finite number has a number for its exponent
        kept = kept.quantize(SMALLEST_KG, rounding=ROUND_HALF_EVEN, context=_EXACT)
        if not kept and exact:
            raise ImplausibleQuantity(
                _("%(quantity)s kg is less than a microgram, the smallest quantity that the register keeps.")
                % {"quantity": f"{exact:.3g}"}
            )
    return kept


def _shown(quantity: Decimal) -> str:
    """Return a large quantity as it is written in the language of the reader; beyond counting, as a power of ten."""
    return format_number(quantity) if quantity < _BEYOND_COUNTING else f"{quantity:.3g}"
