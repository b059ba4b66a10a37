"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """What the worker does: again after a failure, after a crash, and when its time has come."""

    name = "jobs"
    verbose_name = _("Jobs")
