"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """Messages to people, sent by the worker."""

    name = "notices"
    verbose_name = _("Messages")

    def ready(self) -> None:
        """Connect this room with those below it."""
        from notices.wiring import connect  # noqa: PLC0415 -- models are ready only now

        connect()
