"""Refuses a request that is larger than the site accepts, before anything of it is read or kept."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

_CONTENT_TOO_LARGE = 413


class RequestSizeMiddleware:
    """Answers 413 with a sentence where the body is longer than UPLOAD_BYTES."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the request pass, or refuse it."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.UPLOAD_BYTES:
            megabytes = settings.UPLOAD_BYTES // (1024 * 1024)
            return render(request, "413.html", {"megabytes": megabytes}, status=_CONTENT_TOO_LARGE)
        return self.get_response(request)
