"""Archives as somebody might hand them in: taken apart, put together in another way, broken."""

import gzip
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from backups.archive import MANIFEST

Member = tuple[tarfile.TarInfo, bytes]


def taken_apart(archive: Path) -> list[Member]:
    """The members with their contents."""
    with tarfile.open(archive) as tar:
        found = []
        for info in tar:
            file = tar.extractfile(info)
            assert file is not None
            found.append((info, file.read()))
        return found


def put_together(archive: Path, members: list[Member]) -> Path:
    """An archive of these members."""
    with tarfile.open(archive, "w:gz") as tar:
        for info, content in members:
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return archive


def with_manifest(archive: Path, change: Callable[[dict[str, Any]], object], to: Path) -> Path:
    """The same archive with another list of contents."""
    *others, (info, text) = taken_apart(archive)
    assert info.name == MANIFEST
    manifest = json.loads(text)
    change(manifest)
    return put_together(to, [*others, (info, json.dumps(manifest).encode())])


def member(name: str, content: bytes = b"", **facts: Any) -> Member:
    """A member of any kind."""
    info = tarfile.TarInfo(name)
    for fact, value in facts.items():
        setattr(info, fact, value)
    return info, content


def unpacked_bytes(archive: Path) -> bytearray:
    """The tar inside."""
    return bytearray(gzip.decompress(archive.read_bytes()))
