"""Who may do what in learning: the acts of officials and their roles. Learners need no role, only an account."""

from collections.abc import Mapping
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role


class Act(TextChoices):
    """What an official can do; the labels are the words on buttons."""

    READ_ITEMS = "read_items", _("Read programmes and questions")
    WRITE_ITEMS = "write_items", _("Write programmes and questions")
    READ_AWARDS = "read_awards", _("Read the list of certificates")
    REVOKE_AWARD = "revoke_award", _("Revoke a certificate")


ROLES_FOR: Final[Mapping[Act, frozenset[Role]]] = {
    Act.READ_ITEMS: frozenset({Role.EDITOR, Role.FACILITATOR, Role.AUDITOR, Role.ADMINISTRATOR}),
    Act.WRITE_ITEMS: frozenset({Role.EDITOR, Role.ADMINISTRATOR}),
    Act.READ_AWARDS: frozenset({Role.FACILITATOR, Role.AUDITOR, Role.ADMINISTRATOR}),
    Act.REVOKE_AWARD: frozenset({Role.ADMINISTRATOR}),
}
