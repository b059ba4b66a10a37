"""Handing over the receipt of what came on paper: the official who enters it prints it for whoever brought it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import translation

from receipts.domain import PDF, make_receipt
from receipts.kinds import kind_named
from receipts.printing import receipt_pdf


def receipt_to_hand_over(kind_name: str, subject: Any, *, key: str, language: str) -> HttpResponse:
    """Return the PDF of a receipt with its access key, in the language of whoever it is for, or answer 404.

    Whoever calls has asked whether the official may know the key. Officials are not counted (`typesetting`).
    """
    kind = kind_named(kind_name)
    with translation.override(language):
        slip = kind.slip(subject) if kind else None
        if kind is None or slip is None:
            raise Http404
        response = HttpResponse(receipt_pdf(slip, make_receipt(kind, slip), key), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{slip.reference}.{PDF}"'
    response["Cache-Control"] = "no-store"
    return response
