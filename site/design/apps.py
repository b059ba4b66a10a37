"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DesignConfig(AppConfig):
    """How the site looks: components, template tags, forms, formats and the one rich-text policy."""

    name = "design"
    verbose_name = _("Design")

    def ready(self) -> None:
        """Renew kept public pages with every write that they may show."""
        from design.freshness import watch_models  # noqa: PLC0415 -- models are not there before

        watch_models()
