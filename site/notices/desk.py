"""The page for officials: letters that did not arrive, sent again singly or all, or given up for a reason."""

from typing import Any, Final

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from design.desk.office import OfficeMixin
from design.fields import LineField
from design.forms import PlainForm
from notices.domain import close_held_back_messages, close_message, retry_messages
from notices.enums import Failure
from notices.models import Message
from notices.permissions import user_can_see_failed_messages, user_can_settle_failed_messages
from notices.queries import failed_letters

_SHOWN: Final = 200


class FailedView(OfficeMixin, TemplateView):
    """Which letters did not arrive, and what the mail server said."""

    template_name = "outbox/failed.html"
    page_title = gettext_lazy("Letters that did not arrive")
    header_icon = "mail"

    def lets_in(self, user: Any) -> bool:
        """Return whether the person may see the page."""
        return user_can_see_failed_messages(user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the letters, the oldest first."""
        return super().get_context_data(
            **kwargs,
            **failed_letters(_SHOWN),
            can_settle=user_can_settle_failed_messages(self.request.user),
        )


@require_POST
def retry(request: HttpRequest, message_id: int | None = None) -> HttpResponse:
    """Let one letter be sent again, or all that did not arrive."""
    if not user_can_settle_failed_messages(request.user):
        raise PermissionDenied
    failed = Message.objects.failed()
    chosen = failed.filter(pk=message_id) if message_id else failed
    count = retry_messages(chosen.values_list("pk", flat=True))
    if count:
        words = ngettext("%(count)s letter is sent again.", "%(count)s letters are sent again.", count)
        messages.success(request, words % {"count": count})
    else:
        messages.warning(request, _("There is nothing to send again: somebody was faster."))
    return redirect("notices_failed")


@require_POST
def close_held_back(request: HttpRequest, message_id: int | None = None) -> HttpResponse:
    """Give up one letter that may have been sent before the site was lost, or all of them; the reason is known."""
    if not user_can_settle_failed_messages(request.user):
        raise PermissionDenied
    held = Message.objects.failed().filter(failure=Failure.RESTORED)
    chosen = held.filter(pk=message_id) if message_id else held
    count = close_held_back_messages(chosen.values_list("pk", flat=True))
    if count:
        words = ngettext("%(count)s letter is given up.", "%(count)s letters are given up.", count)
        messages.success(request, words % {"count": count})
    else:
        messages.warning(request, _("There is nothing to give up: somebody was faster."))
    return redirect("notices_failed")


class CloseForm(PlainForm):
    """Why a letter is given up."""

    why = LineField(
        label=gettext_lazy("Why is it given up?"),
        help_text=gettext_lazy("For example: “Sent by post on 3 March.” Officials and auditors read it."),
        max_length=300,
        required=True,
    )


class CloseView(OfficeMixin, FormView):
    """Asks for the reason, and gives a letter up."""

    form_class: type[forms.Form] = CloseForm
    template_name = "outbox/close.html"
    page_title = gettext_lazy("Give up a letter")
    header_icon = "mail"

    def lets_in(self, user: Any) -> bool:
        """Return whether the person may see the page."""
        return user_can_settle_failed_messages(user)

    @cached_property
    def message(self) -> Message:
        """The letter."""
        return get_object_or_404(Message, pk=self.kwargs["message_id"])

    def pages_above(self) -> list[dict[str, Any]]:
        """Return the list of letters."""
        return [{"url": reverse("notices_failed"), "label": FailedView.page_title}]

    def get_page_subtitle(self) -> str:
        """Return which letter."""
        return self.message.subject

    def form_valid(self, form: Any) -> HttpResponse:
        """Give it up."""
        with transaction.atomic():
            closed = close_message(self.message, why=form.cleaned_data["why"])
        if closed:
            messages.success(self.request, _("The letter is given up. Its words are gone."))
        else:
            messages.warning(self.request, _("This letter is no longer among those that did not arrive."))
        return redirect("notices_failed")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the page says besides its form."""
        return super().get_context_data(**kwargs, letter=self.message, back_url=reverse("notices_failed"))
