"""Tells a page that was taken from the public from an address at which there never was anything."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import get_language_from_path
from wagtail.models import Page, Site

from design.gone import gone


class GoneMiddleware:
    """Answers 410 instead of 404 where an editor has unpublished the page, or its last day has passed.

    It stands before Wagtail's redirects: where an editor has named another page instead, that one is shown.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, and look again where nothing was found."""
        response = self.get_response(request)
        if response.status_code == HTTPStatus.NOT_FOUND and _was_published(request):
            return gone(request)
        return response


def _was_published(request: HttpRequest) -> bool:
    """Return whether a page of the tree was once public at this address."""
    match = request.resolver_match
    code = get_language_from_path(request.path_info)
    if match is None or match.url_name != "wagtail_serve" or code is None:
        return False
    site = Site.find_for_request(request)
    if site is None:
        return False
    path = request.path_info.removeprefix(f"/{code}/").strip("/")
    home = site.root_page.localized
    unpublished = Page.objects.filter(live=False, first_published_at__isnull=False)
    return unpublished.filter(url_path=f"{home.url_path}{path}/" if path else home.url_path).exists()
