"""The desk of a request."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.widgets.button import Button, HeaderButton

from files.queries import files_of
from inforequests.acts import Act
from inforequests.admin import desk
from inforequests.admin.act_views import HOME_CRUMBS, RoleRequiredMixin, desk_queryset, request_crumbs
from inforequests.admin.words import asked_line, clock_card, request_tags, who_asked
from inforequests.domain.records import REQUEST
from inforequests.models import InformationRequest
from inforequests.permissions import user_can_see_requester, user_can_write_message


class DeskView(RoleRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """Everything about one request in one place, and the way to every act."""

    act = Act.READ_REQUESTS
    template_name = "inforequests/admin/desk.html"
    header_icon = "openquote"
    subject: InformationRequest

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the request."""
        super().setup(request, *args, **kwargs)
        found = desk_queryset().select_related("disclosure").prefetch_related("decisions__answers", "messages__author")
        self.subject = get_object_or_404(found, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        """Return the tracking number."""
        return self.subject.tracking_number

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        index = {"url": reverse("requests:index"), "label": _("Requests")}
        return [*HOME_CRUMBS, index, {"url": "", "label": self.subject.tracking_number}]

    def get_header_buttons(self) -> list[Any]:
        """Return the way to the public page."""
        address = self.subject.get_absolute_url()
        public = HeaderButton(_("See the public page"), url=address, icon_name="view", priority=10)
        return [public, *super().get_header_buttons()]

    def get_header_more_buttons(self) -> list[Button]:
        """Return what is needed now and then."""
        address = reverse("requests:history", args=[self.subject.pk])
        return [Button(_("History"), url=address, icon_name="history")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add all that the desk shows."""
        subject, person, now = self.subject, self.request.user, timezone.now()
        steps_now, steps_later = desk.steps_for(person, subject)
        clocks = sorted(subject.clocks.all(), key=lambda clock: (not clock.is_current, clock.started_at))
        thread = desk.thread_of(subject)
        return super().get_context_data(
            **kwargs,
            subject=subject,
            tags=request_tags(subject, now),
            asked_line=asked_line(subject),
            clocks=[clock_card(clock, now) for clock in clocks],
            steps_now=steps_now,
            steps_later=steps_later,
            rows=desk.item_rows(person, subject),
            decisions=sorted(subject.decisions.all(), key=lambda decision: decision.number, reverse=True),
            files=files_of(REQUEST, subject.tracking_number),
            thread=thread,
            has_unread=any(line.is_unread for line in thread),
            can_write=user_can_write_message(person, subject),
            reviews=desk.reviews_of(subject),
            who_asked=who_asked(subject) if user_can_see_requester(person) else "",
            timeline=desk.timeline(subject),
        )


class RequestHistoryView(RoleRequiredMixin, HistoryView):
    """Who did what with a request, and when."""

    act = Act.READ_REQUESTS
    any_permission_required = None

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """Lead back to the desk."""
        address = reverse("requests:desk", args=[self.object.pk])
        return [HeaderButton(_("Desk"), url=address, icon_name="clipboard-list")]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        return [*request_crumbs(self.object), {"url": "", "label": _("History")}]
