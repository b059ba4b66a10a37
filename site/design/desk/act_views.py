"""What the pages of all acts have in common: who may, has it its place now, what is said when it is refused."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from design.refusals import Refusal

HOME_CRUMBS = WagtailAdminTemplateMixin.breadcrumbs_items


class RoleRequiredMixin:
    """Lets in only those who have a role for the act of the view; each area says how that is asked."""

    act: ClassVar[models.TextChoices]

    def has_role(self, user: Any) -> bool:
        """Return whether a person has a role for the act."""
        raise TypeError(f"{type(self).__name__} does not say whom it lets in.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse, or go on."""
        if not self.has_role(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # mixed into a view


class ActView(RoleRequiredMixin, WagtailAdminTemplateMixin, FormView):
    """A page that asks what an act needs, says what will happen, and does it by its domain function.

    A refusal comes back as sentences above the form; whatever was typed stays.
    """

    form_class: type[Form] = Form
    template_name = "desk/act.html"
    header_icon = "form"
    submit_label: ClassVar[Promise | str] = ""
    is_grave: ClassVar[bool] = False  # shown in red: it cannot be undone
    done_message: ClassVar[Promise | str] = ""

    def refusal_now(self) -> str:
        """Return why the act has no place in the present state; nothing where it has."""
        raise TypeError(f"{type(self).__name__} does not say when it has its place.")

    def perform(self, form: Any) -> Any:
        """Do the act by its domain function; return what it returns."""
        raise TypeError(f"{type(self).__name__} does not say what it does.")

    def log(self) -> None:
        """Write the act into the history of its subject."""
        raise TypeError(f"{type(self).__name__} does not say in whose history it is written.")

    def get_back_url(self) -> str:
        """Return where the link beside the button leads."""
        raise TypeError(f"{type(self).__name__} does not say where it leads back.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, or say why there is none."""
        refusal = self.refusal_now()
        if refusal:
            messages.warning(request, refusal)
            return redirect(self.get_back_url())
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Do the act and say so, or show what stands in its way."""
        refusal_now = self.refusal_now()
        if refusal_now:
            form.add_error(None, refusal_now)
            return self.form_invalid(form)
        try:
            with transaction.atomic():
                result = self.perform(form)
                self.log()
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

    def get_success_url(self) -> str:
        """Return where one is when it is done."""
        return self.get_back_url()

    def get_page_title(self) -> str:
        """Return the act in words."""
        return str(self.page_title or self.act.label)

    def consequences(self) -> list[str]:
        """Return what will happen, in sentences."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the page says besides its form, and what the fields of the form need to work."""
        kwargs.setdefault("form", self.get_form())
        return super().get_context_data(
            **kwargs,
            media=kwargs["form"].media,
            consequences=self.consequences(),
            submit_label=self.submit_label or self.act.label,
            is_grave=self.is_grave,
            back_url=self.get_back_url(),
            back_label=_("Back without doing it"),
        )
