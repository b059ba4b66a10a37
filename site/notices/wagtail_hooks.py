"""What the outbox adds to /admin/."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet

from design.desk.office import OfficeMenuItem
from notices.desk import CloseView, FailedView, close_held_back, retry
from notices.permissions import user_can_see_failed_messages
from notices.rules import ReminderRuleViewSet


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    """Give the pages their addresses."""
    return [
        path("letters/", FailedView.as_view(), name="notices_failed"),
        path("letters/retry/", retry, name="notices_retry_all"),
        path("letters/<int:message_id>/retry/", retry, name="notices_retry"),
        path("letters/given-up/", close_held_back, name="notices_close_held_back_all"),
        path("letters/<int:message_id>/given-up/", close_held_back, name="notices_close_held_back"),
        path("letters/<int:message_id>/close/", CloseView.as_view(), name="notices_close"),
    ]


@hooks.register("register_reports_menu_item")
def register_menu_item() -> MenuItem:
    """Add the letters to the reports."""
    return OfficeMenuItem(
        _("Letters that did not arrive"),
        reverse("notices_failed"),
        name="letters",
        icon_name="mail",
        order=890,
        permission=user_can_see_failed_messages,
    )


@hooks.register("register_admin_viewset")
def register_rules() -> ModelViewSet:
    """Let officials set how long before a day people are reminded."""
    return ReminderRuleViewSet()
