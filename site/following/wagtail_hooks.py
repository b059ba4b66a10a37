"""What following adds to /admin/."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from following.desk import FollowersView, end
from following.domain.changing import ENDED_BY_OFFICIAL
from following.permissions import user_can_see_subscriptions


class FollowersMenuItem(MenuItem):
    """Leads to who follows what, those who may see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the person may see it."""
        return user_can_see_subscriptions(request.user)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    """Give the pages their addresses."""
    return [
        path("followers/", FollowersView.as_view(), name="following_followers"),
        path("followers/<int:pk>/end/", end, name="following_end"),
    ]


@hooks.register("register_reports_menu_item")
def register_menu_item() -> MenuItem:
    """Add it to the reports."""
    name = FollowersView.page_title
    return FollowersMenuItem(name, reverse("following_followers"), name="followers", icon_name="rss", order=895)


@hooks.register("register_log_actions")
def register_log_words(actions: Any) -> None:
    """Give the act its words in histories."""
    actions.register_action(
        ENDED_BY_OFFICIAL, _("End a subscription"), _("A subscription was ended at its reader’s wish")
    )
