"""What is held about somebody as one ZIP: pages to read, data for a machine, and the files she sent.

It is written piece by piece as it is sent: nothing of it is ever stored here, and it needs no more memory however large
the files are.
"""

import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils.translation import get_language

from design.publisher import publisher
from privacy.holdings import Held, HeldFile

FORMAT: Final = "prtr-held/1"
_UNSAFE: Final = re.compile(r"[^\w.-]+")
_LONGEST_NAME: Final = 100


def package(found: Sequence[Held], *, at: datetime) -> Iterator[bytes]:
    """Yield the bytes of the ZIP; everything but the files is read before the first of them."""
    files = [(_path(held, number, file), file) for held in found for number, file in enumerate(held.files, 1)]
    names: dict[str, list[str]] = {}
    for path, _file in files:
        names.setdefault(path.split("/")[1], []).append(path)
    context = {
        "found": [{"held": held, "files": names.get(_folder(held), [])} for held in found],
        "at": at,
        "base_url": settings.BASE_URL,
        "publisher": publisher(),
        "language": get_language(),
    }
    texts = {
        "index.html": render_to_string("privacy/package/index.html", context),
        "data.json": _dump(_data(found, names, at)),
        "README.txt": render_to_string("privacy/package/readme.txt", context),
    }
    return _zipped(texts, files, at)


def _data(found: Sequence[Held], names: dict[str, list[str]], at: datetime) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "site": settings.BASE_URL,
        "made_at": at,
        "things": [
            {
                "kind": held.holding.key,
                "reference": held.reference,
                "erased_at": held.erased_at,
                "files": names.get(_folder(held), []),
                **held.data,
            }
            for held in found
        ],
    }


def _dump(data: dict[str, Any]) -> str:
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1) + "\n"


def _folder(held: Held) -> str:
    return _UNSAFE.sub("-", held.reference)


def _path(held: Held, number: int, file: HeldFile) -> str:
    """Return where a file lies in the ZIP: its name as a name only, whatever was in it."""
    name = _UNSAFE.sub("-", file.name.replace("\\", "/").rsplit("/", 1)[-1]).lstrip(".-")[-_LONGEST_NAME:]
    return f"files/{_folder(held)}/{number}-{name or 'file'}"


class _Pipe:
    """Takes what the ZIP writes and gives it away; it can neither be read nor wound back."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, piece: bytes, /) -> int:
        """Take a piece."""
        self.pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Do nothing: what was taken is given at once."""

    def close(self) -> None:
        """Do nothing: there is nothing to close."""

    def take(self) -> bytes:
        """Give what has come together."""
        taken = b"".join(self.pieces)
        self.pieces.clear()
        return taken


def _zipped(texts: dict[str, str], files: Iterable[tuple[str, HeldFile]], at: datetime) -> Iterator[bytes]:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(_entry(name, at), text.encode())
            yield pipe.take()
        for path, file in files:
            with archive.open(_entry(path, at), "w", force_zip64=True) as target:
                for chunk in file.chunks:
                    target.write(chunk)
                    yield pipe.take()
    yield pipe.take()


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=at.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
