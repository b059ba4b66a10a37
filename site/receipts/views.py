"""Receipts to download, and the page on which anybody has one checked, by its file or by its number."""

import re
from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ledger.keys import public_keys
from receipts.checking import Report, check_file, check_receipt
from receipts.domain import JSON, PDF, TEXT, links_of, make_receipt
from receipts.forms import FileForm, ReceiptNumberForm
from receipts.kinds import Kind, Slip, kind_named, kinds
from receipts.printing import receipt_text
from receipts.shape import receipt_bytes
from receipts.typesetting import TypesetTooOftenError, typeset
from receipts.wording import explained
from tracking.grants import grant, granted_key
from tracking.guards import count_wrong_guess, guessing_too_much, too_many
from tracking.numbers import LONGEST_TYPED, bare_number
from tracking.opening import open_by_number

_TYPES: Final = {PDF: "application/pdf", JSON: "application/json", TEXT: "text/plain; charset=utf-8"}


@never_cache
@require_safe
def receipt(request: HttpRequest, kind: str, reference: str, suffix: str) -> HttpResponse:
    """Return a receipt as a file: a private one to whoever has given its key, others are asked for it."""
    if guessing_too_much(request):
        return too_many(request)
    found = kind_named(kind)
    subject = found.find(reference) if found else None
    slip = found.slip(subject) if found and subject is not None else None
    if found is None or slip is None:
        count_wrong_guess(request)
        raise Http404
    key = granted_key(request, found.holder(subject)) if found.is_private else ""
    if found.is_private and not key:
        return redirect(f"{reverse(found.ask_for_key)}?number={reference.partition('.')[0]}")
    made = make_receipt(found, slip)
    try:
        content = _content(found, slip, made, key, suffix)
    except TypesetTooOftenError:
        return too_many(request)
    response = HttpResponse(content, content_type=_TYPES[suffix])
    response["Content-Disposition"] = f'attachment; filename="{reference}.{suffix}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _content(kind: Kind, slip: Slip, made: dict[str, Any], key: str, suffix: str) -> bytes:
    if suffix == PDF:
        return typeset(kind, slip, made, key)
    return receipt_bytes(made) if suffix == JSON else receipt_text(slip, made, key).encode()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Ask for a receipt or its number, and say line by line what is proven and what is not; works without a script."""
    if request.method != "POST":
        number = ReceiptNumberForm(initial={"number": request.GET.get("number", "")[:LONGEST_TYPED]})
        return _page(request, FileForm(), number)
    if "number" in request.POST:
        return _check_number(request)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, ReceiptNumberForm())
    report = check_file(form.cleaned_data["file"].read(), public_keys())
    return _page(request, FileForm(), ReceiptNumberForm(), report=report)


@dataclass(frozen=True)
class _Found:
    """What a number and a key led to."""

    kind: Kind | None = None
    subject: Any = None
    suggestion: str = ""
    is_guess: bool = False


def _check_number(request: HttpRequest) -> HttpResponse:
    if guessing_too_much(request):
        return too_many(request)
    form = ReceiptNumberForm(request.POST)
    found = _look_up(form) if form.is_valid() else _Found()
    slip = found.kind.slip(found.subject) if found.kind and found.subject is not None else None
    if found.subject is not None and slip is None:
        form.add_error("number", _("There is no receipt with this number: it is older than the receipts of this site."))
    if found.kind is None or slip is None:
        if found.is_guess:
            count_wrong_guess(request)
        return _page(request, FileForm(), form, suggestion=found.suggestion)
    key = form.cleaned_data["key"]
    is_open = bool(key) or not found.kind.is_private
    made = make_receipt(found.kind, slip, is_open=is_open)
    report = check_receipt(made, public_keys())
    response = _page(
        request,
        FileForm(),
        ReceiptNumberForm(),
        report=report,
        slip=slip,
        lacks_key=not is_open,
        downloads=links_of(found.kind.name, slip.reference) if is_open else [],
    )
    if key and found.kind.is_private:
        grant(request, response, found.subject.tracking_number, key)
    return response


def _look_up(form: ReceiptNumberForm) -> _Found:
    """Return what the number is of, or add to the form what is wrong with it; one rule with all other numbers."""
    typed = form.cleaned_data["number"]
    public = _public_by_reference(re.sub(r"\s", "", typed).upper())
    if public is not None:
        return public
    numbered = {kind.letter: kind for kind in kinds() if kind.subjects}
    found = numbered.get(bare_number(typed)[:1])
    if found is None or found.subjects is None:
        sentence = _("Numbers of receipts begin with one of these letters: %(letters)s.")
        form.add_error("number", sentence % {"letters": ", ".join(sorted(numbered))})
        return _Found()
    opened = open_by_number(
        form,
        found.subjects(),
        unknown=_("There is no receipt with this number. Please compare it with your receipt."),
        wrong_key=_("This key does not belong to this number. Compare it with your receipt, or leave the field empty."),
    )
    return _Found(found, opened.subject, opened.suggestion, opened.is_guess)


def _public_by_reference(reference: str) -> _Found | None:
    """Return what is public under a reference that is no tracking number, such as C-2026-003."""
    for kind in kinds():
        if kind.is_everybodys:
            subject = kind.find(reference)
            if subject is not None:
                return _Found(kind, subject)
    return None


def _page(
    request: HttpRequest,
    file: FileForm,
    number: ReceiptNumberForm,
    *,
    report: Report | None = None,
    suggestion: str = "",
    **found: Any,
) -> HttpResponse:
    context = {
        "file_form": file,
        "number_form": number,
        "has_errors": file.is_bound or number.is_bound,
        "result": explained(report, **found) if report else None,
        "suggestion": suggestion,
        "own_checks": [
            {"label": kind.own_check_words, "url": reverse(kind.own_check)} for kind in kinds() if kind.own_check
        ],
        "breadcrumbs": [{"title": _("Check a receipt"), "url": reverse("receipts:check")}] if report else [],
    }
    return render(request, "receipts/check.html", context)
