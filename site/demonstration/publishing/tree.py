"""Which pages the demonstration has, and below which they stand."""

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
    Place("what-a-release-is", "what-a-release-is", "explainers", in_menus=True),
    Place("thresholds", "how-to-read-a-threshold", "explainers", in_menus=True),
    Place("missing-numbers", "five-kinds-of-missing-number", "explainers", in_menus=True),
    Place("methods", "measured-calculated-estimated", "explainers", in_menus=True),
    Place("learning", "learning", in_menus=True),
    Place("read-an-entry", "read-a-register-entry-in-ten-minutes", "learning", in_menus=True),
    Place("comment", "how-to-comment", "learning", in_menus=True),
    Place("answer-in-a-month", "how-to-answer-in-time", "learning", in_menus=True),
    Place("accessibility", "accessibility"),
    Place("privacy", "privacy"),
    Place("contact", "contact"),
    Place("demonstration", "about-this-demonstration"),
)
