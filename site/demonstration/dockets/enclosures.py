"""Draws and writes what people send with their comments: small files, made here, the same each time."""

import io
from collections.abc import Callable, Mapping
from typing import Final

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

_SIZE: Final = (800, 520)
_SKY, _BANK, _WATER, _PIPE, _OUTFLOW = "#c9dbe2", "#6d8a4f", "#3f6f86", "#5b5148", "#8a6f3f"
_MAKER: Final = 0x010F  # where a photograph says which camera took it; gone in what is made public


def enclosure(name: str) -> SimpleUploadedFile:
    """Return a file as somebody would choose it; raises KeyError for a name that nobody thought of."""
    return SimpleUploadedFile(name, _ENCLOSURES[name]())


def _river() -> bytes:
    """Return a picture of a river, a bank and a pipe."""
    picture = Image.new("RGB", _SIZE, _SKY)
    draw = ImageDraw.Draw(picture)
    draw.polygon([(0, 190), (300, 150), (800, 210), (800, 330), (0, 300)], fill=_BANK)
    draw.polygon([(0, 300), (800, 330), (800, 520), (0, 520)], fill=_WATER)
    draw.rectangle((470, 265, 640, 300), fill=_PIPE)
    draw.polygon([(470, 270), (470, 298), (380, 400), (330, 390)], fill=_OUTFLOW)
    about = Image.Exif()
    about[_MAKER] = "Camera of a fisherman"
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=80, exif=about)
    return stream.getvalue()


def _catch() -> bytes:
    """Return a small table of what somebody caught."""
    rows = ["année;brochets;plus grand, cm"] + [f"{year};{14 - year % 5};{71 + year % 7}" for year in range(2015, 2026)]
    return ("\ufeff" + "\r\n".join(rows) + "\r\n").encode()


_ENCLOSURES: Final[Mapping[str, Callable[[], bytes]]] = {
    "la-velma-a-halmira.jpg": _river,
    "mes-brochets.csv": _catch,
}
