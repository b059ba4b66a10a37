"""The links of letters: signed over the subscription and its stamp, each good for one purpose.

No token is stored, and none can be made from the database alone: it takes the site's key (SECRET_KEY) as well. A token
stands in the query of an address, which the site's logs leave out (portal/logs.py), and its pages tell other addresses
nothing of it (`guarded`).
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from enum import StrEnum
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from following.models import Subscription

P = ParamSpec("P")


class Purpose(StrEnum):
    """What a link is for, and good for nothing else."""

    CONFIRM = "confirm"
    MANAGE = "manage"
    STOP = "stop"
    RESUME = "resume"


_GOOD_FOR: Final[Mapping[Purpose, timedelta | None]] = {
    Purpose.CONFIRM: timedelta(days=3),
    Purpose.MANAGE: timedelta(days=30),
    Purpose.STOP: None,  # whoever finds an old letter can still stop it
    Purpose.RESUME: timedelta(days=1),
}


def new_token(purpose: Purpose, subscription: Subscription, **more: Any) -> str:
    """Return a token for one purpose."""
    held = {"id": subscription.pk, "stamp": subscription.stamp, **more}
    return signing.dumps(held, salt=f"following.{purpose}")


def read_token(purpose: Purpose, text: str) -> tuple[Subscription, Mapping[str, Any]] | None:
    """Return the subscription of a token and what else it says; None where it is none, too old, or of another row."""
    try:
        held = signing.loads(text, salt=f"following.{purpose}", max_age=_GOOD_FOR[purpose])
    except signing.BadSignature:
        return None
    found = Subscription.objects.filter(pk=held["id"], stamp=held["stamp"]).first()
    return (found, held) if found is not None else None


def link(name: str, token: str, language: str) -> str:
    """Return the full address, in a language, of a page that reads a token."""
    with translation.override(language):
        return f"{settings.BASE_URL}{reverse(f'following:{name}')}?{urlencode({'token': token})}"


def guarded(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Decorate a view whose address may hold a token: nobody keeps the page, no other address learns of this one.

    "strict-origin" and not "no-referrer": with the latter browsers send forms with `Origin: null`, which the check
    against forged forms refuses.
    """

    @never_cache
    @wraps(view)
    def keeping(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "strict-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    return keeping
