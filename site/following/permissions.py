"""Who sees among the officials who follows what, and may help a reader."""

from typing import Any, Final

from accounts.permissions import has_role
from accounts.roles import Role

_HELPERS: Final = (Role.ADMINISTRATOR, Role.CASE_OFFICER)


def user_can_see_subscriptions(user: Any) -> bool:
    """Return whether an official may see how many follow what; the numbers name nobody."""
    return has_role(user, *_HELPERS, Role.AUDITOR, Role.FACILITATOR)


def user_can_help_followers(user: Any) -> bool:
    """Return whether an official may look up what an address follows, and end it at its reader's wish."""
    return has_role(user, *_HELPERS)
