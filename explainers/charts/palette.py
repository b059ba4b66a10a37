"""Colours, hatches and marks: fixed per medium and per absence, so that nothing is told by colour alone."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from charts.enums import Medium, State


@dataclass(frozen=True)
class MediumStyle:
    """How one medium looks everywhere: a colour of Okabe and Ito, and a hatch for eyes and printers without colour."""

    colour: str
    hatch: str
    hatch_colour: str
    label: str | Promise


@dataclass(frozen=True)
class AbsenceMark:
    """How one absence is marked: a matplotlib marker in the drawing, the same shape as a character in tables."""

    marker: str
    filled: bool
    glyph: str
    label: str | Promise


# The page's own colours (static/css/foundation.css). A drawing is made for white paper and keeps it in the dark scheme.
PAPER: Final = "#ffffff"
INK: Final = "#182528"
SOFT_INK: Final = "#3f4d51"
GRID: Final = "#d8d4c8"

# Light colours have a dark hatch and dark ones a white hatch; the outline is ink, since sky blue alone is too pale.
MEDIA: Final = {
    Medium.AIR: MediumStyle(colour="#56B4E9", hatch="////", hatch_colour=INK, label=_("To air")),
    Medium.WATER: MediumStyle(colour="#0072B2", hatch="--", hatch_colour=PAPER, label=_("To water")),
    Medium.LAND: MediumStyle(colour="#009E73", hatch="....", hatch_colour=PAPER, label=_("To land")),
    Medium.OFFSITE_TRANSFER: MediumStyle(
        colour="#E69F00", hatch="xxxx", hatch_colour=INK, label=_("Off-site transfer")
    ),
}

MARKS: Final = {
    State.ZERO: AbsenceMark(marker="o", filled=False, glyph="○", label=_("zero")),
    State.BELOW_THRESHOLD: AbsenceMark(marker="v", filled=False, glyph="▽", label=_("below the threshold")),
    State.NOT_REPORTED: AbsenceMark(marker="_", filled=True, glyph="–", label=_("not reported")),
    State.CONFIDENTIAL: AbsenceMark(marker="s", filled=True, glyph="■", label=_("confidential")),
    State.NOT_MONITORED: AbsenceMark(marker="D", filled=False, glyph="◇", label=_("not monitored")),
}
