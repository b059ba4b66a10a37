"""Application configuration."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import pre_delete
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
        """Take people out of the record before their account goes; offer the register a lesson; say what is held."""
        from learning import held  # noqa: PLC0415 -- models are ready only now
        from learning.domain.awards import AREA, CERTIFICATE  # noqa: PLC0415 -- as above
        from learning.domain.commitments import words_behind_certificate  # noqa: PLC0415 -- as above
        from learning.register_links import reading_such_numbers  # noqa: PLC0415 -- models are ready only now
        from ledger.private import registry  # noqa: PLC0415 -- as above
        from privacy.holdings import add_holding  # noqa: PLC0415 -- as above
        from privacy.retaining import add_retention  # noqa: PLC0415 -- as above
        from register.links import add_pollutant_links  # noqa: PLC0415 -- as above

        add_pollutant_links(self.name, _("How to read this number"), reading_such_numbers)
        add_holding(held.LearningHolding(), order=30)
        add_retention(held.LEARNERS_KEPT, order=30)
        registry.add(AREA, CERTIFICATE, words_behind_certificate)
        pre_delete.connect(_erase, sender=settings.AUTH_USER_MODEL, dispatch_uid="learning.erase_learner")


def _erase(instance: Any, **kwargs: Any) -> None:
    from learning.domain import erase_learner  # noqa: PLC0415 -- models are ready only then

    erase_learner(instance)
