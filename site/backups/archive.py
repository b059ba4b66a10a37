"""One compressed tar, written and read as a stream; what comes out of one is never trusted.

The members: `database` (a SQLite file, or what pg_dump wrote), `record.key` if it was asked for, `files/<folder>/…`,
and last `manifest.json`, which holds the size and SHA-256 of each: an archive that ends too soon has none.
"""

import gzip
import hashlib
import os
import secrets
import stat
import tarfile
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Any, BinaryIO, Final, cast

from backups.manifest import Manifest, Member, read_manifest
from backups.refusals import DamagedError, RefusedError

DATABASE: Final = "database"
KEY: Final = "record.key"
FILES: Final = "files"
MANIFEST: Final = "manifest.json"
CHUNK: Final = 1024 * 1024
_LONGEST_MANIFEST: Final = 256 * 1024 * 1024
_NO_TEXT: Final = {"Cc", "Cs", "Zl", "Zp"}  # control characters, halves of characters, ends of lines and paragraphs
_OWNER_ONLY: Final = 0o600
_BROKEN: Final = (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, UnicodeError, ValueError)

Advance = Callable[[int], None]


class ArchiveWriter:
    """Writes the members one after the other, and remembers size and hash of each."""

    def __init__(self, stream: BinaryIO, advance: Advance) -> None:
        self.members: dict[str, Member] = {}
        self._advance = advance
        self._done = 0
        self._packed = gzip.GzipFile(filename="", fileobj=stream, mode="wb", compresslevel=6)
        self._tar = tarfile.TarFile.open(fileobj=cast(IO[bytes], self._packed), mode="w|", format=tarfile.PAX_FORMAT)

    def __enter__(self) -> "ArchiveWriter":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_facts: object) -> None:
        """Let go of a half-written archive while its file is still open."""
        if kind is not None:
            with suppress(OSError):
                cast(Any, self._tar).fileobj.close()  # it would write the rest when nobody looks any more
                self._packed.close()

    def add(self, name: str, path: Path) -> bool:
        """Add a file under a name; return whether there was one, for it may have been deleted since it was listed."""
        if not all(_is_plain(part) for part in name.split("/")):
            raise RefusedError(f"The name of {str(path)!r} cannot be kept in an archive: rename the file.")
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        except FileNotFoundError:
            return False
        with os.fdopen(descriptor, "rb") as file:
            facts = os.fstat(descriptor)
            if not stat.S_ISREG(facts.st_mode):
                return False
            info = tarfile.TarInfo(name)
            info.size, info.mtime, info.mode = facts.st_size, int(facts.st_mtime), stat.S_IMODE(facts.st_mode)
            hashing = _Hashing(file, self._count)
            try:
                self._tar.addfile(info, hashing)
            except OSError as error:
                if hashing.size == facts.st_size:
                    raise  # it is the archive that cannot be written
                raise RefusedError(f"{path} changed while it was read; take the backup again.") from error
        self.members[name] = Member(hashing.size, hashing.digest)
        _forget_members(self._tar)
        return True

    def _count(self, size: int) -> None:
        self._done += size
        self._advance(self._done)

    def finish(self, manifest: Manifest) -> None:
        """Write the list of contents, and the end."""
        text = manifest.as_json()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mode = len(text), _OWNER_ONLY
        self._tar.addfile(info, BytesIO(text))
        self._tar.close()
        self._packed.close()


