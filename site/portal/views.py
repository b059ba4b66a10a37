"""Pages of the site as a whole: the answers when something goes wrong, and the style guide."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_safe

from accounts.permissions import user_can_enter_admin
from design.samples import SAMPLES
from portal.specimens import PARTS, SHEETS

RETRY_AFTER_SECONDS = 300


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400 in the visitor's language; asks nothing of the database."""
    return _bare(request, "400.html", 400)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 in the visitor's language; asks nothing of the database, which may be what failed."""
    return _bare(request, "500.html", 500)


@never_cache
def maintenance(request: HttpRequest) -> HttpResponse:
    """Answer 503 in the visitor's language: what a proxy or a middleware shows while the site is closed."""
    response = _bare(request, "503.html", 503)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form without its token, and say what the visitor can do."""
    no_cookie = settings.CSRF_COOKIE_NAME not in request.COOKIES
    return render(request, "csrf_failure.html", {"no_cookie": no_cookie}, status=403)


def _bare(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """Return a page made from the settings and the language alone."""
    in_path = translation.get_language_from_path(request.path_info)
    language = in_path or translation.get_language_from_request(request)
    with translation.override(language):
        response = HttpResponse(render_to_string(template, {"is_demonstration": settings.DEMONSTRATION}), status=status)
    response["Content-Language"] = language
    if in_path is None:
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@require_safe
@never_cache
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component and part of a page in every state to the people who work here; others are sent away."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not user_can_enter_admin(request.user):
        raise PermissionDenied
    return render(request, "styleguide.html", {"samples": SAMPLES, "parts": PARTS, "sheets": SHEETS})
