"""Where what the law of the Party says of requests is entered; it stands in the menu under “National law” (portal)."""

from typing import Any, ClassVar

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from inforequests.admin import rule_forms, rule_views
from inforequests.models import DeadlineRule, Ground, HolidayCalendar, ReviewBody


class RuleViewSet(ModelViewSet):
    """What all four have in common: read by their roles, never copied, never deleted."""

    copy_view_enabled = False
    inspect_view_enabled = True
    add_view_class = rule_views.RuleCreateView
    edit_view_class = rule_views.RuleEditView
    history_view_class = rule_views.RuleHistoryView
    inspect_view_class = rule_views.RuleInspectView
    can_add: ClassVar[bool] = True
    can_edit: ClassVar[bool] = True

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Leave out the pages that there are none of."""
        absent: dict[str, None] = {"delete_url_name": None, "usage_url_name": None}
        if not self.can_add:
            absent["add_url_name"] = None
        if not self.can_edit:
            absent["edit_url_name"] = None
        return {**super().get_common_view_kwargs(**kwargs), **absent}

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """Offer none in the form of a group: what a role may do is written in `acts.py`."""
        return Permission.objects.none()

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the addresses."""
        patterns = [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/history/", self.history_view, name="history"),
            path("<int:pk>/history/results/", self.history_results_view, name="history_results"),
        ]
        if self.can_add:
            patterns.append(path("new/", self.add_view, name="add"))
        if self.can_edit:
            patterns.append(path("<int:pk>/change/", self.edit_view, name="edit"))
        return patterns


class BodyViewSet(RuleViewSet):
    """Who reviews (Art. 14)."""

    model = ReviewBody
    name = "review_bodies"
    url_prefix = "law/review-bodies"
    icon = "group"
    menu_label = _("Review bodies")
    edit_handler = rule_forms.BODY_PANELS
    index_view_class = rule_views.BodyIndexView
    inspect_view_class = rule_views.BodyInspectView
    inspect_view_fields: ClassVar = [
        *("route", "name_en", "name_fr", "name_ru", "legal_basis_en", "legal_basis_fr", "legal_basis_ru"),
        *("how_en", "how_fr", "how_ru", "website", "email", "window_days", "receives_here", "members", "is_active"),
    ]


class GroundViewSet(RuleViewSet):
    """Which provisions let the authority keep something back (Art. 12)."""

    model = Ground
    name = "grounds"
    url_prefix = "law/grounds"
    icon = "lock"
    menu_label = _("Grounds for keeping back")
    can_add = False
    edit_handler = rule_forms.GROUND_PANELS
    index_view_class = rule_views.GroundIndexView
    edit_view_class = rule_views.GroundEditView
    inspect_view_class = rule_views.GroundInspectView
    inspect_view_fields: ClassVar = [
        *("code", "article", "weighs_releases", "legal_basis_en", "legal_basis_fr", "legal_basis_ru", "is_active"),
    ]


class DeadlineViewSet(RuleViewSet):
    """By when requests are answered (Art. 11(2))."""

    model = DeadlineRule
    name = "deadline_rules"
    url_prefix = "law/time-limits"
    icon = "calendar-alt"
    menu_label = _("Time limits")
    edit_handler = rule_forms.RULE_PANELS
    index_view_class = rule_views.DeadlineIndexView
    edit_view_class = rule_views.DeadlineEditView
    inspect_view_fields: ClassVar = [
        *("code", "unit", "amount", "roll", "calendar", "citation_en", "citation_fr", "citation_ru"),
        *("in_force_from", "in_force_until"),
    ]


class CalendarViewSet(RuleViewSet):
    """Which days are no working days."""

    model = HolidayCalendar
    name = "holiday_calendars"
    url_prefix = "law/holidays"
    icon = "calendar"
    menu_label = _("Holidays")
    can_edit = False
    edit_handler = rule_forms.CALENDAR_PANELS
    index_view_class = rule_views.CalendarIndexView
    add_view_class = rule_views.CalendarCreateView
    inspect_view_class = rule_views.CalendarInspectView
    inspect_view_fields: ClassVar = ["code", "version", "years", "holidays", "created_at"]
