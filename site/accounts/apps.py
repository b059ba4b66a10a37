"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    """People who sign in: the user model, roles and sign-in."""

    name = "accounts"
    verbose_name = _("People")
    default = True

    def ready(self) -> None:
        """Keep the roles' permissions as they are written."""
        from accounts.signals import watch  # noqa: PLC0415 -- models are not there before

        watch()


class PeopleAdminConfig(WagtailUsersAppConfig):
    """Wagtail's administration of people, with our forms; stands in for `wagtail.users` in the settings."""

    user_viewset = "accounts.people.PersonViewSet"
