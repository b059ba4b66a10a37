"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role

_WRITING = tuple(
    f"{act}_{model}" for model in ("glossaryterm", "reference") for act in ("add", "change", "delete", "view")
)


class ExplainersConfig(AppConfig):
    """Plain-language pages on pollutants (Arts. 5 and 15(1))."""

    name = "explainers"
    verbose_name = _("Explainers")

    # Pages are an editor's already (accounts/roles.py); these are what the pages link to.
    role_permissions = {Role.EDITOR: _WRITING}

    def ready(self) -> None:
        """Connect this room with those below it."""
        from explainers.wiring import connect  # noqa: PLC0415 -- models are ready only now

        connect()
