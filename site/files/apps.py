"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    """Files from strangers: checked by content, kept apart, let out only as a released rendition."""

    name = "files"
    verbose_name = _("Files from the public")
