"""Application configuration: an application without models, so that its translations are found."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChartsConfig(AppConfig):
    """Charts: one description gives the drawing, the words, the table and the file."""

    name = "charts"
    verbose_name = _("Charts")
