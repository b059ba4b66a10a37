"""Asks a ClamAV daemon about a file, in its own protocol (INSTREAM): the file is sent piece by piece over a socket."""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, Final
from urllib.parse import urlsplit

from files.enums import ScanState

_TIMEOUT: Final = 60  # seconds; a large archive takes its time
_CHUNK: Final = 64 * 1024
_LONGEST_ANSWER: Final = 4096
_USUAL_PORT: Final = 3310
_COMMAND: Final = b"zINSTREAM\0"
_END: Final = struct.pack("!I", 0)
_FOUND: Final = " FOUND"
_NOTHING: Final = " OK"
_TOO_LARGE: Final = "size limit exceeded"


@dataclass(frozen=True)
class Verdict:
    """What a scanner says: clean, infected with its name for it, that it is too large, or why there is no answer."""

    state: ScanState
    detail: str = ""


def scan(file: IO[bytes], address: str) -> Verdict:
    """Return what the scanner at an address says about a file; an answer that cannot be had is a verdict too."""
    try:
        with _connected(address) as connection:
            with suppress(BrokenPipeError, ConnectionResetError):  # it has heard enough, and may have said why
                connection.sendall(_COMMAND)
                while chunk := file.read(_CHUNK):
                    connection.sendall(struct.pack("!I", len(chunk)) + chunk)
                connection.sendall(_END)
            answer = _answer(connection)
    except OSError as error:
        return Verdict(ScanState.UNAVAILABLE, (error.strerror or type(error).__name__)[:200])
    return _understood(answer)


def _understood(answer: str) -> Verdict:
    said = answer.removeprefix("stream:").strip()
    if answer.endswith(_FOUND):
        return Verdict(ScanState.INFECTED, said.removesuffix(_FOUND)[:200])
    if answer.endswith(_NOTHING):
        return Verdict(ScanState.CLEAN)
    if _TOO_LARGE in answer:
        return Verdict(ScanState.TOO_LARGE)
    return Verdict(ScanState.UNAVAILABLE, said[:200])  # it is starting, or has hung up


def _answer(connection: socket.socket) -> str:
    """Return the scanner's line; it ends with a zero byte."""
    received = b""
    while not received.endswith(b"\0") and len(received) < _LONGEST_ANSWER:
        piece = connection.recv(_LONGEST_ANSWER)
        if not piece:
            break
        received += piece
    return received.rstrip(b"\0\n").decode("utf-8", "replace")


@contextmanager
def _connected(address: str) -> Iterator[socket.socket]:
    parts = urlsplit(address)
    if parts.scheme == "unix":
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(_TIMEOUT)
            connection.connect(parts.path)
            yield connection
    else:
        host, port = parts.hostname or "", parts.port or _USUAL_PORT
        with socket.create_connection((host, port), timeout=_TIMEOUT) as connection:
            yield connection
