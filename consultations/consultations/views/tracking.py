"""Following a comment: by its number what everybody may see, with its access key everything about it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultations.domain.letters import subject_of_docket, subject_of_submission
from consultations.file_subject import files_of_submission
from consultations.models import Submission
from consultations.queries import matrix_rows
from consultations.receipts import COMMENT_KIND, receipt_lines
from consultations.timeline import lines_for_sender
from consultations.views.comment import breadcrumbs
from notices.queries import messages_about
from receipts.domain import links_of
from tracking.door import TrackView
from tracking.grants import granted_key


class Track(TrackView):
    """Ask for number and key of a comment."""

    model = Submission
    page = "consultations:tracking"
    question = gettext_lazy("Where does my comment stand?")
    button = gettext_lazy("Show my comment")
    unknown = gettext_lazy("There is no comment with this number. Please compare it with your receipt.")
    wrong_key = gettext_lazy(
        "This key does not open this comment. Compare it with your receipt, or leave the field empty."
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        crumbs = [{"title": _("Consultations"), "url": reverse("wagtail_serve", args=["consultations/"])}]
        return super().get_context_data(breadcrumbs=crumbs, **kwargs)


@never_cache
@require_safe
def tracking(request: HttpRequest, number: str) -> HttpResponse:
    """Show where a comment stands: all of it to whoever gave the key, to others what is public."""
    submission = _submission(number)
    key = granted_key(request, submission)
    context: dict[str, Any] = {
        "submission": submission,
        "docket": submission.docket,
        "is_sender": bool(key),
        "breadcrumbs": breadcrumbs(submission.docket),
    }
    if key:
        context["files"] = files_of_submission(submission)
        context["timeline"] = lines_for_sender(submission)
        context["rows"] = matrix_rows(submission.points.all())
        context["deliveries"] = messages_about(
            subject_of_submission(submission), also=subject_of_docket(submission.docket), recipient=submission.email
        )
        context["downloads"] = links_of(COMMENT_KIND, number)
    return render(request, "consultations/tracking.html", context)


@never_cache
@require_safe
def sent(request: HttpRequest, number: str) -> HttpResponse:
    """Show the receipt to whoever has the key; others are asked for it."""
    submission = _submission(number)
    key = granted_key(request, submission)
    if not key:
        return _to_track(number)
    context = {
        "submission": submission,
        "docket": submission.docket,
        "key": key,
        "lines": receipt_lines(submission),
        "downloads": links_of(COMMENT_KIND, number),
        "breadcrumbs": breadcrumbs(submission.docket),
    }
    return render(request, "consultations/sent.html", context)


def _submission(number: str) -> Submission:
    return get_object_or_404(Submission.objects.with_points(), tracking_number=number)


def _to_track(number: str) -> HttpResponse:
    return redirect(f"{reverse('consultations:track')}?number={number}")
