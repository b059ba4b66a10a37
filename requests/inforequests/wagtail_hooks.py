"""What the officials' side gives Wagtail: policies, pages, menu, log actions, a panel on the first page."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from design.desk.waiting import WaitingPanel
from inforequests.acts import Act
from inforequests.admin.home import waiting_for
from inforequests.admin.logs import register_log_actions
from inforequests.admin.policy import register_policies
from inforequests.admin.viewsets import RequestsGroup
from inforequests.permissions import user_has_role_for

register_policies()  # before the first page asks whom to ask


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    """Open the pages."""
    return [RequestsGroup()]


@hooks.register("register_log_actions")
def register_log_words(actions: Any) -> None:
    """Give the acts their words in histories."""
    register_log_actions(actions)


@hooks.register("construct_homepage_panels")
def add_waiting_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Begin the first page with what waits for the person."""
    if user_has_role_for(request.user, Act.READ_REQUESTS) or user_has_role_for(request.user, Act.READ_CASE):
        heading = _("Requests that wait for you")
        panels.append(WaitingPanel(request.user, name="requests", heading=heading, find=waiting_for))
