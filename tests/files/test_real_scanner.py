"""ClamAV itself, where it is installed: what it says of files, and what becomes of a submission when it fails.

It needs no list of viruses from elsewhere: one signature is written here, of the test file that everybody knows.
"""

import io
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings

from files import domain, scanning
from files.enums import ScanState
from files.models import StoredFile
from files.refusals import ReleaseRefusedError
from files.scanning import scan
from files.tasks import scan_waiting_files
from tests.files import made
from tests.files.clamd import EICAR

CLAMD = shutil.which("clamd", path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"]))

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,
    pytest.mark.slow,
    pytest.mark.skipif(CLAMD is None, reason="clamd is not on the PATH (Debian: apt-get install clamav-daemon)"),
]

LARGEST = 2 * 1024 * 1024


@dataclass
class Daemon:
    """A clamd of our own on a port of this machine."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        assert CLAMD is not None
        self.process = subprocess.Popen(
            [CLAMD, "--foreground", "--config-file", str(self.folder / "clamd.conf")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _time in range(300):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1) as asking:
                asking.sendall(b"zPING\0")
                if asking.recv(16) == b"PONG\0":
                    return
            time.sleep(0.1)
        raise AssertionError("clamd did not start.")

    def stop(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End it, as a crash does."""
        if self.process is not None:
            self.process.send_signal(signal.SIGCONT)
            self.process.send_signal(how)
            self.process.wait(timeout=30)
            self.process = None


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its configuration and its one signature."""
    path = tmp_path_factory.mktemp("clamd")
    (path / "signatures").mkdir()
    (path / "signatures" / "test.ndb").write_text(f"Eicar-Test-Signature:0:*:{EICAR.hex()}\n")
    return path


@contextmanager
def running(folder: Path) -> Iterator[Daemon]:
    with socket.socket() as looking:
        looking.bind(("127.0.0.1", 0))
        port = int(looking.getsockname()[1])
    (folder / "clamd.conf").write_text(
        f"TCPSocket {port}\nTCPAddr 127.0.0.1\nDatabaseDirectory {folder / 'signatures'}\n"
        f"StreamMaxLength {LARGEST}\nMaxThreads 2\n"
    )
    daemon = Daemon(folder, port)
    try:
        daemon.start()
        yield daemon
    finally:
        daemon.stop()


@pytest.fixture(scope="module")
def clamd(folder: Path) -> Iterator[Daemon]:
    with running(folder) as daemon:
        yield daemon


def bound(content: bytes, reference: str) -> StoredFile:
    outcome = domain.hold_files([made.upload("a.txt", content)], form_token=f"token of {reference}")
    with transaction.atomic():
        return domain.bind_files(outcome.held, subject_kind="submission", subject_reference=reference)[0]


def state_of(file: StoredFile) -> ScanState:
    file.refresh_from_db()
    return ScanState(file.scan_state)


def test_it_finds_what_its_signature_names_and_nothing_else(clamd: Daemon) -> None:
    assert scan(io.BytesIO(b"words " * 50_000), clamd.address).state == ScanState.CLEAN
    assert scan(io.BytesIO(b""), clamd.address).state == ScanState.CLEAN
    assert scan(io.BytesIO(made.pdf()), clamd.address).state == ScanState.CLEAN
    found = scan(io.BytesIO(EICAR), clamd.address)
    assert (found.state, found.detail) == (ScanState.INFECTED, "Eicar-Test-Signature.UNOFFICIAL")
    packed = scan(io.BytesIO(made.archive({"notes.txt": EICAR})), clamd.address)
    assert packed.state == ScanState.INFECTED


def test_a_file_that_is_too_long_for_it_was_not_scanned_and_it_says_why(clamd: Daemon) -> None:
    verdict = scan(io.BytesIO(os.urandom(LARGEST + 1)), clamd.address)
    assert (verdict.state, verdict.detail) == (ScanState.TOO_LARGE, "")
    verdict = scan(io.BytesIO(os.urandom(5 * LARGEST)), clamd.address)  # it hangs up while we are still sending
    assert (verdict.state, verdict.detail) == (ScanState.TOO_LARGE, "")


def test_each_file_has_its_own_state_and_the_malicious_one_is_locked_away(clamd: Daemon) -> None:
    clean, bad, long = bound(b"words", "C-1"), bound(EICAR, "C-2"), bound(b"a" * (LARGEST + 1), "C-3")
    with override_settings(CLAMAV_URL=clamd.address):
        scan_waiting_files.call()
        assert [state_of(file) for file in (clean, bad, long)] == [
            ScanState.CLEAN,
            ScanState.INFECTED,
            ScanState.TOO_LARGE,
        ]
        assert domain.release_file(clean).is_released
        with pytest.raises(ReleaseRefusedError, match="never released"):
            domain.release_file(bad)
        with pytest.raises(ReleaseRefusedError, match="too large for the scanner"):
            domain.release_file(long)


def test_one_that_dies_in_the_midst_is_asked_again_and_nothing_is_lost(folder: Path) -> None:
    with running(folder) as daemon, override_settings(CLAMAV_URL=daemon.address):
        file = bound(b"words", "C-1")
        daemon.stop()
        assert scan_waiting_files.call() == 0
        assert state_of(file) == ScanState.UNAVAILABLE
        assert StoredFile.objects.of("submission", "C-1").count() == 1
        daemon.start()
        assert scan_waiting_files.call() == 1
        assert state_of(file) == ScanState.CLEAN


def test_one_that_dies_while_it_is_sent_a_file_has_found_nothing_clean(folder: Path) -> None:
    with running(folder) as daemon:

        class Dying(io.BytesIO):
            """A file during which the daemon is killed."""

            def read(self, size: int | None = -1, /) -> bytes:
                if self.tell() > LARGEST // 2:
                    daemon.stop()
                return super().read(size)

        assert scan(Dying(b"a" * LARGEST), daemon.address).state == ScanState.UNAVAILABLE


def test_one_that_hangs_is_left_after_a_while(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "_TIMEOUT", 1)
    with running(folder) as daemon:
        assert daemon.process is not None
        daemon.process.send_signal(signal.SIGSTOP)
        began = time.monotonic()
        verdict = scan(io.BytesIO(b"words"), daemon.address)
        assert verdict.state == ScanState.UNAVAILABLE
        assert time.monotonic() - began < 10
        daemon.process.send_signal(signal.SIGCONT)
        assert scan(io.BytesIO(b"words"), daemon.address).state == ScanState.CLEAN
