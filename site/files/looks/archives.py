"""Archives, and the office documents that are archives: their list of contents is read, nothing is unpacked."""

import re
import stat
import zipfile
import zlib
from lzma import LZMAError
from pathlib import Path
from typing import Final, NoReturn

from django.utils.translation import gettext as _

from design.formats import format_number
from files.enums import Kind
from files.kinds import (
    DEEPEST_FOLDER,
    HIGHEST_RATIO,
    MEGABYTE,
    MOST_MEMBERS,
    MOST_UNPACKED,
    endings_in_archives,
)
from files.names import shown_name
from files.refusals import FileRefusedError

ARCHIVES: Final = frozenset({Kind.DOCX, Kind.XLSX, Kind.PPTX, Kind.ODT, Kind.ODS, Kind.ODP, Kind.ZIP})

_TYPES: Final = "[Content_Types].xml"
_MIMETYPE: Final = "mimetype"
_MOST_READ: Final = MEGABYTE
_END_RECORD: Final = b"PK\x05\x06"
_END_LENGTH: Final = 22
_ENCRYPTED: Final = 0x1
_OOXML: Final = {
    b"wordprocessingml.document.main+xml": Kind.DOCX,
    b"spreadsheetml.sheet.main+xml": Kind.XLSX,
    b"presentationml.presentation.main+xml": Kind.PPTX,
    b"presentationml.slideshow.main+xml": Kind.PPTX,
}
_ODF: Final = {
    b"application/vnd.oasis.opendocument.text": Kind.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": Kind.ODS,
    b"application/vnd.oasis.opendocument.presentation": Kind.ODP,
}
_MACROS: Final = re.compile(r"(^|/)(vbaProject\.bin|Basic/|Scripts/|vbaData\.xml)", re.IGNORECASE)
_DRIVE: Final = re.compile(r"^[A-Za-z]:")


def look_at_archive(path: Path) -> tuple[Kind, dict[str, object]]:
    """Return which kind of archive it is, and its contents where it is a plain one; raise FileRefusedError."""
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_other_bytes(path, archive)
            _refuse_bombs(path, archive)
            kind = _office_kind(archive)
            if kind is not None:
                return kind, {}
            return Kind.ZIP, {"contents": _contents(archive)}
    # The list of contents is what strangers wrote: a broken one shows itself as any of these.
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, LZMAError, OSError, ValueError, EOFError) as error:
        raise _damaged() from error
    except RuntimeError as error:  # zipfile's way to say that a part is locked, or packed in an unknown way
        raise (_locked() if "password" in str(error) else _damaged()) from error


def _refuse_other_bytes(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse bytes before the first part or behind the end: another program would take them for something else."""
    members = archive.infolist()
    if not members:
        raise FileRefusedError(_("There is nothing in this archive."))
    length = _END_LENGTH + len(archive.comment)
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - length))
        ends_there = file.read(len(_END_RECORD)) == _END_RECORD
    if not ends_there or min(member.header_offset for member in members) != 0:
        raise FileRefusedError(
            _("There is something before or behind the contents of this archive. Make it anew, and choose that.")
        )


def _refuse_bombs(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse what would unpack into more than anybody's disk, hides parts in each other, or leads out of its folder."""
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        _too_much(
            _("It has %(count)s parts; %(limit)s are possible.")
            % {"count": format_number(len(members)), "limit": format_number(MOST_MEMBERS)}
        )
    unpacked = sum(member.file_size for member in members)
    if unpacked > MOST_UNPACKED:
        _too_much(
            _("Unpacked it would be %(size)s MB large; %(limit)s MB are possible.")
            % {"size": format_number(unpacked // MEGABYTE), "limit": format_number(MOST_UNPACKED // MEGABYTE)}
        )
    if unpacked > HIGHEST_RATIO * path.stat().st_size:
        _too_much(
            _("Unpacked it would be more than %(limit)s times as large.") % {"limit": format_number(HIGHEST_RATIO)}
        )
    end = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        if member.header_offset < end:
            _too_much(_("Its parts lie one inside the other."))
        end = member.header_offset + member.compress_size
    names = [member.filename for member in members]
    if len(set(names)) != len(names):
        raise FileRefusedError(_("Two parts of this archive have the same name. Make it anew, and choose that."))
    for member in members:
        if member.flag_bits & _ENCRYPTED:
            raise _locked()
        _refuse_path(member)


def _refuse_path(member: zipfile.ZipInfo) -> None:
    """Refuse a name that would be unpacked somewhere else than below one folder, or as a link."""
    name = member.orig_filename.replace("\\", "/")
    steps = name.split("/")
    leads_out = name.startswith("/") or _DRIVE.match(name) or ".." in steps or "\x00" in name
    if leads_out or len(steps) > DEEPEST_FOLDER + 1 or stat.S_ISLNK(member.external_attr >> 16):
        raise FileRefusedError(
            _("The archive holds a name that leads out of its folder or too deep into it: “%(name)s”.")
            % {"name": shown_name(name)}
        )


def _office_kind(archive: zipfile.ZipFile) -> Kind | None:
    """Return which office document it is; None where it is a plain archive."""
    names = archive.namelist()
    kind: Kind | None = None
    if _TYPES in names:
        types = _beginning(archive, _TYPES)
        if b"macroEnabled" in types:
            raise _with_macros()
        kind = next((kind for mark, kind in _OOXML.items() if mark in types), None)
    elif names[0] == _MIMETYPE:
        kind = _ODF.get(_beginning(archive, _MIMETYPE).strip())
    if kind is not None and any(_MACROS.search(name) for name in names):
        raise _with_macros()
    return kind


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_MOST_READ)


def _contents(archive: zipfile.ZipFile) -> list[dict[str, object]]:
    """Return names and sizes of what is in a plain archive; raise FileRefusedError for what is not taken by itself."""
    fitting = endings_in_archives()
    contents: list[dict[str, object]] = []
    for member in archive.infolist():
        if member.is_dir():
            continue
        ending = member.filename.rpartition(".")[2].lower()
        if ending not in fitting:
            raise FileRefusedError(
                _(
                    "The archive holds “%(name)s”, which is not taken by itself either. Leave it out; these are taken: "
                    "%(kinds)s."
                )
                % {"name": shown_name(member.filename), "kinds": ", ".join(sorted(fitting))}
            )
        contents.append({"name": shown_name(member.filename), "size": member.file_size})
    if not contents:
        raise FileRefusedError(_("There is nothing in this archive."))
    return contents


def _too_much(why: str) -> NoReturn:
    raise FileRefusedError(_("This archive is too large inside.") + " " + why)


def _locked() -> FileRefusedError:
    return FileRefusedError(
        _("This archive asks for a password, so that nobody here could read it. Make it without, and choose that.")
    )


def _with_macros() -> FileRefusedError:
    return FileRefusedError(
        _("There are macros in this document: small programs. Save it without them, or as PDF, and choose that.")
    )


def _damaged() -> FileRefusedError:
    return FileRefusedError(
        _("This archive or document is damaged or was not received whole. Save it anew, and choose that.")
    )
