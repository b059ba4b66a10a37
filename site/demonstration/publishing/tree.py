"""Which pages the demonstration has of its own, and below which they stand.

The guidance that comes with the platform (`design/guidance.py`) stands there as well.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Place:
    """A page's name in `contents/pages`, its address, the page it stands below, and whether menus list it."""

    name: str
    slug: str
    below: str = "home"
    in_menus: bool = False


PLACES: Final = (
    Place("about", "about"),
    Place("consultations", "consultations", in_menus=True),
    Place("requests", "requests", in_menus=True),
    Place("explainers", "explainers", in_menus=True),
    Place("learning", "learning", in_menus=True),
    Place("accessibility", "accessibility"),
    Place("privacy", "privacy"),
    Place("contact", "contact"),
    Place("demonstration", "about-this-demonstration"),
)
