"""Who may do what with the register in /admin/; the public reads all of it without asking."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.permissions import has_role
from accounts.roles import Role


def user_can_choose_threshold_set(user: Any) -> bool:
    """Return whether the person may say which thresholds apply here: that is the law of the Party, not a wording."""
    return has_role(user, Role.ADMINISTRATOR)


class OnlyThese(ModelPermissionPolicy):
    """Django's permissions of a model, but never more than the named acts.

    Entries of the register come from loads alone: no role, an administrator's neither, edits them by hand.
    """

    def __init__(self, model: type[Model], *acts: str) -> None:
        super().__init__(model)
        self.acts = frozenset({"view", *acts})

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Return whether the person may do this to some instance; whoever may change may also see."""
        if action not in self.acts:
            return False
        return super().user_has_permission(user, action) or (
            action == "view" and any(super(OnlyThese, self).user_has_permission(user, act) for act in self.acts)
        )

    def users_with_any_permission(self, actions: Any) -> Any:
        """Return who may do any of these."""
        allowed = self.acts.intersection(actions)
        return super().users_with_any_permission(allowed) if allowed else get_user_model().objects.none()
