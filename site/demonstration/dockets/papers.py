"""Writes the papers of the dossiers: open text documents, extracts of the register as CSV, and plain texts."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any, Final
from xml.sax.saxutils import escape

from django.utils import translation

from consultations.enums import MeasureKind
from demonstration.dockets.scripts import Script, ScriptedDocument
from demonstration.party import AUTHORITY
from design.texts import Texts
from register.models import Activity, Pollutant, Release

_ODT: Final = "application/vnd.oasis.opendocument.text"
_OFFICE: Final = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TEXT: Final = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_META: Final = "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
_DC: Final = "http://purl.org/dc/elements/1.1/"
_MANIFEST: Final = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)  # of the archive format: the same words give the same bytes
_PROPOSED: Final = Texts(en="What is proposed", fr="Ce qui est proposé", ru="Что предлагается")
_NOW: Final = Texts(en="Now", fr="Aujourd’hui", ru="Сейчас")
_THEN: Final = Texts(en="Proposed", fr="Proposé", ru="Предлагается")


def write_paper(document: ScriptedDocument, script: Script) -> bytes:
    """Return the bytes of a paper."""
    if document.kind == "paper":
        return _explanatory_note(script, document.language)
    if document.kind == "register_extract":
        return _register_extract(document.pollutant or str(script.measures[0]["pollutant"]))
    return document.body.encode()


def _explanatory_note(script: Script, language: str) -> bytes:
    """Return the reasons for a proposal as an open text document, in one language."""
    title = getattr(script.texts["title"], language)
    lines: list[tuple[int, str]] = [(1, title), (0, getattr(AUTHORITY, language))]
    lines.append((0, getattr(script.texts["summary"], language)))
    lines += _as_lines(getattr(script.background, language))
    lines.append((2, getattr(_PROPOSED, language)))
    for number, measure in enumerate(script.measures, start=1):
        lines.append((3, f"M{number}. {_subject(measure, language)}"))
        for label, side in ((_NOW, "before"), (_THEN, "after")):
            lines.append((0, f"{getattr(label, language)}: {_side(measure, side, language)}"))
        lines.append((0, str(measure[f"rationale_{language}"])))
    return open_document(title, lines, language)


def _subject(measure: Mapping[str, Any], language: str) -> str:
    own = measure.get(f"subject_{language}")
    if own:
        return str(own)
    held: Pollutant | Activity
    if "pollutant" in measure:
        held = Pollutant.objects.get(code=measure["pollutant"])
    else:
        held = Activity.objects.get(code=measure["activity"])
    with translation.override(language):
        return f"{held.name} ({MeasureKind(measure['kind']).label})"


def _side(measure: Mapping[str, Any], side: str, language: str) -> str:
    return str(measure.get(f"{side}_text_{language}") or f"{measure.get(f'{side}_kg', '–')} kg")


def _as_lines(markup: str) -> Iterable[tuple[int, str]]:
    for chunk in markup.split("\n"):
        text = chunk.strip()
        if text:
            yield (2, text[3:]) if text.startswith("## ") else (0, text.removeprefix("- "))


def open_document(title: str, lines: Iterable[tuple[int, str]], language: str) -> bytes:
    """Return an open text document: lines with the level of their heading, 0 for a paragraph."""
    body = "".join(
        f'<text:h text:outline-level="{level}">{escape(text)}</text:h>' if level else f"<text:p>{escape(text)}</text:p>"
        for level, text in lines
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<office:document-content xmlns:office="{_OFFICE}" xmlns:text="{_TEXT}" office:version="1.3">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    meta = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<office:document-meta xmlns:office="{_OFFICE}" xmlns:meta="{_META}" xmlns:dc="{_DC}" office:version="1.3">'
        f"<office:meta><dc:title>{escape(title)}</dc:title><dc:language>{language}</dc:language></office:meta>"
        "</office:document-meta>"
    )
    files = (("/", _ODT), ("content.xml", "text/xml"), ("meta.xml", "text/xml"))
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>' for path, kind in files
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<manifest:manifest xmlns:manifest="{_MANIFEST}" manifest:version="1.3">{entries}</manifest:manifest>'
    )
    parts = (
        ("mimetype", _ODT, zipfile.ZIP_STORED),  # first and not compressed: by it programs know the format
        ("content.xml", content, zipfile.ZIP_DEFLATED),
        ("meta.xml", meta, zipfile.ZIP_DEFLATED),
        ("META-INF/manifest.xml", manifest, zipfile.ZIP_DEFLATED),
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text, compression in parts:
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = compression
            archive.writestr(entry, text)
    return buffer.getvalue()


def _register_extract(pollutant: str) -> bytes:
    """Return every current release of a pollutant as CSV, oldest first."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["reporting_year", "facility", "medium", "state", "quantity_kg", "method"])
    releases = Release.objects.current().filter(pollutant__code=pollutant).select_related("facility")
    for one in releases.order_by("reporting_year", "facility__name", "medium"):
        quantity = "" if one.quantity_kg is None else f"{one.quantity_kg.normalize():f}"
        writer.writerow([one.reporting_year, one.facility.name, one.medium, one.presence, quantity, one.method])
    return buffer.getvalue().encode()
