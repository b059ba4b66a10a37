"""By what a visitor has shown who she is: the account, the keys this browser holds, an address proven by a link.

The proven address is kept for half an hour in a signed cookie that only this browser has and no script can read; the
server stores nothing.
"""

from typing import Final

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from privacy.holdings import Proof
from tracking.grants import forget as forget_keys
from tracking.grants import granted_keys

COOKIE: Final = "address"
LIFETIME_SECONDS: Final = 30 * 60
_SALT: Final = "privacy.proofs"


def proof_of(request: HttpRequest) -> Proof:
    """Return everything that a visitor has shown; an address of an account counts once it is confirmed."""
    addresses = set()
    proven = _proven(request)
    if proven:
        addresses.add(proven)
    account = request.user if request.user.is_authenticated else None
    if account is not None:
        confirmed = EmailAddress.objects.filter(user=account, verified=True)
        addresses |= set(confirmed.values_list("email", flat=True))
    return Proof(addresses=frozenset(addresses), keys=granted_keys(request), account=account)


def remember_address(response: HttpResponseBase, address: str) -> None:
    """Let this browser see for half an hour what is held about an address."""
    response.set_cookie(
        COOKIE,
        signing.dumps(address, salt=_SALT, compress=True),
        max_age=LIFETIME_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget_proofs(response: HttpResponseBase) -> None:
    """Let this browser see nothing any more: the next person may be somebody else."""
    response.delete_cookie(COOKIE, samesite="Lax")
    forget_keys(response)


def _proven(request: HttpRequest) -> str:
    try:
        return str(signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=LIFETIME_SECONDS))
    except signing.BadSignature:
        return ""
