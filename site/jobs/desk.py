"""The page for officials: what the worker does, and what it could not do."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages

from design.desk.office import OfficeMixin
from jobs.permissions import user_can_read_traceback, user_can_retry_task, user_can_see_jobs
from jobs.queries import job_status
from jobs.queue import queue_in_use


class StatusView(OfficeMixin, TemplateView):
    """What waits, runs and has failed; when each scheduled job last ran; who works."""

    template_name = "jobs/status.html"
    page_title = gettext_lazy("Worker")
    header_icon = "cogs"

    def lets_in(self, user: Any) -> bool:
        """Return whether the person may see the page."""
        return user_can_see_jobs(user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the state of everything."""
        return super().get_context_data(
            **kwargs,
            **job_status(),
            can_read_traceback=user_can_read_traceback(self.request.user),
            can_retry=user_can_retry_task(self.request.user),
        )


@require_POST
def retry(request: HttpRequest, task_id: str) -> HttpResponse:
    """Let a failed task run again."""
    if not user_can_retry_task(request.user):
        raise PermissionDenied
    if queue_in_use().retry_failed(task_id):
        messages.success(request, _("The task waits for the worker again."))
    else:
        messages.warning(request, _("This task has not failed, or is gone: nothing was done."))
    return redirect("jobs_status")
