"""Documents to print and to keep: a Typst template and plain values give a tagged PDF (PDF/UA-1).

A template stands as `templates/pdf/<name>.typ` in the app that prints it, and reads its values with

    #let values = json(bytes(sys.inputs.values))

so that whatever somebody wrote is data and never markup: a name such as "#panic()" is printed as it is. The fonts come
with Typst (Libertinus Serif among them, with Latin and Cyrillic), so every machine prints the same.
"""

import io
import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import segno
import typst
from django.template import TemplateDoesNotExist
from django.template.utils import get_app_template_dirs

_STANDARD: Final = "ua-1"
_PIXELS_PER_INCH: Final = 110.0


def render_pdf(template_name: str, values: Mapping[str, Any], *, at: datetime | None = None) -> bytes:
    """Return a template of `templates/pdf/` with its values as PDF/UA-1; `at` stands in it as the time it was made.

    The values are JSON: texts, numbers, lists, mappings. The same values and instant give the same bytes. Raises
    TemplateDoesNotExist, and typst.TypstError where the template is wrong or misses what accessibility needs.
    """
    return bytes(
        typst.compile(
            _path_of(template_name),
            sys_inputs={"values": json.dumps(values, ensure_ascii=False)},
            pdf_standards=_STANDARD,
            ignore_system_fonts=True,
            timestamp=int(at.timestamp()) if at else None,
        )
    )


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
