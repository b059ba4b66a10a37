"""Tells browsers what pages may do: Content-Security-Policy and Permissions-Policy (portal/policies.py)."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

_ADMIN = "/admin/"


class PolicyMiddleware(CSPMiddleware):
    """Sets both policies on every response; /admin/ has its own, because Wagtail needs inline scripts and styles."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        super().__init__(get_response)
        self._permissions = ", ".join(f"{name}={whom}" for name, whom in settings.PERMISSIONS_POLICY.items())

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Set both headers, where a view has not set its own."""
        response.headers.setdefault("Permissions-Policy", self._permissions)
        return super().process_response(request, response)

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """Return the policy that this address has."""
        parts = super().get_policy_parts(request, response, report_only)
        if parts.config is None and not report_only and request.path_info.startswith(_ADMIN):
            parts.config = settings.CONTENT_SECURITY_POLICY_ADMIN["DIRECTIVES"]
        return parts
