"""Closes the site while somebody works on it: asks neither a database nor a cache, which may be what is worked on."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.security import SecurityMiddleware

from portal.api import PREFIX, closed
from portal.middleware.headers import PolicyMiddleware
from portal.views import maintenance

Answering = Callable[[HttpRequest], HttpResponseBase]


class MaintenanceMiddleware:
    """Answers 503 to everybody where MAINTENANCE is set; where it is not, it is not there at all.

    What the page is drawn with passes. Officials do not: what they wrote while the data is moved would be lost.
    """

    def __init__(self, get_response: Answering) -> None:
        if not settings.MAINTENANCE:
            raise MiddlewareNotUsed
        self.get_response = get_response
        # It stands before the two that every other answer passes through on its way out.
        self._closed = cast(Answering, SecurityMiddleware(PolicyMiddleware(_closed)))  # called as all are: not async

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let static files pass, and say to everything else that the site is closed."""
        if request.path_info.startswith(settings.STATIC_URL):
            return self.get_response(request)
        return self._closed(request)


def _closed(request: HttpRequest) -> HttpResponseBase:
    return closed(request) if request.path_info.startswith(PREFIX) else maintenance(request)
