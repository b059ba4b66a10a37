"""Making a receipt: from the entry of the act, what opens its commitments, and the proof once there is one."""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from design.languages import current_code
from design.publisher import publisher, site_name
from ledger.keys import public_keys, record_name, signing_key, use_key
from ledger.leaves import instant_text, leaf_content, leaf_hash
from ledger.models import Entry, Opening
from ledger.notes import PrivateKey, sign_note
from ledger.private import registry
from ledger.proofs import inclusion_of
from receipts.erasures import Erasure, erasure_of
from receipts.kinds import Kind, Line, Slip
from receipts.shape import FORMAT, signed_text

PDF: Final = "pdf"
JSON: Final = "json"
TEXT: Final = "txt"
SUFFIXES: Final = (PDF, JSON, TEXT)
_logger = logging.getLogger(__name__)


def make_receipt(kind: Kind, slip: Slip, *, is_open: bool = True, at: datetime | None = None) -> dict[str, Any]:
    """Return the receipt of a subject in the language of the page, signed, with its proof if the entry is sealed.

    Without `is_open` it holds only what everybody may see: neither the printed lines nor what opens the commitments.

    Side effect: the very first receipt of a site publishes the public key that signed it, as the first sealing does.
    """
    moment = at or timezone.now()
    entry = slip.entry
    inclusion = inclusion_of(entry)
    erasure = erasure_of(entry)
    receipt: dict[str, Any] = {
        "format": FORMAT,
        "title": slip.title,
        "kind": kind.name,
        "reference": slip.reference,
        "language": current_code(),
        "issuer": {"name": _issuer(), "address": settings.BASE_URL, "record": record_name()},
        "issued_at": instant_text(moment),
        "follow": settings.BASE_URL + slip.follow,
        "facts": [{"label": line.label, "value": line.value} for line in _printed(slip, erasure, is_open=is_open)],
        "erased": {"at": instant_text(erasure.at), "because": erasure.because} if erasure else None,
        "leaf_hash": leaf_hash(entry).hex(),
        "entry": leaf_content(entry),
        "openings": openings_of(entry) if is_open else {},
        "signature": "",
        "proof": inclusion.to_json() if inclusion else None,
    }
    return receipt | {"signature": _signature(receipt, moment)}


def openings_of(entry: Entry) -> dict[str, dict[str, str]]:
    """Return what opens the commitments of an entry, as far as neither the words nor the salt were erased."""
    salts = {opening.name: bytes(opening.salt).hex() for opening in Opening.objects.filter(entry=entry)}
    values = registry.values(entry) if salts else {}
    return {
        name: {"salt": salts[name], "value": value}
        for name, value in sorted(values.items())
        if name in salts and value is not None
    }


def links_of(kind: str, reference: str) -> list[dict[str, str]]:
    """Return the addresses of a receipt in each of its forms, with the words of their links."""
    words = {PDF: _("PDF, to print and to keep"), JSON: _("JSON, to check by machine"), TEXT: _("plain text")}
    return [
        {"label": words[suffix], "url": reverse("receipts:receipt", args=[kind, reference, suffix])}
        for suffix in SUFFIXES
    ]


def _printed(slip: Slip, erasure: Erasure | None, *, is_open: bool) -> list[Line]:
    erased = [Line(_("Erased"), erasure.in_words)] if erasure else []
    return [slip.received, *erased, *slip.lines] if is_open else [slip.received, *erased]


def _issuer() -> str:
    """Return the authority in the language of the page; the name of the site where nobody has said who it is."""
    names = publisher().name
    return names.by_code.get(current_code()) or names.en or site_name()


def _signature(receipt: Mapping[str, Any], moment: datetime) -> str:
    """Return the authority's signature; nothing where its key is not within reach of this process."""
    try:
        key = signing_key()
        _publish(key, moment)
    except (ImproperlyConfigured, OSError) as error:
        _logger.warning("A receipt could not be signed: %s", error)
        return ""
    return sign_note(signed_text(receipt), key)


def _publish(key: PrivateKey, moment: datetime) -> None:
    """Publish the key before anything that it signed is given away."""
    if key.public not in public_keys():
        try:
            with transaction.atomic():
                use_key(key.public, moment)
        except IntegrityError:
            return  # another process was first
