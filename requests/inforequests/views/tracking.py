"""Following a request: by its number what everybody may see, with its access key everything about it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

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
from receipts.domain import links_of
from tracking.door import TrackView
from tracking.grants import granted_key


class Track(TrackView):
    """Ask for number and key of a request."""

    form_class = TrackForm
    model = InformationRequest
    page = "inforequests:tracking"
    question = gettext_lazy("Where does my request stand?")
    button = gettext_lazy("Show my request")
    unknown = gettext_lazy("There is no request with this number. Please compare it with your receipt.")
    wrong_key = gettext_lazy(
        "This key does not open this request. Compare it with your receipt, or leave the field empty."
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        return super().get_context_data(breadcrumbs=breadcrumbs(), **kwargs)


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


def stored_request(number: str) -> InformationRequest:
    """Return a request with everything its pages show, or answer 404."""
    return get_object_or_404(InformationRequest.objects.with_items(), tracking_number=number)


def to_track(number: str) -> HttpResponse:
    """Lead to the page that asks for the access key."""
    return redirect(f"{reverse('inforequests:track')}?number={number}")
