"""Against machines: a seal on a form, and counts per connection.

Counts live in the cache only, under a keyed hash: no address of anybody is stored.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Final

from allauth.account.adapter import get_adapter
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

HONEYPOT: Final = "website"  # a field that people cannot see, and that machines fill in
FASTEST: Final = timedelta(seconds=4)  # nobody reads, writes and checks a form in less
HOUR: Final = 60 * 60
_SALT: Final = "tracking.form"
_OLDEST: Final = timedelta(days=30)  # a form left open over a holiday is still good
_MOST_GUESSES: Final = 10
_GUESSING_SECONDS: Final = 15 * 60
_GUESS: Final = "guess"


@dataclass(frozen=True)
class Seal:
    """What the form brings back from its first page: a token that is given out once, and when."""

    token: str
    issued_at: datetime


def new_seal(at: datetime | None = None) -> str:
    """Return a fresh seal for a form."""
    issued = (at or timezone.now()).timestamp()
    return signing.dumps({"token": secrets.token_urlsafe(24), "at": issued}, salt=_SALT)


def read_seal(text: str) -> Seal | None:
    """Return what a seal says; None where it is missing, broken or a month old."""
    try:
        held = signing.loads(text, salt=_SALT, max_age=_OLDEST)
    except signing.BadSignature:
        return None
    return Seal(token=held["token"], issued_at=datetime.fromtimestamp(held["at"], tz=UTC))


def why_suspicious(request: HttpRequest, seal: Seal | None, *, what: str, most: int, at: datetime | None = None) -> str:
    """Return why a form that was sent should wait for a person's eye; nothing where it need not.

    What is suspicious is received like everything else. `most` of `what` may come from one connection in an hour; a
    library or an office has one connection.
    """
    if request.POST.get(HONEYPOT, ""):
        return "honeypot"
    if seal is None:
        return "no_token"
    if (at or timezone.now()) - seal.issued_at < FASTEST:
        return "too_fast"
    return "many" if count_from(request, what, HOUR) > most else ""


def guessing_too_much(request: HttpRequest) -> bool:
    """Return whether this connection has given too many wrong numbers and keys to be listened to now."""
    return cache.get(_key(request, _GUESS), 0) >= _MOST_GUESSES


def too_many(request: HttpRequest) -> HttpResponse:
    """Return the page that asks somebody to wait: this connection has asked too often."""
    return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)


def count_wrong_guess(request: HttpRequest) -> None:
    """Remember for a quarter of an hour that this connection gave a wrong number or key."""
    count_from(request, _GUESS, _GUESSING_SECONDS)


def count_from(request: HttpRequest, what: str, seconds: int) -> int:
    """Count one more of something from this connection and return how many there were."""
    return _count(_key(request, what), seconds)


def count_of(what: str, whom: str, seconds: int) -> int:
    """Count one more of something for an address or whatever it is limited by, and return how many there were."""
    return _count(_hidden(what, whom), seconds)


def _count(key: str, seconds: int) -> int:
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key)
    except ValueError:  # it ended between the two lines
        cache.set(key, 1, timeout=seconds)
        return 1


def _key(request: HttpRequest, what: str) -> str:
    try:
        address = get_adapter().get_client_ip(request)
    except (
        PermissionDenied
    ):  # allauth's way to say that the address is unknown: then all who are unknown count together
        address = ""
    return _hidden(what, address)


def _hidden(what: str, whom: str) -> str:
    return f"tracking:{what}:{salted_hmac(_SALT, whom).hexdigest()[:32]}"
