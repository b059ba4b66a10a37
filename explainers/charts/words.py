"""One table of words for direction and share: prose, alternative texts and captions all take theirs from here.

So that no two places call the same fact by different words, nothing else in the project says "rose" or "about half".
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from charts.enums import Direction

_INFINITY: Final = Decimal("Infinity")


@dataclass(frozen=True)
class WordRule:
    """A word, and the range of ratios it stands for; each end says whether it belongs to the range."""

    words: str | Promise
    lower: Decimal
    upper: Decimal
    lower_included: bool
    upper_included: bool
    direction: Direction | None = None

    def holds(self, ratio: Decimal) -> bool:
        """Return whether the word may be said of a ratio."""
        above = ratio >= self.lower if self.lower_included else ratio > self.lower
        below = ratio <= self.upper if self.upper_included else ratio < self.upper
        return above and below


# later ÷ earlier
CHANGE_RULES: Final = (
    WordRule(_("fell to zero"), Decimal(0), Decimal(0), True, True, Direction.FELL),
    WordRule(_("fell by more than half"), Decimal(0), Decimal("0.5"), False, False, Direction.FELL),
    WordRule(_("fell"), Decimal("0.5"), Decimal("0.95"), True, False, Direction.FELL),
    WordRule(_("stayed about the same"), Decimal("0.95"), Decimal("1.05"), True, True, Direction.ABOUT_SAME),
    WordRule(_("rose"), Decimal("1.05"), Decimal(2), False, True, Direction.ROSE),
    WordRule(_("more than doubled"), Decimal(2), _INFINITY, False, False, Direction.ROSE),
)
STAYED_AT_ZERO: Final = WordRule(_("stayed at zero"), Decimal(1), Decimal(1), True, True, Direction.ABOUT_SAME)
ROSE_FROM_ZERO: Final = WordRule(_("rose from zero"), _INFINITY, _INFINITY, True, True, Direction.ROSE)
NOT_COMPARABLE: Final = WordRule(_("cannot be compared"), Decimal(0), _INFINITY, True, True, Direction.NOT_COMPARABLE)

# A year between the first and the last is named where it exceeds both so many times: otherwise "fell" would hide it.
PEAK_FACTOR: Final = Decimal("1.5")

# part ÷ whole: "about" reaches five hundredths either way, and to the middle where two fractions lie closer.
_SMALL: Final = Decimal("0.05")
_QUARTER: Final = (Decimal("0.20"), Decimal("0.29"))
_THIRD: Final = (_QUARTER[1], Decimal("0.38"))
_HALF: Final = (Decimal("0.45"), Decimal("0.55"))
_TWO_THIRDS: Final = (Decimal("0.62"), Decimal("0.71"))
_THREE_QUARTERS: Final = (_TWO_THIRDS[1], Decimal("0.80"))
_ALMOST_ALL: Final = Decimal("0.95")
SHARE_RULES: Final = (
    WordRule(pgettext_lazy("share of a total", "none"), Decimal(0), Decimal(0), True, True),
    WordRule(pgettext_lazy("share of a total", "a very small part"), Decimal(0), _SMALL, False, False),
    WordRule(pgettext_lazy("share of a total", "less than a quarter"), _SMALL, _QUARTER[0], True, False),
    WordRule(pgettext_lazy("share of a total", "about a quarter"), *_QUARTER, True, False),
    WordRule(pgettext_lazy("share of a total", "about a third"), *_THIRD, True, True),
    WordRule(pgettext_lazy("share of a total", "less than half"), _THIRD[1], _HALF[0], False, False),
    WordRule(pgettext_lazy("share of a total", "about half"), *_HALF, True, True),
    WordRule(pgettext_lazy("share of a total", "more than half"), _HALF[1], _TWO_THIRDS[0], False, False),
    WordRule(pgettext_lazy("share of a total", "about two thirds"), *_TWO_THIRDS, True, True),
    WordRule(pgettext_lazy("share of a total", "about three quarters"), *_THREE_QUARTERS, False, True),
    WordRule(
        pgettext_lazy("share of a total", "more than three quarters"), _THREE_QUARTERS[1], _ALMOST_ALL, False, False
    ),
    WordRule(pgettext_lazy("share of a total", "almost all"), _ALMOST_ALL, Decimal(1), True, False),
    WordRule(pgettext_lazy("share of a total", "all"), Decimal(1), Decimal(1), True, True),
)


def change_rule(before: Decimal | None, after: Decimal | None) -> WordRule:
    """Return the word for the way from one quantity to a later one; a missing quantity cannot be compared."""
    if before is None or after is None:
        return NOT_COMPARABLE
    if before == 0:
        return STAYED_AT_ZERO if after == 0 else ROSE_FROM_ZERO
    return next(rule for rule in CHANGE_RULES if rule.holds(after / before))


def share_words(part: Decimal, whole: Decimal) -> str:
    """Return how much of a whole a part is; the sentence around it must name the whole.

    Raises ValueError where the whole is not above zero or the part exceeds it: there is then no share to speak of.
    """
    if whole <= 0 or not 0 <= part <= whole:
        raise ValueError(f"{part} is no part of {whole}.")
    return str(next(rule for rule in SHARE_RULES if rule.holds(part / whole)).words)
