"""The answer where something was once shown to everybody and is shown no longer: 410, and not 404."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

GONE: Final = 410


def gone(request: HttpRequest, explanation: str = "") -> HttpResponse:
    """Answer that what was here was taken away on purpose; `explanation` says in a sentence by whom or why."""
    return render(request, "410.html", {"explanation": explanation}, status=GONE)
