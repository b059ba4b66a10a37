"""Following a comment: by its number what everybody may see, with its access key everything about it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations.domain.letters import subject_of_docket, subject_of_submission
from consultations.file_subject import files_of_submission
from consultations.forms import TrackForm
from consultations.models import Submission
from consultations.queries import matrix_rows
from consultations.receipts import receipt_lines, receipt_text
from consultations.timeline import lines_for_sender
from consultations.views.comment import breadcrumbs
from ledger.grants import forget, grant, granted_key
from ledger.guards import count_wrong_guess, guessing_too_much
from ledger.opening import Opened, open_by_number
from notices.queries import messages_about

_TOO_MANY = 429


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Ask for number and key, and lead to the comment's page; a wrong number gets a suggestion where one fits."""
    if request.method != "POST":
        return _track_page(request, TrackForm(initial={"number": request.GET.get("number", "")[:40]}))
    if guessing_too_much(request):
        return render(request, "429.html", status=_TOO_MANY)
    form = TrackForm(request.POST)
    asked = _opened(form) if form.is_valid() else Opened()
    if asked.subject is None:
        if asked.is_guess:
            count_wrong_guess(request)
        return _track_page(request, form, suggestion=asked.suggestion)
    number, key = asked.subject.tracking_number, form.cleaned_data["key"]
    response = redirect("consultations:tracking", number=number)
    if key:
        grant(request, response, number, key)
    return response


def _opened(form: TrackForm) -> Opened[Submission]:
    return open_by_number(
        form,
        Submission.objects.all(),
        unknown=_("There is no comment with this number. Please compare it with your receipt."),
        wrong_key=_("This key does not open this comment. Compare it with your receipt, or leave the field empty."),
    )


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
        "files": files_of_submission(submission),
        "breadcrumbs": breadcrumbs(submission.docket),
    }
    return render(request, "consultations/sent.html", context)


@never_cache
@require_safe
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Return the receipt as a text file, to whoever has the key."""
    submission = _submission(number)
    key = granted_key(request, submission)
    if not key:
        return _to_track(number)
    response = HttpResponse(receipt_text(submission, key), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{submission.tracking_number}.txt"'
    return response


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Make this browser forget the keys it was given: the next person at it may be somebody else."""
    response = redirect("consultations:track")
    forget(response)
    return response


def _submission(number: str) -> Submission:
    return get_object_or_404(Submission.objects.with_points(), tracking_number=number)


def _to_track(number: str) -> HttpResponse:
    return redirect(f"{reverse('consultations:track')}?number={number}")


def _track_page(request: HttpRequest, form: TrackForm, suggestion: str = "") -> HttpResponse:
    context = {
        "form": form,
        "suggestion": suggestion,
        "breadcrumbs": [{"title": _("Consultations"), "url": reverse("wagtail_serve", args=["consultations/"])}],
    }
    return render(request, "consultations/track.html", context)
