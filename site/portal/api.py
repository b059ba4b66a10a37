"""/api/v1/: the data of the site for machines, read-only; each area brings its own router.

Errors are problem documents (RFC 9457). Answers are kept like public pages, and may be read from any web page.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.generic import RedirectView
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from wagtail.utils.urlpatterns import decorate_urlpatterns

from design.freshness import allow_page_cache
from portal import views
from portal.api_docs import PlainDocs

PREFIX: Final = "/api/"
ROUTERS: Final = {
    "/register": "register.api",
    "/consultations": "consultations.api",
    "/requests": "inforequests.api",
    "/explainers": "explainers.api",
    "/record": "ledger.api",
}
_PROBLEM: Final = "application/problem+json"


class PublicApi(NinjaAPI):
    """An interface whose answers are the same for everybody."""

    def create_response(self, request: HttpRequest, data: Any, **kwargs: Any) -> HttpResponse:
        """Answer, and let the answer be kept."""
        response = super().create_response(request, data, **kwargs)
        allow_page_cache(response)
        return response


api = PublicApi(
    title="PRTR Commons",
    version="1",
    description=(
        "What the register holds, what is being consulted on, which requests for information were answered and "
        "published, what the explainers say, and the record of all acts with its proofs. The pages of the site show "
        "the same."
    ),
    docs=PlainDocs(),
    urls_namespace="api",
)

for prefix, module in ROUTERS.items():
    if find_spec(module) is not None:
        api.add_router(prefix, import_module(module).router)


@api.get("/", summary="What there is", include_in_schema=False, url_name="index")
def index(request: HttpRequest) -> dict[str, str]:
    """Return where the description of this interface is."""
    return {
        "title": api.title,
        "version": api.version,
        "description": request.build_absolute_uri("docs"),
        "openapi": request.build_absolute_uri("openapi.json"),
    }


def problem(status: int, detail: str, **more: Any) -> JsonResponse:
    """Return a problem document: what is wrong, in a sentence."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return JsonResponse(body, status=status, content_type=_PROBLEM)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Any = None) -> HttpResponse:
    """Answer for something that is not there."""
    return problem(404, "There is nothing at this address.")


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: Any) -> HttpResponse:
    """Answer with the sentence of whoever refused."""
    return problem(error.status_code, str(error))


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, error: Any) -> HttpResponse:
    """Answer for parameters that cannot be read, and say which."""
    errors = [{"parameter": str(wrong["loc"][-1]), "detail": f"{wrong['msg']}."} for wrong in error.errors]
    names = ", ".join(sorted({wrong["parameter"] for wrong in errors}))
    return problem(422, f"These parameters could not be read: {names}.", errors=errors)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500: as a problem document to machines, as a page to people."""
    if request.path_info.startswith(PREFIX):
        return problem(500, "Something went wrong here. It is not your request; please try again later.")
    return views.server_error(request)


def closed(request: HttpRequest) -> HttpResponse:
    """Answer 503 while the site is closed for work on it, and say when to come back."""
    response = problem(503, "The site is closed for work on it. Please try again in a few minutes.")
    response["Retry-After"] = str(views.RETRY_AFTER_SECONDS)
    response["Cache-Control"] = "no-store"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _for_machines(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let every web page read the answer, and word a refused method as a problem."""

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            response = problem(405, "This interface is for reading: only GET is answered.")
            response["Allow"] = "GET"
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return answering


urlpatterns: list[URLPattern | URLResolver] = [
    re_path(r"^(v1)?$", RedirectView.as_view(url="/api/v1/docs")),
    path("v1/", (decorate_urlpatterns(api.urls[0], _for_machines), *api.urls[1:])),
    re_path(r"", _for_machines(not_found)),
]
