"""The disclosure log: what was answered to one can be read by all."""

import csv
import io
from collections.abc import Iterator
from typing import Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from charts.tables import safe_cell
from design.formats import date_of
from design.freshness import public_page
from design.gone import gone
from inforequests.domain.records import REQUEST
from inforequests.enums import Verb
from inforequests.models import Disclosure, InformationRequest
from inforequests.pages import item_rows
from inforequests.queries import disclosures_matching, published_answers, readable
from inforequests.views.asking import breadcrumbs
from ledger.models import Entry

PER_PAGE: Final = 20
_BYTE_ORDER_MARK: Final = "\ufeff"  # spreadsheets take a file without it for an 8-bit one


@public_page
@require_safe
def disclosures(request: HttpRequest) -> HttpResponse:
    """List what was answered and may be read by everybody, newest first; `q` searches questions and answers."""
    words = readable(request.GET.get("q", ""))
    page = Paginator(disclosures_matching(words), PER_PAGE).get_page(request.GET.get("page"))
    context = {"words": words, "page_obj": page, "breadcrumbs": breadcrumbs()}
    return render(request, "inforequests/log.html", context)


@public_page
@require_safe
def disclosure(request: HttpRequest, number: str) -> HttpResponse:
    """Show one published request: its questions and the answers that were sent."""
    entry = Disclosure.objects.select_related("request").filter(request__tracking_number=number).first()
    if entry is None:
        return _not_in_the_log(request, number)
    subject = InformationRequest.objects.with_items().get(pk=entry.request_id)
    context = {
        "entry": entry,
        "subject": subject,
        "items": item_rows(subject),
        "breadcrumbs": [*breadcrumbs(), {"title": _("Disclosure log"), "url": reverse("inforequests:log")}],
    }
    return render(request, "inforequests/disclosure.html", context)


def _not_in_the_log(request: HttpRequest, number: str) -> HttpResponse:
    """Answer 410 where the log had the request once, and 404 where it never had."""
    record = Entry.objects.about(REQUEST, number).public()
    if not record.filter(verb=Verb.CONCEALED).exists():
        raise Http404
    return gone(request, _("The disclosure log had this request; it has been taken out of it."))


@public_page
@require_safe
def disclosures_csv(request: HttpRequest) -> HttpResponse:
    """Return the log as a file, one row for each question."""
    stream = io.StringIO()
    stream.write(_BYTE_ORDER_MARK)
    csv.writer(stream).writerows(_rows())
    response = HttpResponse(stream.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="disclosure-log.csv"'
    return response


def _rows() -> Iterator[list[str]]:
    yield [
        _("Tracking number"),
        _("Title"),
        _("Submitted"),
        _("Answered"),
        _("Question"),
        _("Answer"),
        _("Answer in words"),
    ]
    entries = published_answers().prefetch_related("request__items__answers__decision")
    for entry in entries.iterator(chunk_size=500):
        subject = entry.request
        for item in subject.sorted_items:
            given = item.sent_answers[-1:]
            cells = (
                subject.tracking_number,
                entry.title,
                date_of(subject.submitted_at).isoformat(),
                date_of(item.answered_at).isoformat() if item.answered_at else "",
                item.text,
                str(item.public_disposition.label),
                given[0].text if given else "",
            )
            yield [safe_cell(cell) for cell in cells]
