"""What the pages of all acts on requests have in common; the rest they share with every area's desk."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from design.desk import act_views
from design.desk.act_views import HOME_CRUMBS
from design.phrases import labelled
from inforequests.acts import STAGE_RULES, Act
from inforequests.admin.logs import log_act
from inforequests.models import InformationRequest, RequestItem
from inforequests.permissions import request_allows, user_has_role_for


def request_crumbs(request: InformationRequest) -> list[dict[str, Any]]:
    """Return the way from the admin's home page to a request's desk."""
    return [
        *HOME_CRUMBS,
        {"url": reverse("requests:index"), "label": _("Requests")},
        {"url": reverse("requests:desk", args=[request.pk]), "label": request.tracking_number},
    ]


def desk_queryset() -> Any:
    """Return the requests with all that a desk shows."""
    return InformationRequest.objects.with_items()


class RoleRequiredMixin(act_views.RoleRequiredMixin):
    """Lets in only those who have a role for the act of the view."""

    act: ClassVar[Act]

    def has_role(self, user: Any) -> bool:
        """Return whether a person has a role for the act."""
        return user_has_role_for(user, self.act)


class RequestActView(RoleRequiredMixin, act_views.ActView):
    """The page of an act on a request."""

    act: ClassVar[Act]
    subject: InformationRequest

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the request."""
        super().setup(request, *args, **kwargs)
        self.subject = get_object_or_404(desk_queryset(), pk=self.kwargs["pk"])

    def refusal_now(self) -> str:
        """Return why the act has no place in the present stage; nothing where it has."""
        return "" if request_allows(self.act, self.subject) else str(STAGE_RULES[self.act].refusal)

    def log(self) -> None:
        """Write the act into the request's history."""
        log_act(self.act, self.subject, actor=self.request.user)

    def get_back_url(self) -> str:
        """Return where the link beside the button leads."""
        return reverse("requests:desk", args=[self.subject.pk])

    def get_page_subtitle(self) -> str:
        """Return what it is about."""
        return labelled(self.subject.tracking_number, self.subject.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        return [*request_crumbs(self.subject), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the request."""
        return super().get_context_data(**kwargs, subject=self.subject)


class ItemActView(RequestActView):
    """The page of an act on one thing asked; its words stand above the form."""

    template_name = "inforequests/admin/item_act.html"
    item: RequestItem

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the item."""
        super().setup(request, *args, **kwargs)
        item = next((item for item in self.subject.sorted_items if item.number == self.kwargs["number"]), None)
        if item is None:
            raise Http404
        item.request = self.subject
        self.item = item

    def refusal_now(self) -> str:
        """Return why the act has no place now; nothing where it has."""
        refusal = super().refusal_now()
        if not refusal and self.item.answered_at is not None:
            return _("The answer to this question was sent: it stands as it is, unless a review re-opens it.")
        return refusal

    def get_back_url(self) -> str:
        """Lead back to the question on the desk."""
        return f"{super().get_back_url()}#question-{self.item.number}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the item."""
        return super().get_context_data(**kwargs, item=self.item)
