"""How often a receipt is typeset: with an address and a key, anybody could else keep the machine at it for ever."""

from collections.abc import Mapping
from typing import Any, Final

from django.core.cache import cache

from design.fictional import fictional_line
from design.publisher import site_name
from ledger.canonical import canonical_json, sha256_of
from receipts.kinds import Kind, Slip
from receipts.printing import TEMPLATE, receipt_pdf
from tracking.guards import HOUR, count_of

MOST_IN_AN_HOUR: Final = 20  # of one receipt that is somebody's, in whatever language
# What differs from copy to copy of the same receipt, and is as good in any of them.
_OF_A_COPY: Final = ("issued_at", "signature", "proof")


class TypesetTooOftenError(Exception):
    """The PDF of one receipt was asked for more often than anybody needs it."""


def typeset(kind: Kind, slip: Slip, receipt: Mapping[str, Any], key: str = "") -> bytes:
    """Return the PDF of a receipt; raise TypesetTooOftenError where it was asked for too often in this hour.

    What is everybody's is asked for by many, and kept in the cache by its content. What is somebody's, with words, a
    name or a key, is kept nowhere: it is made anew each time, and only so often.
    """
    if kind.is_everybodys:
        return _kept(slip, receipt)
    if count_of("typeset", f"{kind.name} {slip.reference}", HOUR) > MOST_IN_AN_HOUR:
        raise TypesetTooOftenError
    return receipt_pdf(slip, receipt, key)


def _kept(slip: Slip, receipt: Mapping[str, Any]) -> bytes:
    said = {name: value for name, value in receipt.items() if name not in _OF_A_COPY}
    said |= {
        "template": TEMPLATE,
        "site": site_name(),
        "fictional": fictional_line(),
        "words": [[line.label, line.value] for line in slip.words],
        "follow_words": slip.follow_words,
        "is_signed": bool(receipt["signature"]),
        "is_sealed": receipt["proof"] is not None,
    }
    name = f"receipts:pdf:{sha256_of(canonical_json(said))}"
    found: bytes | None = cache.get(name)
    if found is None:
        found = receipt_pdf(slip, receipt)
        cache.set(name, found, timeout=HOUR)
    return found
