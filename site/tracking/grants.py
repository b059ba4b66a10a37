"""Who may see all of a case without an account: whoever gave its number and its access key.

The key never stands in an address, because addresses are logged, kept in histories and passed on. It is sent in the
body of a form, and then kept for two hours in a signed cookie that only this browser has and no script can read. The
server stores nothing of it but a digest.
"""

from typing import Final, Protocol

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from tracking.numbers import secret_opens

COOKIE: Final = "tracking"
LIFETIME_SECONDS: Final = 2 * 60 * 60
_MOST: Final = 5  # somebody who writes several times in a row keeps sight of all
_SALT: Final = "tracking.grants"


class Tracked(Protocol):
    """Anything with a tracking number and the digest of its access key."""

    tracking_number: str
    secret_digest: str


def granted_key(request: HttpRequest, subject: Tracked) -> str:
    """Return the access key that this browser has given for a subject; nothing where it has given no right one."""
    key = _granted(request).get(subject.tracking_number, "")
    return key if secret_opens(key, subject.tracking_number, subject.secret_digest) else ""


def granted_keys(request: HttpRequest) -> dict[str, str]:
    """Return the keys that this browser holds, by tracking number; whether each is right, the subject has to say."""
    return _granted(request)


def grant(request: HttpRequest, response: HttpResponseBase, number: str, key: str) -> None:
    """Let this browser see all of a subject for two hours."""
    held = _granted(request)
    held.pop(number, None)
    held[number] = key
    newest = dict(list(held.items())[-_MOST:])
    response.set_cookie(
        COOKIE,
        signing.dumps(newest, salt=_SALT, compress=True),
        max_age=LIFETIME_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponseBase) -> None:
    """Let this browser see nothing any more: the next person may be somebody else."""
    response.delete_cookie(COOKIE, samesite="Lax")


def _granted(request: HttpRequest) -> dict[str, str]:
    try:
        held = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=LIFETIME_SECONDS)
    except signing.BadSignature:
        return {}
    return {str(number): str(key) for number, key in held.items()}
