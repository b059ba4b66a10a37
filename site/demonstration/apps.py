"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemonstrationConfig(AppConfig):
    """The demonstration: a fictional Party built through the domain functions, removable exactly."""

    name = "demonstration"
    verbose_name = _("Demonstration")

    def ready(self) -> None:
        """Give the invented countries their names, and the record the words for a removal."""
        from demonstration.country.geography import COUNTRY_NAMES  # noqa: PLC0415 -- as below
        from ledger.labels import AreaLabels, Subject, describe  # noqa: PLC0415 -- as below
        from register.countries import name_country  # noqa: PLC0415 -- other applications are loaded only now

        describe(
            self.name,
            AreaLabels(
                title=_("Demonstration"),
                verbs={"demonstration_removed": _("The demonstration was removed.")},
                subjects={"demonstration": Subject(_("Demonstration"))},
                facts={"entries_that_stay": _("Entries that stay")},
            ),
        )
        for code, names in COUNTRY_NAMES.items():
            name_country(code, names)
