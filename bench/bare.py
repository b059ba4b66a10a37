"""The yardstick of the page benchmarks: Django with one view, no middleware and no database."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["localhost"], SECRET_KEY="none-is-needed", MIDDLEWARE=[])  # noqa: S106 -- signs nothing


def ok(request: HttpRequest) -> HttpResponse:
    """Answers at once."""
    return HttpResponse("ok")


urlpatterns = [path("", ok)]
application = get_wsgi_application()
