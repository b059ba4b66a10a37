"""The receipt that is attached to a PDF, found without a library: the file may come from anybody.

Typst writes an attachment as a stream of the type EmbeddedFile, plain or deflated. Nothing else of the PDF is read, so
nothing else in it can do harm; what is printed in it is therefore not what is checked.
"""

import re
import zlib
from typing import Final

_DICTIONARY: Final = re.compile(rb"obj\s*<<([^\r\n]{0,400}?/Type\s*/EmbeddedFile[^\r\n]{0,400}?)>>\s*stream\r?\n")
_LENGTH: Final = re.compile(rb"/Length (\d{1,9})(?!\d| \d)")
_BEGINNING: Final = b'"prtr-receipt/'


def attached_receipt(data: bytes, *, largest: int) -> bytes | None:
    """Return the JSON of the receipt in a PDF; None where there is none, or where it unpacks to more than `largest`."""
    for match in _DICTIONARY.finditer(data):
        length = _LENGTH.search(match[1])
        if length is None:
            continue
        content: bytes | None = data[match.end() : match.end() + int(length[1])]
        if b"/FlateDecode" in match[1] and content is not None:
            content = _unpacked(content, largest)
        if content is not None and _BEGINNING in content[:200]:
            return content
    return None


def _unpacked(content: bytes, largest: int) -> bytes | None:
    unpacking = zlib.decompressobj()
    try:
        unpacked = unpacking.decompress(content, largest)
    except zlib.error:
        return None
    return unpacked if unpacking.eof else None
