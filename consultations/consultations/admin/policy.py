"""How Wagtail's own machinery asks who may do what: every answer comes from `permissions.py`."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db.models import Q, QuerySet
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from accounts.models import User
from accounts.roles import Role
from consultations.acts import ROLES_FOR, Act
from consultations.models import Docket, Submission
from consultations.permissions import docket_allows, user_has_role_for

# Wagtail's names of actions, as acts of ours; what is not named nobody may do (nothing of a file is ever deleted).
DOCKET_ACTIONS: Final[Mapping[str, Act]] = {
    "view": Act.READ_FILE,
    "add": Act.CREATE_DOCKET,
    "change": Act.CHANGE_DOCKET,
}
SUBMISSION_ACTIONS: Final[Mapping[str, Act]] = {"view": Act.READ_FILE}


class ActPolicy(BasePermissionPolicy):
    """Answers Wagtail's questions about one model by the roles that our acts need."""

    def __init__(self, model: type[Docket] | type[Submission], actions: Mapping[str, Act]) -> None:
        super().__init__(model)
        self.actions = actions

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Return whether the person has a role for the action."""
        act = self.actions.get(action)
        return act is not None and user_has_role_for(user, act)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """Return whether the person has a role for the action, and the action its place in the docket's state."""
        if not self.user_has_permission(user, action):
            return False
        return not isinstance(instance, Docket) or docket_allows(self.actions[action], instance)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        """Return the people who have a role for at least one of the actions."""
        roles = {role for action in actions if action in self.actions for role in ROLES_FOR[self.actions[action]]}
        allowed = Q(groups__name__in=[role.value for role in roles])
        if Role.ADMINISTRATOR in roles:
            allowed |= Q(is_superuser=True)
        return User.objects.filter(allowed, is_active=True).distinct()


def register_policies() -> None:
    """Tell Wagtail whom to ask."""
    register_permission_policy(Docket, ActPolicy(Docket, DOCKET_ACTIONS))
    register_permission_policy(Submission, ActPolicy(Submission, SUBMISSION_ACTIONS))
