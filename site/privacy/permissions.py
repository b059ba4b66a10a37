"""Who may do what with a person's data: views, templates, the admin and the domain functions all ask here."""

from typing import Any

from accounts.permissions import has_role, roles_of
from accounts.roles import Role
from privacy.holdings import Held, Proof


def person_can_see(proof: Proof, held: Held) -> bool:
    """Return whether a thing is held about whoever has shown who she is: found anew, and never by its number alone."""
    return any(own.key == held.key for own in held.holding.find(proof))


def person_can_erase(proof: Proof, held: Held) -> bool:
    """Return whether whoever has shown who she is may have her identity erased here: it is hers, and still there."""
    return held.is_identified and person_can_see(proof, held)


def person_can_hide_name(proof: Proof, held: Held) -> bool:
    """Return whether she may have her name alone taken out of what is published."""
    return held.shows_name and person_can_see(proof, held)


def person_can_erase_account(user: Any) -> bool:
    """Return whether somebody may erase the own account: officials first hand back their roles."""
    return bool(user.is_active) and not roles_of(user) and not user.is_superuser and not user.is_staff


def user_can_erase_for_others(user: Any) -> bool:
    """Return whether an official may erase somebody who asked for it by letter."""
    return has_role(user, Role.ADMINISTRATOR)


def user_can_set_retention(user: Any) -> bool:
    """Return whether an official may say how long things are kept."""
    return has_role(user, Role.ADMINISTRATOR)


def user_can_read_erasures(user: Any) -> bool:
    """Return whether an official may read which erasures there were; they name nobody."""
    return has_role(user, Role.ADMINISTRATOR, Role.AUDITOR, Role.CASE_OFFICER)
