"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BackupsConfig(AppConfig):
    """One archive from a running site, and the way back from it."""

    name = "backups"
    verbose_name = _("Backups")

    def ready(self) -> None:
        """Say how the record words a restoration."""
        from backups.wiring import connect  # noqa: PLC0415 -- models are ready only now

        connect()
