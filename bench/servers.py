"""The web server of the demonstration, started for a measurement, and how much memory it took."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from demo import server_command

START_SECONDS = 60.0
STOP_SECONDS = 10.0


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    process: subprocess.Popen[bytes]

    def peak_megabytes(self) -> float:
        """The most memory that the server's largest process has held, in MiB."""
        return peak_megabytes(self.process.pid)


def peak_megabytes(pid: int) -> float:
    """The most memory that a process, or the largest of those it has started, has held so far, in MiB."""
    parent = psutil.Process(pid)
    return max(_peak_kilobytes(process.pid) for process in [parent, *parent.children(recursive=True)]) / 1024


@contextmanager
def running(application: str, environment: dict[str, str], log: Path) -> Iterator[Server]:
    """The application under the same server, with the same options, as in the demonstration."""
    port = free_port()
    command = [*server_command(port)[:-1], application]
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=os.environ | environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait(port, process, log)
        yield Server(port, process)
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask a program to end, and end it by force where it does not."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"The server did not start; what it said is in {log}.")


def _peak_kilobytes(pid: int) -> int:
    """The high-water mark where the system keeps one, else what is held now."""
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return int(psutil.Process(pid).memory_info().rss / 1024)
