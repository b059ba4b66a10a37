"""What everybody may read: what can be followed, and the calendar of a subject."""

from datetime import timedelta
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from design.freshness import keep_until, public_page
from following.calendars import calendar_response
from following.subjects import SITE, find_subject, moments_of

_LOOKED_AT_AGAIN: Final = timedelta(minutes=5)


@public_page
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Say what can be followed, in which ways, and how one stops."""
    return render(request, "following/index.html", {"site_kind": SITE, "breadcrumbs": []})


@public_page
@require_safe
def calendar(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the days of a subject; 404 where there is none, or where they are not everybody's."""
    subject = find_subject(kind, request.GET.get("key", ""))
    if subject is None or not (subject.is_public and subject.has_calendar):
        raise Http404
    now = timezone.now()
    keep_until(request, now + _LOOKED_AT_AGAIN)
    return calendar_response(subject.title, moments_of(kind, subject.key, now), subject.key or kind)
