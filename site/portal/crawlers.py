"""For search engines: what they may read (/robots.txt) and where it is (/sitemap.xml), in every language.

A demonstration asks not to be listed at all, so that nobody finds a fictional Party among real ones.
"""

from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView
from wagtail.models import Page

from register.models import Facility, Pollutant

# Where people sign in and work, and lists that have no end because every question makes another one.
_NOT_FOR_MACHINES: Final = ("/admin/", "/accounts/", "/*/search/", "/*/track/", "/*/register/search/")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Answer in plain text what a search engine may read."""
    if settings.DEMONSTRATION:
        lines = ["User-agent: *", "Disallow: /"]
    else:
        address = request.build_absolute_uri("/sitemap.xml")
        refused = [f"Disallow: {prefix}" for prefix in _NOT_FOR_MACHINES]
        lines = ["User-agent: *", *refused, "", f"Sitemap: {address}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


class PageSitemap(Sitemap[Page]):
    """The pages that editors have published; each language has pages of its own."""

    def items(self) -> QuerySet[Page]:
        """Return the published pages below the root, in the order of the tree."""
        return Page.objects.live().public().filter(depth__gt=1).select_related("locale").order_by("path")

    def location(self, item: Page) -> str:
        """Return the path of the page."""
        return str(item.get_url())

    def lastmod(self, item: Page) -> Any:
        """Return when the page was last published."""
        return item.last_published_at


class RegisterSitemap(Sitemap[Model]):
    """One kind of thing in the register, at an address for each language."""

    i18n = True
    alternates = True

    def __init__(self, found: QuerySet[Any]) -> None:
        self.found = found

    def items(self) -> Iterable[Model]:
        """Return the things, in a fixed order."""
        return self.found.all()


SITEMAPS: Final[dict[str, Any]] = {
    "pages": PageSitemap(),
    "pollutants": RegisterSitemap(Pollutant.objects.order_by("pk")),
    "facilities": RegisterSitemap(Facility.objects.order_by("pk")),
}


@cache_control(max_age=86_400, public=True)
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead browsers that look for the old address of the site's mark to where it is."""
    return RedirectView.as_view(url=static("img/mark.svg"))(request)  # type: ignore[return-value]  # a redirect
