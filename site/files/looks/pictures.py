"""Pictures: their size is read from their first bytes, before anything of them is drawn."""

import struct
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from design.formats import format_number
from files.enums import Kind
from files.kinds import LONGEST_SIDE, MOST_PIXELS
from files.refusals import FileRefusedError

FORMATS: Final = {Kind.PNG: "PNG", Kind.JPEG: "JPEG", Kind.WEBP: "WEBP", Kind.GIF: "GIF"}
_WEBP_HEAD: Final = 30


def look_at_picture(path: Path, kind: Kind) -> dict[str, object]:
    """Return width and height; raise FileRefusedError where the picture is damaged or too large to be drawn."""
    if kind is Kind.WEBP:
        _refuse_large(*_webp_size(path))  # its reader sets memory aside for all of it as soon as it is opened
    try:
        with Image.open(path, formats=[FORMATS[kind]]) as picture:
            width, height = picture.size
            _refuse_large(width, height)
            picture.verify()
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    # Pillow reads what strangers wrote: a broken file shows itself as any of these.
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, struct.error, EOFError, IndexError) as error:
        raise damaged() from error
    return {"width": width, "height": height}


def _refuse_large(width: int, height: int) -> None:
    if width < 1 or height < 1:
        raise damaged()
    if max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS:
        raise _too_large(width, height)


def _webp_size(path: Path) -> tuple[int, int]:
    """Return width and height as the first chunk of a WebP file gives them."""
    with path.open("rb") as file:
        head = file.read(_WEBP_HEAD)
    if len(head) < _WEBP_HEAD:
        raise damaged()
    chunk = head[12:16]
    if chunk == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if chunk == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    if chunk == b"VP8 ":
        width, height = struct.unpack("<HH", head[26:30])
        return width & 0x3FFF, height & 0x3FFF
    raise damaged()


def damaged() -> FileRefusedError:
    """Return the refusal of a picture that cannot be read."""
    return FileRefusedError(
        _("This picture is damaged or was not received whole. Open it, save it anew, and choose that.")
    )


def _too_large(width: int = 0, height: int = 0) -> FileRefusedError:
    limit = format_number(MOST_PIXELS // 1_000_000)
    if not width:
        sentence = _("This picture has too many pixels; %(limit)s million are possible. Make it smaller.")
        return FileRefusedError(sentence % {"limit": limit})
    return FileRefusedError(
        _(
            "This picture measures %(width)s by %(height)s pixels; %(limit)s million pixels are possible, and %(side)s "
            "on a side. Make it smaller."
        )
        % {
            "width": format_number(width),
            "height": format_number(height),
            "limit": limit,
            "side": format_number(LONGEST_SIDE),
        }
    )
