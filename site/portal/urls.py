"""Every address of the site, by prefix: this file reads as the site map."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps.views import index as sitemap_index
from django.contrib.sitemaps.views import sitemap
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal.crawlers import SITEMAPS, favicon, robots
from portal.health import healthz, readyz
from portal.media import serve_rendition
from portal.search import search
from portal.views import maintenance, styleguide

urlpatterns: list[URLPattern | URLResolver] = [
    # For machines
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("robots.txt", robots, name="robots"),
    path("favicon.ico", favicon, name="favicon"),
    path("sitemap.xml", sitemap_index, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="django.contrib.sitemaps.views.sitemap"),
    path("api/", include("portal.api")),
    path("record/", include("ledger.machine_urls")),
    # For people with an account
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    # For officials
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("admin/", include(wagtailadmin_urls)),
    # Files
    re_path(r"^media/(?P<path>images/.+)$", serve_rendition, name="rendition"),
    path("documents/", include(wagtaildocs_urls)),
    path("styleguide/", styleguide, name="styleguide"),
    path("maintenance", maintenance, name="maintenance"),
]

if settings.DEMONSTRATION:
    urlpatterns += [path("demonstration/", include("demonstration.urls"))]

urlpatterns += i18n_patterns(
    # For everybody, in each language
    path("register/", include("register.urls")),
    path("search/", search, name="search"),
    path("consultations/", include("consultations.urls")),
    path("requests/", include("inforequests.urls")),
    path("explainers/", include("explainers.urls")),
    path("learning/", include("learning.urls")),
    path("record/", include("ledger.urls")),
    path("receipts/", include("receipts.urls")),
    path("files/", include("files.urls")),
    path("following/", include("following.urls")),
    path("privacy/", include("privacy.urls")),
    path("", include(wagtail_urls)),
)

handler400 = "portal.views.bad_request"
handler500 = "portal.api.server_error"
