"""Whose subscriptions this browser may see: of an address whose letter was opened here, or of who is signed in.

Kept for two hours in a signed cookie that no script can read. The server stores nothing of it.
"""

from typing import Final

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

COOKIE: Final = "following"
LIFETIME_SECONDS: Final = 2 * 60 * 60
_SALT: Final = "following.grants"


def grant(response: HttpResponseBase, email: str) -> None:
    """Let this browser see what an address follows, for two hours."""
    response.set_cookie(
        COOKIE,
        signing.dumps(email, salt=_SALT),
        max_age=LIFETIME_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponseBase) -> None:
    """Let this browser see nothing any more: the next person may be somebody else."""
    response.delete_cookie(COOKIE, samesite="Lax")


def granted_address(request: HttpRequest) -> str:
    """Return the address whose subscriptions this browser may see; nothing where it has shown none."""
    try:
        return str(signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=LIFETIME_SECONDS))
    except signing.BadSignature:
        return own_address(request)


def own_address(request: HttpRequest) -> str:
    """Return the confirmed address of who is signed in; nothing where nobody is, or where it is not confirmed."""
    if not request.user.is_authenticated:
        return ""
    confirmed = EmailAddress.objects.filter(user=request.user, verified=True)
    address = confirmed.order_by("-primary", "pk").values_list("email", flat=True).first()
    return (address or "").lower()
