"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    """The append-only record of what happened."""

    name = "ledger"
    verbose_name = _("Record")
