"""What every template may know about the site."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Return whether this is the demonstration (every page of it says so)."""
    return {"is_demonstration": settings.DEMONSTRATION}
