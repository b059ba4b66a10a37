"""Files that are two things at once: one program opens a picture, another one an archive or a page with script."""

import zipfile
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from files.enums import Kind
from files.looks.archives import ARCHIVES
from files.refusals import FileRefusedError

_PDF: Final = b"%PDF-"
_PDF_END: Final = b"%%EOF"


def refuse_second_nature(path: Path, kind: Kind, head: bytes) -> None:
    """Refuse a file that another program would take for a PDF or an archive; raise FileRefusedError."""
    if kind in ARCHIVES:
        # A PDF that lies in an archive unpacked is no second nature; one that ends behind the archive is.
        with zipfile.ZipFile(path) as archive:
            if _PDF_END in archive.comment:
                raise _two_at_once()
        return
    if (kind is not Kind.PDF and _PDF in head) or zipfile.is_zipfile(path):
        raise _two_at_once()


def _two_at_once() -> FileRefusedError:
    return FileRefusedError(
        _(
            "This file is two kinds of file at once, so that different programs would show different things. Open it, "
            "save it anew or print it to PDF, and choose that."
        )
    )
