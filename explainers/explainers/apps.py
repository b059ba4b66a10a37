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
        """Offer the explainers to whoever names a pollutant, and keep what stood beside a text that is published."""
        from wagtail.signals import page_published  # noqa: PLC0415 -- models are ready only now

        from explainers import followed, register_links  # noqa: PLC0415 -- as above
        from explainers.models import ExplainerPage  # noqa: PLC0415 -- as above
        from explainers.signals import keep_reviewed_facts  # noqa: PLC0415 -- as above
        from following import subjects  # noqa: PLC0415 -- as above
        from register.links import add_pollutant_links, provide_explanations  # noqa: PLC0415 -- as above

        add_pollutant_links(self.name, _("In plain words"), register_links.explaining_pollutant, stands_first=True)
        provide_explanations(register_links.explaining_pollutants)
        page_published.connect(keep_reviewed_facts, sender=ExplainerPage, dispatch_uid="explainers.review")
        subjects.add_happenings("pollutant", self.name, followed.explainer_changed)
