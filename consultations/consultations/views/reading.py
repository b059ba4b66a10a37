"""What others said and what they were answered: the published comments, the matrix, the papers, the feed."""

import csv
import io
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from charts.tables import safe_cell
from consultations.domain.records import SUBMISSION
from consultations.enums import Verb
from consultations.file_subject import public_address, released_files, with_files
from consultations.models import Docket, FrozenFile, Submission
from consultations.queries import matrix_points, matrix_rows, readable_submissions, submission_counts
from consultations.views.comment import breadcrumbs
from design.freshness import public_page
from design.gone import gone
from ledger.models import Entry

PER_PAGE = 20
_BYTE_ORDER_MARK = "\ufeff"  # spreadsheets take a file without it for an 8-bit one


@public_page
@require_safe
def submissions(request: HttpRequest, slug: str) -> HttpResponse:
    """List the comments that the public may read, and say how many it may not and why."""
    docket = _docket(slug)
    context = {
        "docket": docket,
        "page_obj": _page(request, with_files(readable_submissions(docket))),
        "counts": submission_counts(docket),
        "breadcrumbs": breadcrumbs(docket),
    }
    return render(request, "consultations/submissions.html", context)


@public_page
@require_safe
def submission(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """Show one published comment with the answers to its points."""
    docket = _docket(slug)
    found = get_object_or_404(Submission.objects.with_points(), docket=docket, tracking_number=number)
    if not found.is_public:
        return _not_public(request, found)
    context = {
        "docket": docket,
        "submission": found,
        "files": released_files([found.tracking_number]).get(found.tracking_number, []),
        "rows": matrix_rows(found.points.all()),
        "breadcrumbs": breadcrumbs(docket),
    }
    return render(request, "consultations/submission.html", context)


def _not_public(request: HttpRequest, found: Submission) -> HttpResponse:
    """Answer 410 where the comment was public once, and 404 where it never was."""
    record = Entry.objects.about(SUBMISSION, found.tracking_number).public()
    if not record.filter(verb=Verb.SUBMISSION_PUBLISHED).exists():
        raise Http404
    reason = found.get_withheld_reason_display()
    sentence = _("This comment was published and is shown no longer: %(reason)s. It is considered all the same.")
    return gone(request, sentence % {"reason": reason})


@public_page
@require_safe
def answers(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the matrix of points and answers."""
    docket = _docket(slug)
    page = _page(request, matrix_points(docket))
    context = {
        "docket": docket,
        "page_obj": page,
        "rows": matrix_rows(page.object_list, first_number=page.start_index()),
        "breadcrumbs": breadcrumbs(docket),
    }
    return render(request, "consultations/answers.html", context)


@public_page
@require_safe
def answers_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the same matrix as a file, with the same rows and numbers."""
    docket = _docket(slug)
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(
        [
            _("No."),
            _("Tracking number"),
            _("Topic"),
            _("Author"),
            _("Comment"),
            _("Answer"),
            _("Reason"),
            _("Change made"),
            _("Files"),
        ]
    )
    points = list(matrix_points(docket))
    files = released_files({point.submission.tracking_number for point in points})
    for row, point in zip(matrix_rows(points), points, strict=True):
        number = point.submission.tracking_number
        links = " ".join(public_address(file) for file in files.get(number, []))
        said = (row["topic"], row["author"], row["comment"])
        cells = (*said, row["disposition"], row["answer"], row["change"], links)
        writer.writerow([row["number"], number, *(safe_cell(str(cell or "")) for cell in cells)])
    response = HttpResponse(_BYTE_ORDER_MARK + stream.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{docket.reference}.csv"'
    return response


@require_safe
def paper(request: HttpRequest, slug: str, sha256: str) -> FileResponse:
    """Return a paper of the dossier, as it was frozen with a published version of the proposal."""
    frozen = get_object_or_404(
        FrozenFile.objects.filter(versions__docket__in=Docket.objects.published().filter(slug=slug)).distinct(),
        sha256=sha256,
    )
    response = FileResponse(frozen.file.open("rb"), as_attachment=True, filename=frozen.file_name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _docket(slug: str) -> Docket:
    return get_object_or_404(Docket.objects.published().with_periods(), slug=slug)


def _page(request: HttpRequest, rows: Any) -> Page[Any]:
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
