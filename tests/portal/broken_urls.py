"""A site whose only page fails, for the test of the page of faults."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def fails(request: HttpRequest) -> HttpResponse:
    """Fail as a view with a mistake in it does."""
    raise RuntimeError("This view fails on purpose.")


urlpatterns = [path("fr/", fails)]
handler500 = "portal.views.server_error"
