"""What the officials' side gives Wagtail: policies and the place in the menu."""

from typing import Any

from wagtail import hooks

from privacy.viewsets import PrivacyGroup, register_policies

register_policies()  # before the first page asks whom to ask


@hooks.register("register_admin_viewset")
def register_privacy() -> Any:
    """Register the group."""
    return PrivacyGroup()
