"""Against machines: what is suspicious about a comment. What is suspicious is held, never refused."""

from datetime import datetime
from typing import Final

from django.http import HttpRequest

from consultations.enums import Suspicion
from tracking.guards import Seal, why_suspicious

_MOST_COMMENTS: Final = 10  # from one connection in an hour


def suspicion_about(request: HttpRequest, seal: Seal | None, at: datetime) -> Suspicion | None:
    """Return why a comment should wait for a person's eye before it is published, if it should."""
    reason = why_suspicious(request, seal, what="comment", most=_MOST_COMMENTS, at=at)
    return Suspicion(reason) if reason else None
