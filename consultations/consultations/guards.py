"""Against machines: what is suspicious about a comment. What is suspicious is held, never refused."""

from datetime import datetime
from typing import Final

from django.http import HttpRequest

from consultations.enums import Suspicion
from ledger.guards import FASTEST, HOUR, Seal, count_from

_MOST_COMMENTS: Final = 10  # from one connection in an hour; a library or an office has one connection


def suspicion_about(request: HttpRequest, seal: Seal | None, honeypot: str, at: datetime) -> Suspicion | None:
    """Return why a comment should wait for a person's eye before it is published, if it should."""
    if honeypot:
        return Suspicion.HONEYPOT
    if seal is None:
        return Suspicion.NO_TOKEN
    if at - seal.issued_at < FASTEST:
        return Suspicion.TOO_FAST
    if count_from(request, "comment", HOUR) > _MOST_COMMENTS:
        return Suspicion.MANY
    return None
