"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role


class LearningConfig(AppConfig):
    """Guidance and training (Art. 15)."""

    name = "learning"
    verbose_name = _("Learning")

    # What opens the officials' pages; each act is then allowed or not by `permissions.py`.
    role_permissions = {
        Role.EDITOR: ("view_item", "add_item", "change_item", "delete_item", "view_programme", "change_programme"),
        Role.FACILITATOR: ("view_item", "view_programme", "view_award"),
    }

    def ready(self) -> None:
        """Connect this room with those below it."""
        from learning.wiring import connect  # noqa: PLC0415 -- models are ready only now

        connect()
