"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role

# What everybody who works here may look up in /admin/; the entries themselves come from loads alone.
_READING = (
    "view_activity",
    "view_facility",
    "view_operation",
    "view_pollutant",
    "view_registerload",
    "view_rulechange",
    "view_thresholdset",
    "view_withheldinformation",
)
# Names in three languages, and whether somebody has reviewed them.
_NAMING = ("change_activity", "change_operation", "change_pollutant", "change_thresholdset")


class RegisterConfig(AppConfig):
    """The register: pollutants, facilities, releases and transfers (Arts. 5, 7, 12(3))."""

    name = "register"
    verbose_name = _("Register")

    role_permissions = {
        Role.EDITOR: (*_READING, *_NAMING),
        Role.CASE_OFFICER: (*_READING, "add_rulechange", "change_rulechange", "delete_rulechange"),
        Role.DECISION_MAKER: _READING,
        Role.FACILITATOR: _READING,
        Role.REVIEWER: _READING,
    }

    def ready(self) -> None:
        """Let pollutants, facilities and searches be followed, and tell those who follow the site of new data."""
        from register.followed import let_register_be_followed  # noqa: PLC0415 -- models are ready only now

        let_register_be_followed()
