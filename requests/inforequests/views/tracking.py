"""Following a request: by its number what everybody may see, with its access key everything about it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from files.queries import files_of
from following.calendars import calendar_response
from inforequests.domain.records import REQUEST
from inforequests.followed import days_of
from inforequests.forms import TrackForm
from inforequests.models import InformationRequest
from inforequests.pages import requester_context
from inforequests.receipts import REQUEST_KIND, answer_receipts, receipt_lines, review_receipts
from inforequests.timeline import lines_for_public
from inforequests.views.asking import breadcrumbs
from inforequests.wording import clock, state_tag
from ledger.grants import forget, grant, granted_key
from ledger.guards import count_wrong_guess, guessing_too_much
from ledger.opening import Opened, open_by_number
from receipts.domain import links_of

_TOO_MANY = 429


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Ask for number and key, and lead to the request's page; a wrong number gets a suggestion where one fits."""
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
    response = redirect("inforequests:tracking", number=number)
    if key:
        grant(request, response, number, key)
    return response


def _opened(form: TrackForm) -> Opened[InformationRequest]:
    return open_by_number(
        form,
        InformationRequest.objects.all(),
        unknown=_("There is no request with this number. Please compare it with your receipt."),
        wrong_key=_("This key does not open this request. Compare it with your receipt, or leave the field empty."),
    )


@never_cache
@require_safe
def tracking(request: HttpRequest, number: str) -> HttpResponse:
    """Show where a request stands: all of it to whoever gave the key, to others the stage and the last day."""
    subject = stored_request(number)
    key = granted_key(request, subject)
    at = timezone.now()
    context: dict[str, Any] = {
        "subject": subject,
        "at": at,
        "is_requester": bool(key),
        "tag": state_tag(subject, at),
        "clock": clock(subject, at),
        "disclosure": getattr(subject, "disclosure", None),
        "breadcrumbs": breadcrumbs(),
    }
    if key:
        context |= requester_context(subject, key, at)
        context["downloads"] = links_of(REQUEST_KIND, number)
        context["answer_receipts"] = answer_receipts(subject)
        context["review_receipts"] = review_receipts(subject)
        context["files"] = files_of(REQUEST, subject.tracking_number)
    else:
        context["timeline"] = lines_for_public(subject)
    return render(request, "inforequests/tracking.html", context)


@never_cache
@require_safe
def sent(request: HttpRequest, number: str) -> HttpResponse:
    """Show the receipt to whoever has the key; others are asked for it."""
    subject = stored_request(number)
    key = granted_key(request, subject)
    if not key:
        return to_track(number)
    context = {
        "subject": subject,
        "key": key,
        "lines": receipt_lines(subject),
        "downloads": links_of(REQUEST_KIND, number),
        "clock": clock(subject),
        "breadcrumbs": breadcrumbs(),
    }
    return render(request, "inforequests/sent.html", context)


@never_cache
@require_safe
def calendar(request: HttpRequest, number: str) -> HttpResponse:
    """Return the days of a request as a file for a calendar, to whoever has the key.

    A file and no address to subscribe to: a calendar program brings no key, and one in an address would be kept by the
    program, its maker and every log on the way.
    """
    subject = stored_request(number)
    if not granted_key(request, subject):
        return to_track(number)
    name = _("Request %(number)s") % {"number": number}
    return calendar_response(name, days_of(subject), number)


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Make this browser forget the keys it was given: the next person at it may be somebody else."""
    messages.success(request, _("This browser has forgotten your request and its key."))
    response = redirect("inforequests:track")
    forget(response)
    return response


def stored_request(number: str) -> InformationRequest:
    """Return a request with everything its pages show, or answer 404."""
    return get_object_or_404(InformationRequest.objects.with_items(), tracking_number=number)


def to_track(number: str) -> HttpResponse:
    """Lead to the page that asks for the access key."""
    return redirect(f"{reverse('inforequests:track')}?number={number}")


def _track_page(request: HttpRequest, form: TrackForm, suggestion: str = "") -> HttpResponse:
    context = {"form": form, "suggestion": suggestion, "breadcrumbs": breadcrumbs()}
    return render(request, "inforequests/track.html", context)
