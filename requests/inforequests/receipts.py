"""The receipt of a request: on the page, as a file, and again at any time with number and key."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from design.formats import format_date_long, format_instant
from files.queries import file_lines, files_of
from inforequests.domain.records import REQUEST
from inforequests.models import InformationRequest


def receipt_lines(request: InformationRequest) -> list[str]:
    """Return what was received and by when it is to be answered, as sentences for the slip."""
    count = len(request.sorted_items)
    lines = [
        ngettext("A request with %(count)s question", "A request with %(count)s questions", count) % {"count": count}
    ]
    if request.clock is not None:
        lines.append(_("To be answered by %(day)s") % {"day": format_date_long(request.clock.last_day)})
    lines += file_lines(files_of(REQUEST, request.tracking_number))
    lines.append(str(request.get_privacy_display()))
    return lines


def receipt_text(request: InformationRequest, key: str) -> str:
    """Return the receipt as a plain text, with the words themselves and their hash."""
    clock = request.clock
    context = {
        "number": request.tracking_number,
        "secret": key,
        "submitted_at": format_instant(request.submitted_at),
        "last_day": format_date_long(clock.last_day) if clock else "",
        "explanation": [str(line) for line in clock.lines] if clock else [],
        "questions": [(item.number, item.text) for item in request.sorted_items],
        "files": file_lines(files_of(REQUEST, request.tracking_number)),
        "privacy": request.get_privacy_display(),
        "content_sha256": request.submission.content_sha256,
        "address": settings.BASE_URL + reverse("inforequests:track"),
    }
    return render_to_string("inforequests/receipt.txt", context)
