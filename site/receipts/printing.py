"""A receipt as people keep it: a PDF to print, with the file for machines inside, and a plain text."""

from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from design.fictional import fictional_line
from design.languages import current_code
from design.pdf import qr_code, render_pdf
from design.publisher import site_name
from receipts.erasures import shows_no_longer, what_is_left
from receipts.kinds import Slip
from receipts.shape import FILE_NAME, receipt_bytes

TEMPLATE: Final = "receipt-1.typ"


def receipt_pdf(slip: Slip, receipt: Mapping[str, Any], key: str = "") -> bytes:
    """Return the receipt as PDF/UA-1 in the language of the page; the same receipt is attached to it as JSON."""
    return render_pdf(TEMPLATE, pdf_values(slip, receipt, key), at=slip.entry.instant)


def pdf_values(slip: Slip, receipt: Mapping[str, Any], key: str = "") -> dict[str, Any]:
    """Return the values of the template, in the language of the page."""
    printed = _printed(slip, receipt, key)
    return {
        **printed,
        "language": current_code(),
        "site": site_name(),
        "authority": receipt["issuer"]["name"],
        "number_label": pgettext("of a receipt", "Number"),
        "lines_title": _("What it contains"),
        "words_title": _words_title(receipt, is_own=bool(printed["key"])),
        "key_label": _("Your access key: only you know it"),
        "follow_label": slip.follow_words,
        "qr": qr_code(receipt["follow"]),
        "qr_alt": _("QR code that leads to the page on which you see what became of it"),
        "check_title": _("How to check this receipt"),
        "fingerprint_label": _("Fingerprint of the entry (SHA-256)"),
        "page_label": _("Page"),
        "attachment": receipt_bytes(receipt).decode(),
        "attachment_name": FILE_NAME,
        "attachment_words": _("The same receipt for machines, with everything that proves it"),
    }


def _words_title(receipt: Mapping[str, Any], *, is_own: bool) -> str:
    """Return the title of the words: those that the entry does not prove any more are only what is stored."""
    if receipt["erased"] and shows_no_longer(receipt):
        return _("The words as they are stored today")
    return _("In your own words") if is_own else _("In words")


def receipt_text(slip: Slip, receipt: Mapping[str, Any], key: str = "") -> str:
    """Return the receipt as a plain text, for people who read and keep texts."""
    return render_to_string("receipts/receipt.txt", _printed(slip, receipt, key))


def how_to_check(receipt: Mapping[str, Any]) -> list[str]:
    """Return what an erasure has left of the receipt, whether it is sealed, and how anybody checks it, as sentences."""
    proof = receipt["proof"]
    if proof is None:
        sealed = _(
            "The entry of the record is not sealed yet. Fetch this receipt again in a few minutes: "
            "it then proves that nobody can change the entry unseen."
        )
    else:
        sealed = _(
            "The entry is sealed: it has position %(position)s among the %(size)s entries that the authority signed."
        ) % {"position": proof["position"], "size": proof["tree_size"]}
    return [
        *what_is_left(receipt),
        sealed,
        _("Give the file, PDF or JSON, to the page “Check a receipt”: %(address)s.")
        % {"address": settings.BASE_URL + reverse("receipts:check")},
        _(
            "You need not trust this site for it: the programme verify_receipt checks the file offline, "
            "with nothing but the authority’s public key. Keep the file itself, for a print cannot be checked."
        ),
    ]


def _printed(slip: Slip, receipt: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Return what stands on every printed receipt."""
    return {
        "fictional": fictional_line(),
        "title": slip.title,
        "number": slip.reference,
        "key": key,
        "lines": [{"label": line["label"], "value": line["value"]} for line in receipt["facts"]],
        "words": [{"label": line.label, "value": line.value} for line in slip.words],
        "address": receipt["follow"],
        "check": how_to_check(receipt),
        "fingerprint": receipt["leaf_hash"],
    }
