"""What is done to accounts: the public names of this package."""

from accounts.domain.erasure import erase_account
from accounts.domain.roles import ensure_page_permissions, ensure_roles, give_role, take_role
from accounts.domain.second_factor import reset_second_factor

__all__ = ["ensure_page_permissions", "ensure_roles", "erase_account", "give_role", "reset_second_factor", "take_role"]
