"""The first look: which kind of file begins like this, and then the closer look at that kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import filetype
from django.utils.translation import gettext as _

from files.enums import PICTURES, Kind
from files.kinds import all_endings
from files.looks.archives import look_at_archive
from files.looks.pdfs import look_at_pdf
from files.looks.pictures import look_at_picture
from files.looks.texts import look_at_text
from files.looks.tricks import refuse_second_nature
from files.refusals import FileRefusedError

_HEAD: Final = 1024  # bytes in which readers of PDF look for its beginning
_BY_TYPE: Final[Mapping[str, Kind]] = {
    "image/png": Kind.PNG,
    "image/jpeg": Kind.JPEG,
    "image/webp": Kind.WEBP,
    "image/gif": Kind.GIF,
}
_PDF: Final = b"%PDF-"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF: Final = b"{\\rtf"


@dataclass(frozen=True)
class Found:
    """What a file turned out to be; `facts` say more where the kind has more to say (pages, pixels, contents)."""

    kind: Kind
    facts: dict[str, object] = field(default_factory=dict)


def look_at(path: Path) -> Found:
    """Return what a file is; raise FileRefusedError where it is nothing that is taken, or more than one thing."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise FileRefusedError(_("The file is empty. Open it to see whether it holds anything, and choose it again."))
    if head.startswith(_PDF):
        found = Found(Kind.PDF, look_at_pdf(path))
    elif head.startswith(_ZIP):
        kind, facts = look_at_archive(path)
        found = Found(kind, facts)
    elif picture := _picture(head):
        found = Found(picture, look_at_picture(path, picture))
    else:
        _refuse_known(head)
        kind, facts = look_at_text(path)
        found = Found(kind, facts)
    refuse_second_nature(path, found.kind, head)
    return found


def _picture(head: bytes) -> Kind | None:
    guess = filetype.guess(head)
    kind = _BY_TYPE.get(guess.mime) if guess else None
    return kind if kind in PICTURES else None


def _refuse_known(head: bytes) -> None:
    """Refuse what is recognised and not on the list, by its name."""
    if head.startswith(_OLD_OFFICE):
        raise FileRefusedError(
            _(
                "This is a file of an older Office, in which programs can hide. Save it as DOCX, XLSX or PPTX, or as "
                "PDF, and choose that."
            )
        )
    if head.lstrip().startswith(_RTF):
        raise FileRefusedError(_("This is an RTF document. Save it as DOCX, ODT or PDF, and choose that."))
    guess = filetype.guess(head)
    if guess is not None:
        raise FileRefusedError(
            _("By its content this is a file of the kind “%(kind)s”, which is not taken. These are: %(endings)s.")
            % {"kind": guess.extension, "endings": ", ".join(all_endings())}
        )
