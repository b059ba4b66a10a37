"""What waits for an official, on the first page of the admin: one panel for each area."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import Media
from django.utils import timezone
from django.utils.functional import Promise
from wagtail.admin.ui.components import Component


@dataclass(frozen=True)
class Waiting:
    """Something that waits for the person, in words, and where it is done; somebody else does it where no `url` is."""

    text: str
    url: str = ""
    is_pressing: bool = False


class WaitingPanel(Component):
    """What waits for one person in one area; what presses comes first."""

    order = 50
    template_name = "desk/waiting.html"
    media = Media(css={"all": ["desk/desk.css"]})

    def __init__(
        self, person: Any, *, name: str, heading: str | Promise, find: Callable[[Any, datetime], list[Waiting]]
    ) -> None:
        self.person, self.name, self.heading, self.find = person, name, heading, find

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return what waits."""
        items = sorted(self.find(self.person, timezone.now()), key=lambda item: not item.is_pressing)
        return {"items": items, "name": f"{self.name}-waiting", "heading": self.heading}
