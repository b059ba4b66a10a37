"""Hazard, release, exposure, risk: four things that are easily taken for one, and who knows about each."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from explainers.enums import Box, SlotKind
from explainers.models import ExplainerPage

_UNWRITTEN: Final = "unwritten"  # the part of a page that lists the questions without an answer


@dataclass(frozen=True)
class BoxView:
    """One of the four, as a page shows it: what it means, who knows, and where to read on."""

    box: Box
    meaning: str
    known_by: str
    url: str
    link: str

    @property
    def is_ours(self) -> bool:
        """Return whether the register knows it."""
        return self.box is Box.RELEASE


def four_boxes(page: ExplainerPage, register_url: str, ask_url: str) -> list[BoxView]:
    """Return the four boxes of a page; the register fills the release alone."""
    # A page without any answer lists its questions in one place.
    health, exposure = (SlotKind.HEALTH.value, SlotKind.EXPOSURE.value) if page.is_written else (_UNWRITTEN, _UNWRITTEN)
    return [
        BoxView(
            box=Box.HAZARD,
            meaning=_("What it can do, if enough of it reaches somebody."),
            known_by=_("Known by those who study substances and health. The register does not know it."),
            url=f"#{health}",
            link=_("What it can do to people"),
        ),
        BoxView(
            box=Box.RELEASE,
            meaning=_("How much of it leaves facilities, to air, water and land."),
            known_by=_("This is what the register knows, because facilities must report it."),
            url=register_url,
            link=_("See its entries in the register"),
        ),
        BoxView(
            box=Box.EXPOSURE,
            meaning=_("How much of it somebody breathes, eats, drinks or touches."),
            known_by=_("Known by those who measure air, water, soil and food. The register does not know it."),
            url=f"#{exposure}",
            link=_("How it can reach people"),
        ),
        BoxView(
            box=Box.RISK,
            meaning=_("How likely harm is: hazard and exposure taken together."),
            known_by=_("Known by nobody from the register alone. Ask the authority what has been measured near you."),
            url=ask_url,
            link=_("Ask the authority"),
        ),
    ]
