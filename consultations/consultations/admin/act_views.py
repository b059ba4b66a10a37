"""What the pages of all acts on consultations have in common; the rest they share with every area's desk."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from consultations.acts import DOCKET_RULES, Act
from consultations.admin.logs import log_act
from consultations.models import Docket
from consultations.permissions import docket_allows, user_has_role_for
from design.desk import act_views
from design.desk.act_views import HOME_CRUMBS


def docket_crumbs(docket: Docket) -> list[dict[str, Any]]:
    """Return the way from the admin's home page to a docket's desk."""
    return [
        *HOME_CRUMBS,
        {"url": reverse("dockets:index"), "label": Docket._meta.verbose_name_plural.capitalize()},
        {"url": reverse("dockets:desk", args=[docket.pk]), "label": str(docket)},
    ]


class RoleRequiredMixin(act_views.RoleRequiredMixin):
    """Lets in only those who have a role for the act of the view."""

    act: ClassVar[Act]

    def has_role(self, user: Any) -> bool:
        """Return whether a person has a role for the act."""
        return user_has_role_for(user, self.act)


class ConsultationActView(RoleRequiredMixin, act_views.ActView):
    """The page of an act on a docket."""

    act: ClassVar[Act]
    docket: Docket

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the docket."""
        super().setup(request, *args, **kwargs)
        self.docket = self.get_docket()

    def get_docket(self) -> Docket:
        """Return the docket that the act is about."""
        return get_object_or_404(Docket.objects.with_periods(), pk=self.kwargs["pk"])

    def refusal_now(self) -> str:
        """Return why the act has no place in the present state; nothing where it has."""
        return "" if docket_allows(self.act, self.docket) else str(DOCKET_RULES[self.act].refusal)

    def log_subject(self) -> Any:
        """Return in whose history the act is written."""
        return self.docket

    def log(self) -> None:
        """Write the act into the history of its subject."""
        log_act(self.act, self.log_subject(), actor=self.request.user)

    def get_back_url(self) -> str:
        """Return where the link beside the button leads."""
        return reverse("dockets:desk", args=[self.docket.pk])

    def get_page_subtitle(self) -> str:
        """Return what it is about."""
        return str(self.docket)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        return [*docket_crumbs(self.docket), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the docket."""
        return super().get_context_data(**kwargs, docket=self.docket)
