"""Words that several pages of this room share."""

from django.urls import reverse
from django.utils.translation import gettext as _


def breadcrumbs(*, below_mine: bool = False) -> list[dict[str, str]]:
    """Return the way back up from a page of this room."""
    trail = [{"title": _("Privacy"), "url": reverse("wagtail_serve", args=["privacy/"])}]
    if below_mine:
        trail.append({"title": _("What is held about you"), "url": reverse("privacy:mine")})
    return trail
