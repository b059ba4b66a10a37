"""Addresses for the tests of the page cache: one page of every kind that there is."""

from datetime import timedelta
from itertools import count

from django.conf.urls.i18n import i18n_patterns
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.vary import vary_on_cookie, vary_on_headers

from design.freshness import keep_until, public_page

made = count(1)


def number() -> str:
    """Return which making of a page this is: the same number twice means that it was kept."""
    return f"made {next(made)} " + "x" * 600


@public_page
def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse(number())


def not_asked(request: HttpRequest) -> HttpResponse:
    return HttpResponse(number())


@public_page
def with_form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(number() + get_token(request))


@public_page
def with_session(request: HttpRequest) -> HttpResponse:
    request.session["seen"] = True
    return HttpResponse(number())


@public_page
def with_message(request: HttpRequest) -> HttpResponse:
    messages.success(request, "Done.")
    return HttpResponse(number())


@public_page
def reads_user(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{number()} {request.user}")


@public_page
@never_cache
def private(request: HttpRequest) -> HttpResponse:
    return HttpResponse(number())


@public_page
@vary_on_headers("Accept-Language")
def varies(request: HttpRequest) -> HttpResponse:
    return HttpResponse(number())


@public_page
@vary_on_cookie
def varies_on_cookie(request: HttpRequest) -> HttpResponse:
    return HttpResponse(number())


@public_page
def missing(request: HttpRequest) -> HttpResponse:
    return HttpResponse(number(), status=404)


@public_page
def file(request: HttpRequest) -> HttpResponseBase:
    return FileResponse([number().encode()], filename="a.csv")


@public_page
def data(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"made": next(made)})


@public_page
def clock(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(number())
    keep_until(request, timezone.now() + timedelta(hours=2))
    keep_until(response, timezone.now() + timedelta(seconds=float(request.GET["seconds"])))
    return response


@public_page
def large(request: HttpRequest) -> HttpResponse:
    return HttpResponse(number() + "y" * int(request.GET["size"]))


urlpatterns = i18n_patterns(
    path("plain/", plain),
    path("not-asked/", not_asked),
    path("with-form/", with_form),
    path("with-session/", with_session),
    path("with-message/", with_message),
    path("reads-user/", reads_user),
    path("private/", private),
    path("varies/", varies),
    path("varies-on-cookie/", varies_on_cookie),
    path("missing/", missing),
    path("file/", file),
    path("data/", data),
    path("clock/", clock),
    path("large/", large),
)
