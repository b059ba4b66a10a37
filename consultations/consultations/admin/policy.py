"""How Wagtail's own machinery asks who may do what: every answer comes from `acts.py` and `permissions.py`."""

from collections.abc import Mapping
from typing import Any, Final

from wagtail.permissions import register_permission_policy

from accounts.policies import RolePolicy
from consultations.acts import ROLES_FOR, Act
from consultations.models import Docket, Submission
from consultations.permissions import docket_allows

# Wagtail's names of actions, as acts of ours; what is not named nobody may do (nothing of a file is ever deleted).
DOCKET_ACTIONS: Final[Mapping[str, Act]] = {
    "view": Act.READ_FILE,
    "add": Act.CREATE_DOCKET,
    "change": Act.CHANGE_DOCKET,
}


def _docket_allows(user: Any, action: str, docket: Docket) -> bool:
    return docket_allows(DOCKET_ACTIONS[action], docket)


def register_policies() -> None:
    """Tell Wagtail whom to ask."""
    actions = {action: ROLES_FOR[act] for action, act in DOCKET_ACTIONS.items()}
    register_permission_policy(Docket, RolePolicy(Docket, actions, _docket_allows))
    register_permission_policy(Submission, RolePolicy(Submission, {"view": ROLES_FOR[Act.READ_FILE]}))
