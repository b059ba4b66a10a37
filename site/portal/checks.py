"""What Django says at start and with `check --deploy` about settings that somebody has made out of ours."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 -- Django's name for it

_ON_THIS_MACHINE = ("localhost", "127.0.0.1", "[::1]", "testserver")
_MIDDLEWARE = "portal.middleware.page_cache.PageCacheMiddleware"
_SESSIONS = "django.contrib.sessions.middleware.SessionMiddleware"


@register(Tags.security)
def demonstration_stays_at_home(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Warn where the demonstration, whose passwords are in the README, answers under a public name."""
    if not settings.DEMONSTRATION:
        return []
    public = [host for host in settings.ALLOWED_HOSTS if host not in _ON_THIS_MACHINE]
    if not public:
        return []
    return [
        Warning(
            f"The demonstration answers under {', '.join(public)}, and everybody knows its passwords.",
            hint="Let it answer on this machine only, or put a password in front of it.",
            id="portal.W001",
        )
    ]


@register(Tags.security, deploy=True)
def officials_show_a_second_factor(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Warn where administration opens with a password alone."""
    if settings.ADMIN_REQUIRES_SECOND_FACTOR:
        return []
    return [
        Warning(
            "Administration opens without a second factor.",
            hint="Set ADMIN_REQUIRES_SECOND_FACTOR = True.",
            id="portal.W002",
        )
    ]


@register(Tags.security, deploy=True)
def public_policy_is_strict(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a policy of the public site that lets pages load or run more than the site's own files."""
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    loose = sorted({source for sources in directives.values() for source in sources} - {"'self'", "'none'"})
    if not loose:
        return []
    return [
        Error(
            f"The public site's content security policy allows {', '.join(loose)}.",
            hint="Keep CONTENT_SECURITY_POLICY to 'self' and 'none' (portal/policies.py).",
            id="portal.E001",
        )
    ]


@register()
def kept_pages_come_before_sessions(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse an order of middleware in which a kept page would go through a visitor's session."""
    order = list(settings.MIDDLEWARE)
    if _MIDDLEWARE not in order or order.index(_MIDDLEWARE) < order.index(_SESSIONS):
        return []
    return [
        Error(
            "PageCacheMiddleware stands behind SessionMiddleware.",
            hint="Put it first, as portal/settings/production.py does.",
            id="portal.E002",
        )
    ]
