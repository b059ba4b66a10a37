"""The page for officials: how many follow what by mail, and help for a reader who asks for it."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from design.desk.act_views import HOME_CRUMBS
from design.forms import PlainForm
from following.domain import end_for_reader
from following.models import Subscription
from following.permissions import user_can_help_followers, user_can_see_subscriptions
from following.queries import counts_by_kind, subscriptions_of


class AddressForm(PlainForm):
    """Asks for the address of somebody who wants help."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address of the reader"),
        help_text=gettext_lazy("Only where the reader asked for help from this address."),
        max_length=254,
    )


class FollowersView(WagtailAdminTemplateMixin, FormView):
    """Numbers for everybody who may see them; for those who help, what one address follows.

    The address comes by POST and is answered without a redirect, so that it stands in no address and no log.
    """

    form_class: type[forms.Form] = AddressForm
    template_name = "following/desk/followers.html"
    page_title = gettext_lazy("Who follows what")
    header_icon = "rss"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in whom the permission lets in."""
        may = user_can_help_followers if request.method == "POST" else user_can_see_subscriptions
        if not may(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        return [*HOME_CRUMBS, {"url": "", "label": self.page_title}]

    def form_valid(self, form: Any) -> HttpResponse:
        """Show what the address follows."""
        email = form.cleaned_data["email"]
        return self.render_to_response(self.get_context_data(form=form, email=email, found=subscriptions_of(email)))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the numbers."""
        may_help = user_can_help_followers(self.request.user)
        return super().get_context_data(**kwargs, counts=counts_by_kind(), may_help=may_help)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End one subscription at its reader's wish."""
    if not user_can_help_followers(request.user):
        raise PermissionDenied
    end_for_reader(get_object_or_404(Subscription, pk=pk), actor=request.user)
    messages.success(request, _("It is ended: no more letters about it go to that address."))
    return redirect("following_followers")
