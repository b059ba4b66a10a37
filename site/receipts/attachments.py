"""The receipt that is attached to a PDF, found without a library: the file may come from anybody.

Typst writes an attachment as a stream of the type EmbeddedFile, plain or deflated. Nothing else of the PDF is read, so
nothing else in it can do harm; what is printed in it is therefore not what is checked.
"""

import re
import zlib
from collections.abc import Iterator
from typing import Final

_KIND: Final = b"/EmbeddedFile"
_STREAM: Final = re.compile(rb"stream\r?\n")
_LENGTH: Final = re.compile(rb"/Length (\d{1,9})(?!\d| \d)")
_BEGINNING: Final = b'"prtr-receipt/'
_MOST: Final = 50  # attachments that are looked at
_NEAR: Final = 400  # bytes of the dictionary before and behind its kind


def attached_receipt(data: bytes, *, largest: int) -> bytes | None:
    """Return the JSON of the receipt in a PDF; None where there is none, or where it unpacks to more than `largest`."""
    for described, begins in _streams(data):
        length = _LENGTH.search(described)
        if length is None:
            continue
        content: bytes | None = data[begins : begins + int(length[1])]
        if b"/FlateDecode" in described and content is not None:
            content = _unpacked(content, largest)
        if content is not None and _BEGINNING in content[:200]:
            return content
    return None


def _streams(data: bytes) -> Iterator[tuple[bytes, int]]:
    """Yield the dictionary of each attachment, and where its content begins."""
    at = -1
    for _number in range(_MOST):
        at = data.find(_KIND, at + 1)
        if at < 0:
            return
        begins = _STREAM.search(data, at, at + _NEAR)
        if begins is not None:
            before = max(data.rfind(b"obj", max(at - _NEAR, 0), at), 0)
            yield data[before : begins.start()], begins.end()


def _unpacked(content: bytes, largest: int) -> bytes | None:
    unpacking = zlib.decompressobj()
    try:
        unpacked = unpacking.decompress(content, largest)
    except zlib.error:
        return None
    return unpacked if unpacking.eof else None
