"""How Wagtail's own machinery asks who may do what: by roles, as the areas' tables of acts name them."""

from collections.abc import Callable, Iterable, Mapping, Set
from typing import Any

from django.db.models import Model, Q, QuerySet
from wagtail.permission_policies import BasePermissionPolicy

from accounts.models import User
from accounts.permissions import has_role
from accounts.roles import Role


class RolePolicy(BasePermissionPolicy):
    """Answers Wagtail's questions about one model; what is not named nobody may do.

    `actions` gives the roles for each of Wagtail's names of actions; `allows` says of one person, action and instance
    what the roles alone cannot say.
    """

    def __init__(
        self,
        model: type[Model],
        actions: Mapping[str, Set[Role]],
        allows: Callable[[Any, str, Any], bool] | None = None,
    ) -> None:
        super().__init__(model)
        self.actions = actions
        self.allows = allows

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Return whether the person has a role for the action."""
        return has_role(user, *self.actions.get(action, ()))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """Return whether the person has a role for the action, and the action its place with this instance."""
        return self.user_has_permission(user, action) and (self.allows is None or self.allows(user, action, instance))

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        """Return the people who have a role for at least one of the actions."""
        roles = {role for action in actions for role in self.actions.get(action, ())}
        allowed = Q(groups__name__in=[role.value for role in roles])
        if Role.ADMINISTRATOR in roles:
            allowed |= Q(is_superuser=True)
        return User.objects.filter(allowed, is_active=True).distinct()
