"""Plain text and CSV: what can be decoded, and has no characters that no keyboard makes."""

import codecs
import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from files.enums import Kind
from files.kinds import all_endings
from files.refusals import FileRefusedError

_CHUNK: Final = 64 * 1024
_SAMPLE: Final = 16 * 1024  # characters in which lines are compared
_LINES: Final = 20
_FEWEST_LINES: Final = 2
_NOT_TEXT: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_DELIMITERS: Final = (";", "\t", ",")
# What a browser would take for a page, a picture with script or a style, were it handed out as such.
_PAGE: Final = re.compile(r"\s*<(!doctype|html|head|body|script|svg|iframe|\?xml|\?php|!--|meta|style)", re.IGNORECASE)
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Old tables are in one of these; every byte means something in the second, so that one is tried last.
_EIGHT_BITS: Final = ("utf-8", "latin-1")


def look_at_text(path: Path) -> tuple[Kind, dict[str, object]]:
    """Return whether a text is a table, and what is to be known about it; raise FileRefusedError where it is none."""
    with path.open("rb") as file:
        mark = file.read(4)
    encodings = [name for begins, name in _MARKS if mark.startswith(begins)] or list(_EIGHT_BITS)
    for encoding in encodings:
        try:
            sample = _read(path, encoding)
        except UnicodeDecodeError:
            continue
        facts: dict[str, object] = {"looks_like_a_page": True} if _PAGE.match(sample) else {}
        return (Kind.CSV if not facts and _is_table(sample) else Kind.TEXT), facts
    raise _unknown()


def _read(path: Path, encoding: str) -> str:
    """Return the beginning of a text, all of which was decoded and looked at."""
    sample = ""
    for piece in _pieces(path, encoding):
        if _NOT_TEXT.search(piece):
            raise _unknown()
        if len(sample) < _SAMPLE:
            sample += piece[:_SAMPLE]
    return sample


def _pieces(path: Path, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _is_table(sample: str) -> bool:
    """Return whether the first lines have the same number of cells, more than one."""
    lines = [line for line in sample.splitlines() if line.strip()][:_LINES]
    if len(lines) < _FEWEST_LINES:
        return False
    for delimiter in _DELIMITERS:
        try:
            rows: list[Any] = list(csv.reader(lines, delimiter=delimiter))
        except csv.Error:
            continue
        widths = {len(row) for row in rows}
        if len(widths) == 1 and widths.pop() > 1:
            return True
    return False


def _unknown() -> FileRefusedError:
    return FileRefusedError(
        _("By its content this file is none of the kinds that are taken: %(endings)s.")
        % {"endings": ", ".join(all_endings())}
    )
