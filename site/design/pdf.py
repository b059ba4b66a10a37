"""Documents to print and to keep: a Typst template and plain values give a tagged PDF (PDF/UA-1).

A template stands as `templates/pdf/<name>.typ` in the app that prints it, and reads its values with

    #let values = json(bytes(sys.inputs.values))

so that whatever somebody wrote is data and never markup: a name such as "#panic()" is printed as it is. The fonts come
with Typst (Libertinus Serif among them, with Latin and Cyrillic), so every machine prints the same. A character that
none of them has, such as 😀 or a Chinese one, is printed as a box, and `values.unprintable` says so in a sentence.
"""

import io
import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import segno
import typst
from django.template import TemplateDoesNotExist
from django.template.utils import get_app_template_dirs
from django.utils.translation import gettext as _

_STANDARD: Final = "ua-1"
_PIXELS_PER_INCH: Final = 110.0
_CANNOT_SHOW: Final = "could not be displayed with font"  # so the standard refuses the whole document
_BOX: Final = "□"
# Libertinus Serif has all of these itself (a test tries them): Latin, Greek and Cyrillic letters and common signs. What
# other fonts would have depends on its neighbours, so where one character has to be a box, all outside of these are.
_PRINTABLE: Final = (
    "\n -~\u00a0-\u00ac\u00ae-\u0241\u0250-\u02e4\u0384-\u038a\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f\u0470-\u0477"
    "\u0490-\u04c4\u04d0-\u04f9\u1e00-\u1e9b\u1ea0-\u1ef9\u2010-\u2027\u2030-\u2037\u2039-\u203e\u2074-\u208e\u20ac\u2116\u2153-\u2184"
    "\u2190-\u219b\u2200-\u220d\u220f-\u221c\u25a0\u25a1\u25cf"
)
_UNPRINTABLE: Final = re.compile(f"[^{_PRINTABLE}]")
_DATA: Final = frozenset({"attachment", "qr", "address"})  # what a template hands on, and does not set


def render_pdf(template_name: str, values: Mapping[str, Any], *, at: datetime | None = None) -> bytes:
    """Return a template of `templates/pdf/` with its values as PDF/UA-1; `at` stands in it as the time it was made.

    The values are JSON: texts, numbers, lists, mappings. The same values and instant give the same bytes. Raises
    TemplateDoesNotExist, and typst.TypstError where the template is wrong or misses what accessibility needs.
    """
    try:
        return _compiled(template_name, values, at)
    except typst.TypstError as error:
        if _CANNOT_SHOW not in str(error):
            raise
    sentence = _("A box (%(box)s) stands for a character that cannot be printed here.") % {"box": _BOX}
    return _compiled(template_name, {**_with_boxes(values), "unprintable": sentence}, at)


def _compiled(template_name: str, values: Mapping[str, Any], at: datetime | None) -> bytes:
    return bytes(
        typst.compile(
            _path_of(template_name),
            sys_inputs={"values": json.dumps(values, ensure_ascii=False)},
            pdf_standards=_STANDARD,
            ignore_system_fonts=True,
            timestamp=int(at.timestamp()) if at else None,
        )
    )


def _with_boxes(value: Any) -> Any:
    """Return a value with a box for each character that no font has; marks that only steer the text are dropped."""
    if isinstance(value, str):
        composed = unicodedata.normalize("NFC", value)
        return _UNPRINTABLE.sub(lambda found: "" if _only_steers(found[0]) else _BOX, composed)
    if isinstance(value, Mapping):
        return {name: each if name in _DATA else _with_boxes(each) for name, each in value.items()}
    return [_with_boxes(each) for each in value] if isinstance(value, list | tuple) else value


def _only_steers(character: str) -> bool:
    return unicodedata.category(character) in {"Cf", "Cc", "Mn"}


def render_picture(template_name: str, values: Mapping[str, Any]) -> bytes:
    """Return the first page of the same document as a PNG, to look at."""
    pages = typst.compile(
        _path_of(template_name),
        sys_inputs={"values": json.dumps(values, ensure_ascii=False)},
        format="png",
        ppi=_PIXELS_PER_INCH,
        ignore_system_fonts=True,
    )
    return bytes(pages[0] if isinstance(pages, list) else pages)


def qr_code(text: str) -> str:
    """Return a QR code as SVG, for a template to draw with `image(bytes(values.qr), format: "svg", alt: …)`."""
    stream = io.BytesIO()
    segno.make(text, error="m").save(stream, kind="svg", border=0, scale=4, xmldecl=False)
    return stream.getvalue().decode()


@cache
def _path_of(template_name: str) -> str:
    for folder in get_app_template_dirs("templates"):
        path = Path(folder) / "pdf" / template_name
        if path.is_file():
            return str(path)
    raise TemplateDoesNotExist(f"pdf/{template_name}")