class _Hashing:
    """A file that is hashed while it is read."""

    def __init__(self, file: BinaryIO, advance: Advance) -> None:
        self._file = file
        self._advance = advance
        self._hash = hashlib.sha256()
        self.size = 0

    def read(self, size: int = CHUNK) -> bytes:
        """Return the next bytes."""
        data = self._file.read(size)
        self._hash.update(data)
        self.size += len(data)
        self._advance(len(data))
        return data

    @property
    def digest(self) -> str:
        """The hash of what was read so far."""
        return self._hash.hexdigest()


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Yield a file that only its owner can read, and that bears its name only once all of it is on the disk.

    Raises RefusedError where there is a file of that name already, now or then.
    """
    taken = f"{path} is there already, and no backup overwrites another: choose another name."
    if os.path.lexists(path):
        raise RefusedError(taken)
    part = path.with_name(f".{path.name}.{secrets.token_hex(6)}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, _OWNER_ONLY)
    except OSError as error:
        raise RefusedError(f"Nothing can be written in {path.parent} ({error.strerror}).") from error
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        try:
            os.link(part, path)  # unlike a renaming it never replaces what has come there meanwhile
        except FileExistsError as error:
            raise RefusedError(taken) from error
        except OSError:  # a file system without hard links
            part.rename(path)
        sync_folder(path.parent)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@dataclass(frozen=True)
class Found:
    """One member while the archive is read: `chunks` can be asked for once, before the next member."""

    name: str
    size: int
    mode: int
    modified: int
    chunks: Iterator[bytes]


def read_members(stream: BinaryIO, folders: set[str]) -> Iterator[Found]:
    """Yield the members of an archive; raise DamagedError where it is none, or holds what we would never have written.

    `folders` are the names that may stand after `files/`.
    """
    stream.seek(0)
    seen: set[str] = set()
    with _damage_told():
        packed = gzip.GzipFile(fileobj=stream, mode="rb")
        with tarfile.open(fileobj=cast(IO[bytes], packed), mode="r|") as tar:
            while (info := tar.next()) is not None:
                _refuse_strange(info, seen, folders)
                seen.add(info.name)
                yield Found(info.name, info.size, info.mode, int(info.mtime), _chunks(tar, info))
                _forget_members(tar)
        while packed.read(CHUNK):  # to the checksum at the very end
            pass


def _chunks(tar: tarfile.TarFile, info: tarfile.TarInfo) -> Iterator[bytes]:
    content = cast(IO[bytes], tar.extractfile(info))  # a plain file has some
    with _damage_told():
        while chunk := content.read(CHUNK):
            yield chunk


def _forget_members(tar: tarfile.TarFile) -> None:
    """Let a tar that is read or written as a stream remember none of its members: there may be a million of them."""
    cast(Any, tar).members.clear()


@contextmanager
def _damage_told() -> Iterator[None]:
    """Turn what the standard library says of a broken archive into a sentence."""
    try:
        yield
    except _BROKEN as error:
        raise DamagedError(
            "The archive is damaged: it is no backup, it ends too soon, or bytes in it have changed. Take another one."
        ) from error


def _refuse_strange(info: tarfile.TarInfo, seen: set[str], folders: set[str]) -> None:
    """Insist on a plain file under a name of ours: no link, no device, no way out of the folder."""
    name = info.name
    if not info.isreg() or info.issparse():
        raise DamagedError(f"The archive holds {name!r}, which is no plain file: this is no backup of ours.")
    if name in seen:
        raise DamagedError(f"The archive holds {name!r} twice: this is no backup of ours.")
    if name in {DATABASE, KEY, MANIFEST}:
        return
    parts = name.split("/")
    if len(parts) < 3 or parts[0] != FILES or not all(_is_plain(part) for part in parts):
        raise DamagedError(f"The archive holds {name!r}, which is no name of ours: this is no backup of ours.")
    if parts[1] not in folders:
        raise RefusedError(
            f"The archive has files of a folder that this site does not have ({parts[1]}): it was taken by a newer "
            "version or with other settings; restore it with those."
        )


def _is_plain(part: str) -> bool:
    """Return whether a name stays where it is put on every system, and is text that can be written on one line."""
    is_strange = "\\" in part or any(unicodedata.category(character) in _NO_TEXT for character in part)
    return part not in {"", ".", ".."} and not is_strange


def check_archive(stream: BinaryIO, folders: set[str], advance: Advance) -> Manifest:
    """Read an archive to its end, change nothing, and return its list of contents if everything agrees with it."""
    found: dict[str, Member] = {}
    text = b""
    for member in read_members(stream, folders):
        if member.name == MANIFEST:
            if member.size > _LONGEST_MANIFEST:
                raise DamagedError("The archive’s list of contents is longer than any that we write.")
            text = b"".join(member.chunks)
            continue
        digest = hashlib.sha256()
        for chunk in member.chunks:
            digest.update(chunk)
        found[member.name] = Member(member.size, digest.hexdigest())
        advance(stream.tell())
    if not text:
        raise DamagedError("The archive has no list of contents: it is no backup, or its end is missing.")
    manifest = read_manifest(text)
    refuse_differences(manifest.members, found)
    return manifest


def refuse_differences(wanted: dict[str, Member], found: dict[str, Member]) -> None:
    """Insist that the members are those of the list, byte by byte."""
    if DATABASE not in wanted:
        raise DamagedError("The archive holds no database: this is no backup of ours.")
    for name in sorted(wanted.keys() | found.keys()):
        if name not in found:
            raise DamagedError(f"The archive lacks {name}, which its list of contents names.")
        if name not in wanted:
            raise DamagedError(f"The archive holds {name}, which its list of contents does not name.")
        if wanted[name] != found[name]:
            raise DamagedError(f"{name} in the archive is not what its list of contents says: bytes have changed.")
