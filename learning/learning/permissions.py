"""Who may do what in learning: views, templates, the admin and the domain functions all ask here."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.permissions import has_role
from learning.acts import ROLES_FOR, Act
from learning.models import Award, Registration


def user_has_role_for(user: Any, act: Act) -> bool:
    """Return whether the person has a role for an act."""
    return has_role(user, *ROLES_FOR[act])


def require(act: Act, user: Any) -> None:
    """Insist that a person may do an act; raises PermissionDenied with a sentence."""
    if not user_has_role_for(user, act):
        raise PermissionDenied(_("Your role does not allow this: %(act)s.") % {"act": act.label})


def user_can_read_items(user: Any) -> bool:
    """Return whether the person may read programmes and questions, right answers included."""
    return user_has_role_for(user, Act.READ_ITEMS)


def user_can_write_items(user: Any) -> bool:
    """Return whether the person may write programmes and questions."""
    return user_has_role_for(user, Act.WRITE_ITEMS)


def user_can_read_awards(user: Any) -> bool:
    """Return whether the person may read who has which certificate."""
    return user_has_role_for(user, Act.READ_AWARDS)


def user_can_revoke_award(user: Any, award: Award) -> bool:
    """Return whether the person may revoke a certificate; whether it is revoked already is another question."""
    return user_has_role_for(user, Act.REVOKE_AWARD)


def user_can_take_assessment(user: Any) -> bool:
    """Return whether the person may take an assessment: everybody with an account (its address is confirmed)."""
    return bool(getattr(user, "is_authenticated", False) and user.is_active)


def user_holds(user: Any, registration: Registration) -> bool:
    """Return whether a registration is the person's own: only they see its papers and download its certificates."""
    return user_can_take_assessment(user) and registration.user_id == user.pk
