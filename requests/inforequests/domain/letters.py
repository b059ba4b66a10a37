"""What the letters of this area hold; their words are in `templates/notices/`. Nobody needs them: the page says all."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from design.formats import format_date_long, format_instant
from inforequests.models import InformationRequest
from notices.domain import send_message


class Letter(StrEnum):
    """Why we write to a requester; the value is the name of the template."""

    RECEIVED = "request_received"
    ACKNOWLEDGED = "request_acknowledged"
    MESSAGE = "request_message"
    ANSWERED = "request_answered"
    NOT_IN_TIME = "request_not_in_time"
    REVIEW_OPENED = "request_review_opened"
    REVIEW_DECIDED = "request_review_decided"
    REOPENED = "request_reopened"


def subject_of(request: InformationRequest) -> str:
    """Return what a letter about a request is about, by which it is never written twice for the same reason."""
    return f"request:{request.tracking_number}"


def write_letter(
    letter: Letter, request: InformationRequest, *, at: datetime, once_for: object = "", **more: Any
) -> None:
    """Write to the requester, once for each of the things in `once_for`; without an address that is noted.

    `more` may hold functions: they are called in the language of the letter.
    """
    with translation.override(request.language):
        values = {name: value() if callable(value) else value for name, value in more.items()}
        context = {**_context(request), **values}
    send_message(
        to=request.email,
        template=letter.value,
        context=context,
        language=request.language,
        about=subject_of(request),
        reason=f"{letter.value}:{once_for}" if once_for else letter.value,
        at=at,
    )


def _context(request: InformationRequest) -> dict[str, Any]:
    """Return what every letter holds, in the language of the request."""
    clock = request.clock
    track = reverse("inforequests:track")
    return {
        "number": request.tracking_number,
        "title": request.title,
        "submitted_at": format_instant(request.submitted_at),
        "last_day": format_date_long(clock.last_day) if clock else "",
        "explanation": [str(line) for line in clock.lines] if clock else [],
        "questions": [item.text for item in request.sorted_items],
        "track_url": f"{settings.BASE_URL}{track}?number={request.tracking_number}",
        "ask_url": settings.BASE_URL + reverse("inforequests:ask"),
    }
