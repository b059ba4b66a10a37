"""What the worker's room adds to /admin/."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from design.desk.office import OfficeMenuItem
from jobs.desk import StatusView, retry
from jobs.permissions import user_can_see_jobs


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    """Give the pages their addresses."""
    return [
        path("worker/", StatusView.as_view(), name="jobs_status"),
        path("worker/<slug:task_id>/retry/", retry, name="jobs_retry"),
    ]


@hooks.register("register_reports_menu_item")
def register_menu_item() -> MenuItem:
    """Add the status page to the reports."""
    return OfficeMenuItem(
        _("Worker"),
        reverse("jobs_status"),
        name="worker",
        icon_name="cogs",
        order=900,
        permission=user_can_see_jobs,
    )
