"""How Wagtail's own machinery asks who may do what: every answer comes from `acts.py` and `permissions.py`."""

from typing import Any

from wagtail.permissions import register_permission_policy

from accounts.policies import RolePolicy
from inforequests.acts import ROLES_FOR, Act
from inforequests.models import DeadlineRule, Ground, HolidayCalendar, InformationRequest, ReviewBody, ReviewCase
from inforequests.permissions import user_can_change_deadline_rule, user_can_read_case


def _reads_case(user: Any, action: str, case: ReviewCase) -> bool:
    return user_can_read_case(user, case)


def _may_deal_with_rule(user: Any, action: str, rule: DeadlineRule) -> bool:
    return action == "view" or user_can_change_deadline_rule(user, rule)


def register_policies() -> None:
    """Tell Wagtail whom to ask; what is not named nobody may do (nothing of a request is ever deleted).

    The five grounds are the Protocol's, so nobody adds one; a calendar is never changed, only a new version added.
    """
    requests = {"view": ROLES_FOR[Act.READ_REQUESTS], "add": ROLES_FOR[Act.RECORD_REQUEST]}
    register_permission_policy(InformationRequest, RolePolicy(InformationRequest, requests))
    register_permission_policy(ReviewCase, RolePolicy(ReviewCase, {"view": ROLES_FOR[Act.READ_CASE]}, _reads_case))
    reading, setting = ROLES_FOR[Act.READ_RULES], ROLES_FOR[Act.SET_RULES]
    rules = {"view": reading, "add": setting, "change": setting}
    register_permission_policy(ReviewBody, RolePolicy(ReviewBody, rules))
    register_permission_policy(Ground, RolePolicy(Ground, {"view": reading, "change": setting}))
    register_permission_policy(DeadlineRule, RolePolicy(DeadlineRule, rules, _may_deal_with_rule))
    register_permission_policy(HolidayCalendar, RolePolicy(HolidayCalendar, {"view": reading, "add": setting}))
