"""Files made in code: one of each kind that is taken, and what strangers send besides."""

import io
import struct
import zipfile
import zlib
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"


def upload(name: str, content: bytes, claim: str = "application/octet-stream") -> SimpleUploadedFile:
    made = SimpleUploadedFile("x", content, claim)
    made._name = name  # Django's own setter would take away what is to be tried
    return made


def pdf(pages: int = 1, **protection: Any) -> bytes:
    writer = PdfWriter()
    for _number in range(pages):
        writer.add_blank_page(200, 200)
    if protection:
        writer.encrypt(**protection)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, (10, 90, 60)).save(stream, kind, **options)
    return stream.getvalue()


def photograph_with_a_place() -> bytes:
    """A JPEG in which stand the camera and where it was."""
    exif = Image.Exif()
    exif[0x010F] = "Camera of Aino"
    exif[0x8825] = {1: "N", 2: (60.0, 10.0, 0.0), 3: "E", 4: (24.0, 56.0, 0.0)}
    exif[0x0112] = 6  # lies on its side
    return picture("JPEG", (40, 30), exif=exif, comment=b"taken in my garden")


def huge_picture(width: int = 100_000, height: int = 100_000) -> bytes:
    """A PNG of a few hundred bytes that says it is as large as that."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    made = b"\x89PNG\r\n\x1a\n"
    for name, data in chunks:
        made += struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return made


def huge_webp() -> bytes:
    """A WebP file that says it measures 16,384 by 16,384 pixels."""
    side = (16_384 - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + side + side
    return b"RIFF" + struct.pack("<I", len(body)) + body


def archive(
    parts: dict[str, bytes], *, packed: bool = True, method: int = zipfile.ZIP_DEFLATED, comment: bytes = b""
) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method if packed else zipfile.ZIP_STORED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
        made.comment = comment
    return stream.getvalue()


def office(main: str, *, method: int = zipfile.ZIP_DEFLATED, **parts: bytes) -> bytes:
    types = f'<Types><Override PartName="/main.xml" ContentType="{main}"/></Types>'.encode()
    return archive({"[Content_Types].xml": types, "main.xml": b"<w/>", **parts}, method=method)


def open_document(kind: str, **parts: bytes) -> bytes:
    mimetype = f"application/vnd.oasis.opendocument.{kind}".encode()
    return archive({"mimetype": mimetype, "content.xml": b"<office/>", **parts}, packed=False)


def bomb(megabytes: int = 200) -> bytes:
    """An archive that is small and would unpack into very much."""
    return archive({"zeros.txt": b"\0" * (megabytes * 1024 * 1024)})
