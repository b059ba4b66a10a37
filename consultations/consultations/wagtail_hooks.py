"""What the officials' side gives Wagtail: policies, pages, menu, choosers, log actions, a panel on the first page."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from consultations.acts import Act
from consultations.admin.choosers import activity_chooser, pollutant_chooser
from consultations.admin.home import waiting_for
from consultations.admin.logs import register_log_actions
from consultations.admin.policy import register_policies
from consultations.admin.viewsets import ConsultationsGroup
from consultations.permissions import user_has_role_for
from design.desk.waiting import WaitingPanel

register_policies()  # before the first page asks whom to ask


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    """Open the pages."""
    return [pollutant_chooser, activity_chooser, ConsultationsGroup()]


@hooks.register("register_log_actions")
def register_log_words(actions: Any) -> None:
    """Give the acts their words in histories."""
    register_log_actions(actions)


@hooks.register("construct_homepage_panels")
def add_waiting_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Begin the first page with what waits for the person."""
    if user_has_role_for(request.user, Act.READ_FILE):
        heading = _("Consultations that wait for you")
        panels.append(WaitingPanel(request.user, name="consultations", heading=heading, find=waiting_for))
