"""Who may do what with accounts and in /admin/; views, templates, the admin and other areas ask here."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings

from accounts.roles import Role

_CACHE = "_accounts_roles"


def roles_of(user: Any) -> frozenset[Role]:
    """Return the roles that count for this person; an auditor has no other, so that auditing stays reading.

    A superuser counts as administrator. The answer is kept on the user object, that is for one request.
    """
    if not getattr(user, "is_active", False) or user.is_anonymous:
        return frozenset()
    roles: frozenset[Role] | None = getattr(user, _CACHE, None)
    if roles is None:
        names = set(user.groups.values_list("name", flat=True))
        roles = frozenset(role for role in Role if role.value in names)
        if Role.AUDITOR in roles:
            roles = frozenset({Role.AUDITOR})
        elif user.is_superuser:
            roles |= {Role.ADMINISTRATOR}
        setattr(user, _CACHE, roles)
    return roles


def forget_roles(user: Any) -> None:
    """Forget what was kept on the user object, because roles have changed."""
    for name in (_CACHE, "_perm_cache", "_group_perm_cache", "_user_perm_cache"):
        if hasattr(user, name):
            delattr(user, name)


def has_role(user: Any, *roles: Role | str) -> bool:
    """Return whether the person has at least one of these roles."""
    return not roles_of(user).isdisjoint(Role(role) for role in roles)


def user_only_reads(user: Any) -> bool:
    """Return whether the person is an auditor, who reads everything in /admin/ and changes nothing."""
    return has_role(user, Role.AUDITOR)


def user_can_enter_admin(user: Any) -> bool:
    """Return whether the person may open /admin/ (whether a second factor is still missing is another question)."""
    return bool(getattr(user, "is_active", False)) and user.has_perm("wagtailadmin.access_admin")


def user_has_second_factor(user: Any) -> bool:
    """Return whether the person has an authenticator app or a passkey."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return Authenticator.objects.filter(user=user, type__in=kinds).exists()


def user_needs_second_factor(user: Any) -> bool:
    """Return whether the person has to set up a second factor before /admin/ opens."""
    return settings.ADMIN_REQUIRES_SECOND_FACTOR and user_can_enter_admin(user) and not user_has_second_factor(user)


def user_can_manage_person(user: Any, person: Any) -> bool:
    """Return whether somebody may change this person's account; a superuser's only if they are one."""
    return (
        user.has_perm("accounts.change_user") and not user_only_reads(user) and user.is_superuser >= person.is_superuser
    )


def user_can_reset_second_factor(user: Any, person: Any) -> bool:
    """Return whether somebody may take this person's second factors away; one's own one removes oneself."""
    return user_can_manage_person(user, person) and user.pk != person.pk
