"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReceiptsConfig(AppConfig):
    """Slips that prove, offline and years later, what somebody handed in and what became of it."""

    name = "receipts"
    verbose_name = _("Receipts")
