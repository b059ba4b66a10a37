"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrackingConfig(AppConfig):
    """Numbers that people quote, what their keys open, and guards against machines."""

    name = "tracking"
    verbose_name = _("Tracking numbers")
