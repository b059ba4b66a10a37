"""A small load client for a server on this machine: a few processes, one kept connection each, for a few seconds."""

import multiprocessing
import socket
import time
from dataclasses import dataclass
from statistics import quantiles
from typing import BinaryIO, cast

HOST = "127.0.0.1"  # never anything but this machine
CLIENTS = 2
MOST_SECONDS = 10.0
MOST_REQUESTS = 200_000


@dataclass(frozen=True)
class Load:
    """What came of it: answers a second, the middle and the slow ones in milliseconds, and answers other than 200."""

    per_second: float
    median_ms: float
    p95_ms: float
    failures: int


def measure(port: int, path: str, *, seconds: float = 4.0, clients: int = CLIENTS) -> Load:
    """Asks for one page as often as the server answers; bounded in time and in number."""
    seconds = min(seconds, MOST_SECONDS)
    with multiprocessing.get_context("spawn").Pool(clients) as pool:
        results = pool.starmap(_ask, [(port, path, seconds)] * clients)
    times = sorted(took for taken, _ in results for took in taken)
    failures = sum(failed for _, failed in results)
    if len(times) < 2:
        return Load(per_second=0.0, median_ms=0.0, p95_ms=0.0, failures=failures)
    cuts = quantiles(times, n=20)
    return Load(len(times) / seconds, median_ms=cuts[9] * 1000, p95_ms=cuts[18] * 1000, failures=failures)


def _ask(port: int, path: str, seconds: float) -> tuple[list[float], int]:
    """The times of all good answers within that many seconds, and the number of others."""
    request = f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: keep-alive\r\n\r\n".encode()
    times: list[float] = []
    failures = 0
    with socket.create_connection((HOST, port), timeout=10) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        stream = cast(BinaryIO, connection.makefile("rb"))
        end = time.perf_counter() + seconds
        while (started := time.perf_counter()) < end and len(times) < MOST_REQUESTS:
            connection.sendall(request)
            status = _read_answer(stream)
            if status == 200:
                times.append(time.perf_counter() - started)
            else:
                failures += 1
    return times, failures


def _read_answer(stream: BinaryIO) -> int:
    """Reads one whole answer, so that the next one can follow on the same connection; returns its status."""
    status = int(stream.readline().split(b" ", 2)[1])
    length: int | None = None
    while (line := stream.readline()) not in (b"\r\n", b""):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    if length is not None:
        stream.read(length)
        return status
    while size := int(stream.readline(), 16):  # sent in chunks, each with its length and a line's end
        stream.read(size + 2)
    stream.readline()
    return status
