"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    """A person's data: what is held, how long and why, and how it is erased."""

    name = "privacy"
    verbose_name = _("Personal data")

    def ready(self) -> None:
        """Enter what the rooms below hold, which do not know this one, and tell them what they need of it."""
        from ledger.repeating import repeat_by  # noqa: PLC0415 -- models are ready only now
        from notices.naming import call_subject  # noqa: PLC0415 -- the same
        from privacy import lower_rooms, sweeping  # noqa: PLC0415 -- the same
        from privacy.domain import noted_here, repeat_here  # noqa: PLC0415 -- the same

        lower_rooms.enter()
        sweeping.enter()
        repeat_by(noted_here, repeat_here)
        call_subject("privacy", self.verbose_name)
