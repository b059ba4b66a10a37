"""Opening a file and changing it."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.widgets.button import HeaderButton

from consultations.acts import DOCKET_RULES, Act
from consultations.admin.act_views import HOME_CRUMBS, docket_crumbs
from consultations.admin.logs import log_act
from consultations.domain import add_period, change_docket, create_docket
from consultations.domain.proposals import proposal_lock
from consultations.models import Docket
from consultations.permissions import docket_allows, user_has_role_for
from consultations.refusals import Refusal


class StoringMixin:
    """Stores the form's docket by a domain function; a refusal becomes sentences above the form."""

    template_name = "consultations/admin/docket_form.html"
    act: ClassVar[Act]

    def store(self, form: Any) -> Docket:
        """Store what the form holds and return it."""
        raise TypeError(f"{type(self).__name__} does not say how to store.")

    def form_valid(self, form: Any) -> HttpResponse:
        """Store, log and lead to the desk; or show what stands in the way, with everything typed kept."""
        self.form = form
        request: HttpRequest = self.request  # type: ignore[attr-defined]  # mixed into a view
        try:
            with transaction.atomic():
                docket = self.store(form)
                if form.has_new_period:
                    add_period(docket, actor=request.user, **form.period)
                    log_act(Act.PLAN_PERIOD, docket, actor=request.user)
                log_act(self.act, docket, actor=request.user)
        except Refusal as refusal:
            return self._refused(form, list(refusal.sentences))
        except ValidationError as error:
            return self._refused(form, error.messages)
        self.object = docket
        messages.success(request, self.stored_message(docket))
        return redirect(reverse("dockets:desk", args=[docket.pk]))

    def stored_message(self, docket: Docket) -> str:
        """Return what is said when it is stored."""
        return _now("%(docket)s is saved.") % {"docket": docket}

    def _refused(self, form: Any, sentences: list[str]) -> HttpResponse:
        for sentence in sentences:
            form.add_error(None, sentence)
        self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]  # Wagtail's view
        return self.form_invalid(form)  # type: ignore[attr-defined]  # the same


class DocketCreateView(StoringMixin, CreateView):
    """Opens the file of a new consultation."""

    act = Act.CREATE_DOCKET
    header_icon = "comment"
    page_title = _("New consultation")
    submit_button_label = _("Open the file")
    submit_button_active_label = _("Saving…")
    error_message = _("The consultation is not saved yet: see what is marked.")

    def store(self, form: Any) -> Docket:
        """Open the file."""
        return create_docket(form.save(commit=False), actor=self.request.user)

    def stored_message(self, docket: Docket) -> str:
        """Return what is said when it is stored."""
        return _now("The file of %(docket)s is open. The public does not see it yet.") % {"docket": docket}

    def get_page_subtitle(self) -> str:
        """Return nothing: the title says all."""
        return ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        index = {"url": reverse("dockets:index"), "label": _("Consultations")}
        return [*HOME_CRUMBS, index, {"url": "", "label": self.get_page_title()}]


class DocketEditView(StoringMixin, EditView):
    """Changes the file; what may still change, the domain decides."""

    act = Act.CHANGE_DOCKET
    header_icon = "comment"
    error_message = _("The consultation is not saved: see what is marked.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form; a file that has come to its end is read on its desk."""
        docket = self.get_object()
        if not docket_allows(self.act, docket):
            messages.warning(request, str(DOCKET_RULES[self.act].refusal))
            return redirect(reverse("dockets:desk", args=[docket.pk]))
        return super().get(request, *args, **kwargs)

    def store(self, form: Any) -> Docket:
        """Store the changes."""
        return change_docket(form.save(commit=False), actor=self.request.user)

    def get_side_panels(self) -> Any:
        """Show none: history and state are on the desk."""
        return MediaContainer([])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        return [*docket_crumbs(self.object), {"url": "", "label": _now("Change the file")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add why the proposal cannot be changed, where it cannot."""
        return {**super().get_context_data(**kwargs), "proposal_lock": proposal_lock(self.object, timezone.now())}


class ReadableHistoryMixin:
    """Wagtail's history for everybody who may read the file; it changes nothing."""

    any_permission_required: ClassVar = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse, or go on."""
        if not user_has_role_for(request.user, Act.READ_FILE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # mixed into a view


class DocketHistoryView(ReadableHistoryMixin, HistoryView):
    """Who did what with a docket, and when."""

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """Lead back to the desk."""
        address = reverse("dockets:desk", args=[self.object.pk])
        return [HeaderButton(_now("Desk"), url=address, icon_name="clipboard-list")]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        return [*docket_crumbs(self.object), {"url": "", "label": _now("History")}]
