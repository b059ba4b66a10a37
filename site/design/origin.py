"""Forms on kept pages: they carry no token, so the browser itself says where the form stood.

A page with Django's token sets a cookie and can be kept for nobody else. A form on a page that is the same for all is
therefore answered without a token, and accepted only from our own pages: every current browser says with
`Sec-Fetch-Site`, and older ones with `Origin`, from where a form was sent, and no script can change either. Whoever
sends neither is no browser that could be led astray; besides, our cookies do not travel with another site's forms.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Final, ParamSpec
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_OUR_OWN: Final = frozenset({"same-origin", "none"})  # "none": typed, or from a bookmark


def is_from_our_own_page(request: HttpRequest) -> bool:
    """Return whether a form stood on a page of this site, as far as the browser says."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in _OUR_OWN
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()


def own_pages_only(view: View[P]) -> View[P]:
    """Decorate a view that takes forms without a token: those of other sites are refused."""

    @wraps(view)
    def checking(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method not in _SAFE_METHODS and not is_from_our_own_page(request):
            raise PermissionDenied(_("This form was sent from another site. Open the page here and try again."))
        return view(request, *args, **kwargs)

    return csrf_exempt(checking)
