"""The way back up from a page of the register."""

from django.urls import reverse
from django.utils.translation import gettext as _


def register_crumbs(*further: tuple[str, str]) -> list[dict[str, str]]:
    """Return the trail from the register's own page down; `further` holds titles with their addresses."""
    trail = [(_("Register"), reverse("register:index")), *further]
    return [{"title": title, "url": url} for title, url in trail]
