"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """The project: settings, addresses, home and standard pages, site search."""

    name = "portal"
    verbose_name = _("Site")

    def ready(self) -> None:
        """Register the checks of settings, say who is answerable for the site and what a page of text is."""
        from design.guidance import provide_text_page  # noqa: PLC0415 -- models are ready only now
        from design.publisher import provide_publisher  # noqa: PLC0415 -- as above
        from portal import checks  # noqa: F401, PLC0415 -- registers itself, when settings are there
        from portal.models import StandardPage, named_publisher  # noqa: PLC0415 -- as above

        provide_publisher(named_publisher)
        provide_text_page(StandardPage)
