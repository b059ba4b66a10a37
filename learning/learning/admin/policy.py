"""How Wagtail's own machinery asks who may do what: every answer comes from `acts.py`."""

from wagtail.permissions import register_permission_policy

from accounts.policies import RolePolicy
from learning.acts import ROLES_FOR, Act
from learning.models import Award, Item, Module, Programme


def register_policies() -> None:
    """Tell Wagtail whom to ask; what is not named nobody may do: no certificate is changed, no programme deleted."""
    reading, writing = ROLES_FOR[Act.READ_ITEMS], ROLES_FOR[Act.WRITE_ITEMS]
    rules = {"view": reading, "add": writing, "change": writing}
    register_permission_policy(Programme, RolePolicy(Programme, rules))
    register_permission_policy(Module, RolePolicy(Module, rules))
    register_permission_policy(Item, RolePolicy(Item, {**rules, "delete": writing}))
    register_permission_policy(Award, RolePolicy(Award, {"view": ROLES_FOR[Act.READ_AWARDS]}))
