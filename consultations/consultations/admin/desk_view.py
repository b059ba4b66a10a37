"""The desk of a docket."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button, HeaderButton

from consultations.acts import Act
from consultations.admin import desk
from consultations.admin.act_views import HOME_CRUMBS, RoleRequiredMixin
from consultations.admin.words import comments_line, docket_tags
from consultations.measures import describe_measure
from consultations.models import Docket
from consultations.permissions import user_can_change_docket
from consultations.wording import clock


class DeskView(RoleRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """Everything about one consultation in one place, and the way to every act."""

    act = Act.READ_FILE
    template_name = "consultations/admin/desk.html"
    header_icon = "clipboard-list"
    docket: Docket

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the docket."""
        super().setup(request, *args, **kwargs)
        self.docket = get_object_or_404(Docket.objects.with_periods(), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        """Return the reference and title."""
        return str(self.docket)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        index = {"url": reverse("dockets:index"), "label": _("Consultations")}
        return [*HOME_CRUMBS, index, {"url": "", "label": self.docket.reference}]

    def get_header_buttons(self) -> list[Any]:
        """Return the ways to the public page, the form and the history."""
        buttons = []
        if self.docket.is_published:
            address, label = self.docket.get_absolute_url(), _("See the public page")
        else:
            address, label = reverse("dockets:preview", args=[self.docket.pk]), _("Preview the public page")
        buttons.append(HeaderButton(label, url=address, icon_name="view", priority=10))
        return [*buttons, *super().get_header_buttons()]

    def get_header_more_buttons(self) -> list[Button]:
        """Return what is needed now and then."""
        buttons = [
            Button(_("History"), url=reverse("dockets:history", args=[self.docket.pk]), icon_name="history"),
            Button(
                _("Submissions"), url=f"{reverse('submissions:index')}?docket={self.docket.pk}", icon_name="list-ul"
            ),
        ]
        if user_can_change_docket(self.request.user, self.docket):
            form = reverse("dockets:edit", args=[self.docket.pk])
            buttons.append(Button(_("Change the file"), url=form, icon_name="edit"))
        return sorted(buttons)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add all that the desk shows."""
        docket, person, now = self.docket, self.request.user, timezone.now()
        steps_now, steps_later = desk.steps_for(person, docket, now)
        checks = desk.checklist(docket, now) if docket.is_draft else []
        return super().get_context_data(
            **kwargs,
            docket=docket,
            tags=docket_tags(docket, now),
            clock=clock(docket, now) if docket.is_published else None,
            comments_line=comments_line(docket, now),
            steps_now=steps_now,
            steps_later=steps_later,
            checks=checks,
            is_ready=all(check.is_done for check in checks),
            can_change=user_can_change_docket(person, docket, now),
            measures=[describe_measure(measure) for measure in docket.measures.select_related("pollutant", "activity")],
            progress=desk.progress_of(docket) if docket.is_published else None,
            decision=getattr(docket, "decision", None),
            decision_gaps=desk.decision_gaps(docket, now),
            languages=settings.LANGUAGES,
            pages=desk.pages_of(docket),
            timeline=desk.timeline(docket),
        )
