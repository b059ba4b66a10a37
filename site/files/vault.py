"""Where the bytes lie: by their SHA-256, in a private folder that no address leads to.

A file comes into `incoming/` while it is received, and is moved into the vault only when all of it is on the disk. What
lies there is never written to again. The same bytes lie there once, whoever sent them; when nothing refers to them any
more, the sweep (`domain.sweep`) takes them away.
"""

import fcntl
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from django.conf import settings

_READ_ONLY: Final = 0o440
_LEAST_FREE: Final = 200 * 1024 * 1024  # bytes that are left for the database, which matters more


class DamagedError(Exception):
    """The bytes in the vault are not those that were received."""


def root() -> Path:
    """Return the private folder."""
    return Path(settings.FILES_ROOT)


def incoming() -> Path:
    """Return the folder for what is being received, made where it is not there yet."""
    folder = root() / "incoming"
    folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    return folder


def path_of(sha256: str) -> Path:
    """Return where bytes with this hash lie, or would lie."""
    return root() / "sealed" / sha256[:2] / sha256


def has_room(size: int) -> bool:
    """Return whether the disk can take so many bytes and still leave room for the database."""
    return shutil.disk_usage(incoming()).free > size + _LEAST_FREE


def holds(sha256: str, size: int) -> bool:
    """Return whether the bytes are there, all of them."""
    try:
        return path_of(sha256).stat().st_size == size
    except FileNotFoundError:
        return False


@dataclass(frozen=True)
class Received:
    """A file that has come whole and lies in `incoming/`, not kept yet."""

    path: Path
    sha256: str
    size: int


def receive(chunks: Iterable[bytes]) -> Received:
    """Write bytes that come piece by piece onto the disk, hashed on the way."""
    digest, size = hashlib.sha256(), 0
    path = incoming() / f"received-{os.getpid()}-{secrets.token_hex(8)}"
    with path.open("xb") as file:
        for chunk in chunks:
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return Received(path, digest.hexdigest(), size)


def keep(received: Received) -> None:
    """Move a received file into the vault; when this returns, it survives a power cut.

    Side effects, in order: the bytes are forced onto the disk, the file is made read-only and takes its place in one
    step, and the folders that name it are forced onto the disk as well.
    """
    target = path_of(received.sha256)
    target.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    received.path.chmod(_READ_ONLY)
    with received.path.open("rb") as file:
        os.fsync(file.fileno())
    with _lock(fcntl.LOCK_SH):
        received.path.touch()  # the sweep leaves alone what is young: its row may not be committed yet
        received.path.replace(target)
    for folder in (target.parent, target.parent.parent, root()):
        _force(folder)


def open_sealed(sha256: str) -> IO[bytes]:
    """Open the bytes for reading; raise DamagedError where they are gone or are no longer those that were received."""
    try:
        file = path_of(sha256).open("rb")
    except FileNotFoundError as error:
        raise DamagedError(f"{sha256} is not in the vault.") from error
    except OSError as error:
        raise DamagedError(f"{sha256} in the vault cannot be read ({error.strerror}).") from error
    try:
        found = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
    except OSError as error:  # a disk that breaks
        file.close()
        raise DamagedError(f"{sha256} in the vault cannot be read ({error.strerror}).") from error
    if found != sha256:
        file.close()
        raise DamagedError(f"{sha256} in the vault has other bytes than were received.")
    return file


def is_whole(sha256: str) -> bool:
    """Return whether the bytes are there and are those that were received."""
    try:
        open_sealed(sha256).close()
    except DamagedError:
        return False
    return True


def stored() -> Iterator[str]:
    """Yield the hash of everything in the vault."""
    for path in sorted((root() / "sealed").glob("??/*")):
        yield path.name


def remove_unless_young(sha256: str, *, younger_than: float) -> bool:
    """Remove bytes that nothing refers to, unless they came after an instant (in seconds); return whether they went."""
    path = path_of(sha256)
    with _lock(fcntl.LOCK_EX):
        if not path.exists() or path.stat().st_mtime >= younger_than:
            return False
        path.unlink()
    return True


def remove_left_over(*, younger_than: float) -> int:
    """Remove what was received in part before an instant (in seconds) and belongs to nobody; return how many went."""
    old = [path for path in incoming().iterdir() if path.is_file() and path.stat().st_mtime < younger_than]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


@contextmanager
def _lock(how: int) -> Iterator[None]:
    """Hold the vault's lock, shared by those who bring something and for one alone who takes something away."""
    root().mkdir(mode=0o750, parents=True, exist_ok=True)
    with (root() / "lock").open("a") as file:
        fcntl.flock(file, how)
        yield


def _force(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
