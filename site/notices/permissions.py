"""Who sees which letters did not arrive, and what may be done with them."""

from typing import Any, Final

from accounts.permissions import has_role
from accounts.roles import Role

_WRITERS: Final = (Role.ADMINISTRATOR, Role.CASE_OFFICER, Role.DECISION_MAKER)


def user_can_see_failed_messages(user: Any) -> bool:
    """Return whether the person may see which letters did not arrive, and at which addresses."""
    return has_role(user, *_WRITERS, Role.AUDITOR)


def user_can_settle_failed_messages(user: Any) -> bool:
    """Return whether the person may have them sent again, or give them up for a reason."""
    return has_role(user, *_WRITERS)
