"""PDF: begins and ends as one, can be opened by everybody, and is not endless."""

from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _
from pypdf import PdfReader

from design.formats import format_number
from files.kinds import MOST_PAGES
from files.refusals import FileRefusedError

_TAIL: Final = 2048  # bytes in which the end has to stand
_END: Final = b"%%EOF"
_REFERENCE: Final = b"startxref"


def look_at_pdf(path: Path) -> dict[str, object]:
    """Return the number of pages; raise FileRefusedError where the file is damaged, locked or too long."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        tail = file.read()
        if _END not in tail or _REFERENCE not in tail:
            raise _damaged()
        file.seek(0)
        try:
            pages = _pages(PdfReader(file))
        except FileRefusedError:
            raise
        except Exception as error:  # noqa: BLE001 -- pypdf walks through what strangers wrote, and may raise anything
            raise _damaged() from error
    if pages > MOST_PAGES:
        raise FileRefusedError(
            _("This PDF has %(count)s pages; %(limit)s are possible. Divide it, or send the part that matters.")
            % {"count": format_number(pages), "limit": format_number(MOST_PAGES)}
        )
    return {"pages": pages}


def _pages(reader: PdfReader) -> int:
    """Return how many pages the file says that it has; they are not unpacked."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise FileRefusedError(
            _("This PDF asks for a password, so that nobody here could read it. Save it without, and choose that.")
        )
    pages = int(reader.trailer["/Root"]["/Pages"]["/Count"])  # type: ignore[index]  # pypdf's dictionaries of anything
    if pages < 1:
        raise _damaged()
    return pages


def _damaged() -> FileRefusedError:
    return FileRefusedError(
        _("This PDF is damaged or was not received whole. Open it, save or print it to PDF anew, and choose that.")
    )
