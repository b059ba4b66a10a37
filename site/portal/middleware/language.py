"""Chooses the language of a page: by its address; where the address says nothing, by what the visitor chose last.

Whoever is signed in and has chosen nothing in this browser gets administration and account in their own language.
"""

from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.translation import get_language_from_path

CHOICE = "language"
_OF_PEOPLE: Final = ("/admin/", "/accounts/")


class LanguageMiddleware(LocaleMiddleware):
    """Adds to Django's choice `?language=fr` for addresses without a language in them (/accounts/, /api/, /admin/).

    The choice is kept in the language cookie, so that a form that answers elsewhere keeps it.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Activate the language of the page; machines are answered in one."""
        if _is_for_machines(request):
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE
            return
        super().process_request(request)
        chosen = self._chosen(request) or _own(request)
        if chosen:
            translation.activate(chosen)
            request.LANGUAGE_CODE = chosen

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Keep the choice."""
        if _is_for_machines(request):
            return response
        response = super().process_response(request, response)
        chosen = self._chosen(request)
        if chosen and request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != chosen:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                chosen,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                path=settings.LANGUAGE_COOKIE_PATH,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
                samesite="Lax",
            )
        return response

    @staticmethod
    def _chosen(request: HttpRequest) -> str | None:
        if request.method != "GET" or get_language_from_path(request.path_info):
            return None
        chosen = request.GET.get(CHOICE, "")
        return chosen if chosen in dict(settings.LANGUAGES) else None


def _is_for_machines(request: HttpRequest) -> bool:
    """Return whether the answer is data; the page that describes them is for people."""
    return request.path_info.startswith("/api/") and not request.path_info.endswith("/docs")


def _own(request: HttpRequest) -> str | None:
    """Return the person's own language, below /admin/ and /accounts/; a choice in Wagtail's profile comes first.

    Nothing where nobody is signed in, and where somebody chose a language in this browser.
    """
    known = dict(settings.LANGUAGES)
    if not request.path_info.startswith(_OF_PEOPLE) or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) in known or not request.user.is_authenticated:
        return None
    profile = getattr(request.user, "wagtail_userprofile", None)
    preferred = profile.preferred_language if profile else ""
    return next((code for code in (preferred, request.user.language) if code in known), None)
