"""How Wagtail's own machinery asks who may do what: every answer comes from `acts.py` and `permissions.py`."""

from typing import Any

from wagtail.permissions import register_permission_policy

from accounts.policies import RolePolicy
from inforequests.acts import ROLES_FOR, Act
from inforequests.models import InformationRequest, ReviewCase
from inforequests.permissions import user_can_read_case


def _reads_case(user: Any, action: str, case: ReviewCase) -> bool:
    return user_can_read_case(user, case)


def register_policies() -> None:
    """Tell Wagtail whom to ask; what is not named nobody may do (nothing of a request is ever deleted)."""
    requests = {"view": ROLES_FOR[Act.READ_REQUESTS], "add": ROLES_FOR[Act.RECORD_REQUEST]}
    register_permission_policy(InformationRequest, RolePolicy(InformationRequest, requests))
    register_permission_policy(ReviewCase, RolePolicy(ReviewCase, {"view": ROLES_FOR[Act.READ_CASE]}, _reads_case))
