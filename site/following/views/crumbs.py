"""The way back up from the pages of following."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


def breadcrumbs(*more: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the way back up to the page that says what can be followed."""
    return [{"title": _("Follow"), "url": reverse("following:index")}, *more]
