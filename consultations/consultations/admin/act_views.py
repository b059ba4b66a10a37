"""What the pages of all acts have in common: who may, has it its place now, what is said when it is refused."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from consultations.acts import DOCKET_RULES, Act
from consultations.admin.logs import log_act
from consultations.models import Docket
from consultations.permissions import docket_allows, user_has_role_for
from consultations.refusals import Refusal

HOME_CRUMBS = WagtailAdminTemplateMixin.breadcrumbs_items


def docket_crumbs(docket: Docket) -> list[dict[str, Any]]:
    """Return the way from the admin's home page to a docket's desk."""
    return [
        *HOME_CRUMBS,
        {"url": reverse("dockets:index"), "label": Docket._meta.verbose_name_plural.capitalize()},
        {"url": reverse("dockets:desk", args=[docket.pk]), "label": str(docket)},
    ]


class RoleRequiredMixin:
    """Lets in only those who have a role for the act of the view."""

    act: ClassVar[Act]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse, or go on."""
        if not user_has_role_for(request.user, self.act):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # mixed into a view


class ActView(RoleRequiredMixin, WagtailAdminTemplateMixin, FormView):
    """A page that asks what an act needs, says what will happen, and does it by its domain function.

    A refusal comes back as sentences above the form; whatever was typed stays.
    """

    form_class: type[Form] = Form
    template_name = "consultations/admin/act.html"
    header_icon = "form"
    submit_label: ClassVar[Promise | str] = ""
    is_grave: ClassVar[bool] = False  # shown in red: it cannot be undone
    done_message: ClassVar[Promise | str] = ""
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

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, or say why there is none."""
        refusal = self.refusal_now()
        if refusal:
            messages.warning(request, refusal)
            return redirect(self.get_back_url())
        return super().get(request, *args, **kwargs)

    def perform(self, form: Any) -> Any:
        """Do the act by its domain function; return what it returns."""
        raise TypeError(f"{type(self).__name__} does not say what it does.")

    def log_subject(self) -> Any:
        """Return in whose history the act is written."""
        return self.docket

    def form_valid(self, form: Any) -> HttpResponse:
        """Do the act and say so, or show what stands in its way."""
        try:
            with transaction.atomic():
                result = self.perform(form)
                log_act(self.act, self.log_subject(), actor=self.request.user)
        except Refusal as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
            return self.form_invalid(form)
        messages.success(self.request, self.get_done_message(result), buttons=self.get_done_buttons())
        return redirect(self.get_success_url())

    def get_done_message(self, result: Any) -> str:
        """Return what is said when it is done."""
        return str(self.done_message)

    def get_done_buttons(self) -> list[Any]:
        """Return the ways on that are offered with the message."""
        return []

    def get_back_url(self) -> str:
        """Return where the link beside the button leads."""
        return reverse("dockets:desk", args=[self.docket.pk])

    def get_success_url(self) -> str:
        """Return where one is when it is done."""
        return self.get_back_url()

    def get_page_title(self) -> str:
        """Return the act in words."""
        return str(self.page_title or self.act.label)

    def get_page_subtitle(self) -> str:
        """Return what it is about."""
        return str(self.docket)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        return [*docket_crumbs(self.docket), {"url": "", "label": self.get_page_title()}]

    def consequences(self) -> list[str]:
        """Return what will happen, in sentences."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the page says besides its form, and what the fields of the form need to work."""
        kwargs.setdefault("form", self.get_form())
        return super().get_context_data(
            **kwargs,
            media=kwargs["form"].media,
            docket=self.docket,
            consequences=self.consequences(),
            submit_label=self.submit_label or self.act.label,
            is_grave=self.is_grave,
            back_url=self.get_back_url(),
            back_label=_("Back without doing it"),
        )
