"""Settings that somebody has made out of ours: what Django says about them."""

from typing import Any

import pytest
from django.core.checks import run_checks

from portal import policies
from portal.checks import (
    demonstration_stays_at_home,
    kept_pages_come_before_sessions,
    officials_show_a_second_factor,
    public_policy_is_strict,
)

pytestmark = pytest.mark.any_database


def ids(messages: list[Any]) -> list[str]:
    return [message.id for message in messages]


def test_our_own_settings_are_in_order(settings: Any) -> None:
    settings.ADMIN_REQUIRES_SECOND_FACTOR = True
    ours = [message for message in run_checks(include_deployment_checks=True) if message.id.startswith("portal.")]
    assert ours == []


def test_the_demonstration_is_not_for_the_public(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "demo.example"]
    assert ids(demonstration_stays_at_home(None)) == ["portal.W001"]
    settings.DEMONSTRATION = False
    assert demonstration_stays_at_home(None) == []


def test_a_password_alone_is_not_enough(settings: Any) -> None:
    settings.ADMIN_REQUIRES_SECOND_FACTOR = False
    assert ids(officials_show_a_second_factor(None)) == ["portal.W002"]


@pytest.mark.parametrize("source", ["'unsafe-inline'", "'unsafe-eval'", "https://cdn.example", "data:", "*"])
def test_the_public_site_allows_no_other_source(settings: Any, source: str) -> None:
    directives = {**policies.PUBLIC["DIRECTIVES"], "script-src": ["'self'", source]}
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": directives}
    assert ids(public_policy_is_strict(None)) == ["portal.E001"]


def test_kept_pages_never_pass_through_a_session(settings: Any) -> None:
    settings.MIDDLEWARE = list(reversed(settings.MIDDLEWARE))
    assert ids(kept_pages_come_before_sessions(None)) == ["portal.E002"]
