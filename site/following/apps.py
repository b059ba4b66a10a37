"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowingConfig(AppConfig):
    """Following what happens: by mail, Atom feed or calendar, with a yes before and one click to stop."""

    name = "following"
    verbose_name = _("Following")
