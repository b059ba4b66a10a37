"""Numbers as registers write them: decimal comma or point, separators between thousands, words that are no numbers."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from register.domain.quantities import ImplausibleQuantity, kilograms
from register.importing.errors import RowRejected

# A space between thousands is typed as any of these; an apostrophe likewise.
_LOOKALIKES: Final = {" ": " \u00a0\u202f\u2009", "'": "'’"}
_NOT_FINITE: Final = re.compile(r"[+-]?(nan|inf|infinity|∞)", re.IGNORECASE)
_LONGEST: Final = 60  # no quantity is written with more characters; what is longer is not looked at


@dataclass(frozen=True)
class NumberFormat:
    """How one file writes numbers."""

    decimal: str = "."
    thousands: str = ""
    _pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)
    _separators: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        separators = _LOOKALIKES.get(self.thousands, self.thousands)
        whole = "[0-9]+"
        if separators:
            whole = rf"(?:[0-9]{{1,3}}(?:[{re.escape(separators)}][0-9]{{3}})+|[0-9]+)"
        mark = re.escape(self.decimal)
        object.__setattr__(self, "_separators", separators)
        object.__setattr__(
            self, "_pattern", re.compile(rf"[+\-−]?(?:{whole}(?:{mark}[0-9]*)?|{mark}[0-9]+)(?:[eE][+-]?[0-9]{{1,3}})?")
        )

    def read(self, text: str) -> Decimal:
        """Return the number a text stands for; raise RowRejected where it stands for none."""
        if len(text) > _LONGEST:
            raise RowRejected(_("“%(text)s” is not a number.") % {"text": shortened(text)})
        if self._pattern.fullmatch(text):
            for separator in self._separators:
                text = text.replace(separator, "")
            if self.decimal != ".":
                text = text.replace(self.decimal, ".")
            return Decimal(text.replace("−", "-"))
        if _NOT_FINITE.fullmatch(text):
            raise RowRejected(_("“%(text)s” is not a finite number.") % {"text": text})
        other = "," if self.decimal == "." else "."
        if self._pattern.fullmatch(text.replace(other, self.decimal)):
            raise RowRejected(
                _(
                    "“%(text)s” is not a number where the decimal mark is “%(decimal)s”; "
                    "if the file uses “%(other)s”, say so in the mapping."
                )
                % {"text": text, "decimal": self.decimal, "other": other}
            )
        raise RowRejected(_("“%(text)s” is not a number.") % {"text": text})

    def kilograms(self, text: str, unit: str) -> Decimal:
        """Return the kilograms a text stands for; raise RowRejected where it stands for none that can be true."""
        try:
            return kilograms(self.read(text), unit)
        except ImplausibleQuantity as problem:
            raise RowRejected(str(problem)) from problem

    def write(self, number: Decimal) -> str:
        """Return a number as this format writes it: the reverse of read."""
        whole, _mark, fraction = f"{number:f}".partition(".")
        sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
        if self.thousands:
            start = len(digits) % 3
            groups = [digits[:start]] if start else []
            groups += [digits[i : i + 3] for i in range(start, len(digits), 3)]
            digits = self.thousands.join(groups)
        return f"{sign}{digits}{self.decimal}{fraction}" if fraction else f"{sign}{digits}"


def shortened(text: str, limit: int = 60) -> str:
    """Return a text short enough for a sentence."""
    return text if len(text) <= limit else f"{text[:limit]}…"
