"""How accounts show in the admin: what is logged about people, what can be done for them, and what an auditor sees."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogFormatter

from accounts.models import User
from accounts.people import confirm_reset
from accounts.permissions import user_can_reset_second_factor, user_only_reads
from accounts.roles import Role


def _role_named(entry: Any) -> str:
    """Return the role of a log entry in words."""
    name = entry.data.get("role", "")
    return str(Role(name).label) if name in Role.values else name


class RoleGiven(LogFormatter):
    """Somebody was given a role."""

    label = gettext_lazy("Give a role")

    def format_message(self, log_entry: Any) -> str:
        """Return which."""
        return _("Role given: %(role)s") % {"role": _role_named(log_entry)}


class RoleTaken(LogFormatter):
    """Somebody lost a role."""

    label = gettext_lazy("Take a role")

    def format_message(self, log_entry: Any) -> str:
        """Return which."""
        return _("Role taken: %(role)s") % {"role": _role_named(log_entry)}


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Name what is logged about people."""
    actions.register_action("accounts.give_role")(RoleGiven)
    actions.register_action("accounts.take_role")(RoleTaken)
    actions.register_action(
        "accounts.reset_second_factor", gettext_lazy("Reset second factors"), gettext_lazy("Second factors reset")
    )


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    """Give the page that takes second factors away its address."""
    return [
        path("people/<int:person_id>/reset-second-factor/", confirm_reset, name="accounts_reset_second_factor"),
    ]


@hooks.register("register_user_listing_buttons")
def offer_reset(user: User, request_user: User) -> Iterator[Button]:
    """Offer to take somebody's second factors away."""
    if user_can_reset_second_factor(request_user, user):
        address = reverse("accounts_reset_second_factor", args=[user.pk])
        yield Button(_("Reset second factors"), url=address, icon_name="key", priority=40)


class ReadingOnly(ActionMenuItem):
    """Stands where the buttons would be, and says why there are none."""

    name = "accounts-reading-only"
    template_name = "accounts/people/reading_only.html"


@hooks.register("construct_page_action_menu", order=1000)
def leave_auditors_no_action(menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Take away the buttons that an auditor could not use."""
    if user_only_reads(request.user):
        menu_items[:] = [ReadingOnly()]
