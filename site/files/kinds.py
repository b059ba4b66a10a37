"""The allow-list: which kinds of file are taken, and within which limits. Form, checks and README read it here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from design.formats import format_number
from files.enums import PICTURES, Kind

MEGABYTE: Final = 1024 * 1024

MOST_FILES: Final = 5  # with one submission
LARGEST_FILE: Final = 10 * MEGABYTE
MOST_PIXELS: Final = 40_000_000
LONGEST_SIDE: Final = 20_000  # pixels
MOST_PAGES: Final = 500
MOST_UNPACKED: Final = 100 * MEGABYTE
HIGHEST_RATIO: Final = 100  # times larger unpacked than packed
MOST_MEMBERS: Final = 1_000
DEEPEST_FOLDER: Final = 10
LONGEST_HELD_DAYS: Final = 2  # a file that was chosen, and not sent


@dataclass(frozen=True)
class Rule:
    """One kind: how it is announced when it is handed out, and the endings its name may have; the first is usual."""

    media_type: str
    endings: tuple[str, ...]
    in_archives: bool = True


_OOXML: Final = "application/vnd.openxmlformats-officedocument"
_ODF: Final = "application/vnd.oasis.opendocument"

RULES: Final[Mapping[Kind, Rule]] = {
    Kind.PDF: Rule("application/pdf", ("pdf",)),
    Kind.DOCX: Rule(f"{_OOXML}.wordprocessingml.document", ("docx",)),
    Kind.XLSX: Rule(f"{_OOXML}.spreadsheetml.sheet", ("xlsx",)),
    Kind.PPTX: Rule(f"{_OOXML}.presentationml.presentation", ("pptx",)),
    Kind.ODT: Rule(f"{_ODF}.text", ("odt",)),
    Kind.ODS: Rule(f"{_ODF}.spreadsheet", ("ods",)),
    Kind.ODP: Rule(f"{_ODF}.presentation", ("odp",)),
    Kind.PNG: Rule("image/png", ("png",)),
    Kind.JPEG: Rule("image/jpeg", ("jpg", "jpeg")),
    Kind.WEBP: Rule("image/webp", ("webp",)),
    Kind.GIF: Rule("image/gif", ("gif",)),
    Kind.CSV: Rule("text/csv", ("csv", "tsv", "txt")),
    Kind.TEXT: Rule("text/plain", ("txt", "csv", "tsv", "md")),
    Kind.ZIP: Rule("application/zip", ("zip",), in_archives=False),
}


def all_endings() -> list[str]:
    """Return every ending that a file's name may have, once each."""
    return list(dict.fromkeys(ending for rule in RULES.values() for ending in rule.endings))


def endings_in_archives() -> frozenset[str]:
    """Return the endings of what may lie in a ZIP archive."""
    return frozenset(ending for rule in RULES.values() if rule.in_archives for ending in rule.endings)


def largest_file() -> int:
    """Return how many bytes one file may have: never more than one request."""
    return min(LARGEST_FILE, int(settings.UPLOAD_BYTES))


def limits_in_words() -> list[str]:
    """Return what is taken and within which limits, as sentences for whoever is about to choose a file."""
    return [
        _(
            "Up to %(count)s files: PDF, Word, Excel, PowerPoint, OpenDocument, pictures (PNG, JPEG, WebP, GIF), CSV, "
            "plain text, or a ZIP archive of these."
        )
        % {"count": MOST_FILES},
        _("Up to %(size)s MB each, and %(all)s MB at a time.")
        % {
            "size": format_number(largest_file() // MEGABYTE),
            "all": format_number(settings.UPLOAD_BYTES // MEGABYTE),
        },
        _(
            "A PDF has at most %(pages)s pages, a picture %(pixels)s million pixels, an archive %(members)s files and "
            "%(unpacked)s MB unpacked. No passwords, no macros."
        )
        % {
            "pages": format_number(MOST_PAGES),
            "pixels": format_number(MOST_PIXELS // 1_000_000),
            "members": format_number(MOST_MEMBERS),
            "unpacked": format_number(MOST_UNPACKED // MEGABYTE),
        },
    ]


def as_markdown() -> str:
    """Return the table of the README."""
    limits = dict.fromkeys(PICTURES, f"{MOST_PIXELS // 1_000_000} million pixels, {LONGEST_SIDE:,} on a side")
    limits[Kind.PDF] = f"{MOST_PAGES} pages; no password"
    archive = f"{MOST_UNPACKED // MEGABYTE} MB unpacked, {HIGHEST_RATIO} times its size, {MOST_MEMBERS:,} parts"
    for kind in (Kind.DOCX, Kind.XLSX, Kind.PPTX, Kind.ODT, Kind.ODS, Kind.ODP):
        limits[kind] = f"{archive}; no macros, no password"
    limits[Kind.ZIP] = f"{archive}; names checked, nothing unpacked, no archive in it"
    rows = ["| kind | media type | endings | limits besides size |", "|---|---|---|---|"]
    rows += [
        f"| {kind.value} | `{rule.media_type}` | {', '.join(rule.endings)} | {limits.get(kind, '–')} |"
        for kind, rule in RULES.items()
    ]
    return "\n".join(rows) + "\n"
