"""Where officials set how long before a day people are reminded."""

from typing import Any, ClassVar, Final

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from accounts.policies import RolePolicy
from accounts.roles import Role
from notices.models import ReminderRule

_SETTING: Final = frozenset({Role.ADMINISTRATOR})
_READING: Final = _SETTING | {Role.AUDITOR, Role.CASE_OFFICER, Role.DECISION_MAKER}

register_permission_policy(ReminderRule, RolePolicy(ReminderRule, {"view": _READING, "change": _SETTING}))


class ReminderRuleViewSet(ModelViewSet):
    """The areas add the kinds; officials change the number of days, or switch one off."""

    model = ReminderRule
    name = "reminder_rules"
    url_prefix = "reminders"
    icon = "bell"
    menu_label = _("Reminders")
    add_to_reference_index = False
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display: ClassVar = ["__str__", "days_before", "is_on"]
    panels: ClassVar = [FieldPanel("days_before"), FieldPanel("is_on")]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Leave out the pages that there are none of."""
        absent: dict[str, None] = {"add_url_name": None, "delete_url_name": None, "usage_url_name": None}
        return {**super().get_common_view_kwargs(**kwargs), **absent}

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """Offer none in the form of a group: who may is said above."""
        return Permission.objects.none()

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the addresses."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/change/", self.edit_view, name="edit"),
            path("<int:pk>/history/", self.history_view, name="history"),
            path("<int:pk>/history/results/", self.history_results_view, name="history_results"),
        ]
