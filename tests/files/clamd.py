"""A small daemon that speaks ClamAV's protocol over a real socket, and finds the test signature everybody knows."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LARGEST = 4 * 1024 * 1024


class Answering(socketserver.StreamRequestHandler):
    """One conversation: zINSTREAM, pieces with their lengths, a length of nothing, and the answer."""

    def handle(self) -> None:
        command = self.rfile.read(len(b"zINSTREAM\0"))
        if command != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while length := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
            if len(content) > LARGEST:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.wfile.write(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0")


@contextmanager
def scanner() -> Iterator[str]:
    """A scanner on a port of this machine; gives its address."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Answering) as server:
        yield from _serving(server, f"tcp://127.0.0.1:{server.server_address[1]}")


@contextmanager
def scanner_at(path: Path) -> Iterator[str]:
    """A scanner at a socket in the file system; gives its address."""
    with socketserver.ThreadingUnixStreamServer(str(path), Answering) as server:
        yield from _serving(server, f"unix://{path}")


def _serving(server: socketserver.BaseServer, address: str) -> Iterator[str]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield address
    finally:
        server.shutdown()
        thread.join()
