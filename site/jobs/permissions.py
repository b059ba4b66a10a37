"""Who may see what the worker does, and let it try again."""

from typing import Any

from accounts.permissions import has_role
from accounts.roles import Role


def user_can_see_jobs(user: Any) -> bool:
    """Return whether the person may see what waits, runs and has failed."""
    return has_role(user, Role.ADMINISTRATOR, Role.AUDITOR)


def user_can_read_traceback(user: Any) -> bool:
    """Return whether the person may read where the program failed: it can quote what somebody wrote."""
    return has_role(user, Role.ADMINISTRATOR)


def user_can_retry_task(user: Any) -> bool:
    """Return whether the person may let a failed task run again."""
    return has_role(user, Role.ADMINISTRATOR)
