"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    """A person's data: what is held, how long and why, and how it is erased."""

    name = "privacy"
    verbose_name = _("Personal data")

    def ready(self) -> None:
        """Enter what the rooms below hold, which do not know this one, and say what this one's letters are about."""
        from notices.naming import call_subject  # noqa: PLC0415 -- models are ready only now
        from privacy import lower_rooms, sweeping  # noqa: PLC0415 -- models are ready only now

        lower_rooms.enter()
        sweeping.enter()
        call_subject("privacy", self.verbose_name)
