"""Pages of the office that belong to no record, such as the worker's or that of the letters that did not arrive."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from design.desk.act_views import HOME_CRUMBS


class OfficeMixin(WagtailAdminTemplateMixin):
    """Lets in those who may, and shows the way here; mixed into one of Django's views."""

    _show_breadcrumbs = True

    def lets_in(self, user: Any) -> bool:
        """Return whether the person may see the page."""
        raise TypeError(f"{type(self).__name__} does not say whom it lets in.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse, or go on."""
        if not self.lets_in(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def pages_above(self) -> list[dict[str, Any]]:
        """Return the steps between the first page and this one."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        return [*HOME_CRUMBS, *self.pages_above(), {"url": "", "label": self.page_title}]


class OfficeMenuItem(MenuItem):
    """Leads to such a page, those who may see it."""

    def __init__(self, *args: Any, permission: Callable[[Any], bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the person may see it."""
        return self.permission(request.user)
