"""The demonstration as `make demo` runs it, for tests that look at it from outside."""

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from demo import server_command
from django.conf import settings

from tests.databases import SqliteCopies, locked
from tests.house.tree import AREAS, ROOT, committed

START_SECONDS = 60
STOP_SECONDS = 10
_DATA_SUFFIXES = {".py", ".csv", ".md", ".toml", ".json", ".typ"}


@dataclass(frozen=True)
class Site:
    """A running site and where it keeps its data."""

    url: str
    data_dir: Path

    @cache  # noqa: B019 -- there is one site, and it ends with the process
    def html(self, path: str) -> str:
        """The page at that path, as a visitor without an account gets it; also where the answer is an error."""
        try:
            with urllib.request.urlopen(self.url + path) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            return error.read().decode()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def running_site() -> Iterator[Site]:
    """Builds the demonstration, unless it stands already and nothing it is built from has changed, and serves it."""
    port = free_port()
    data_dir = build()
    environment = _environment(data_dir) | {"PORT": str(port)}
    log = data_dir / f"server-{os.getpid()}.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            server_command(port), cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        _wait(f"http://localhost:{port}", server, log)
        yield Site(f"http://localhost:{port}", data_dir)
    finally:
        server.terminate()
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _environment(data_dir: Path) -> dict[str, str]:
    """What the programs of the demonstration are told."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "DATA_DIR": str(data_dir),
        "DATABASE_URL": "",
    }


def build() -> Path:
    """Builds the demonstration once for all processes that test at the same time; returns its folder."""
    data_dir = Path(settings.DATA_DIR) / "browser-demonstration"
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    stamp = data_dir / "built-from"
    with locked(Path(f"{data_dir}.lock")):
        wanted = _built_from()
        if stamp.exists() and stamp.read_text() == wanted:
            return data_dir
        shutil.rmtree(data_dir, ignore_errors=True)
        data_dir.mkdir()
        templates = SqliteCopies()
        templates.make_template()
        shutil.copy(templates.template, data_dir / "prtr.sqlite3")  # migrated already
        for words in (["prepare_demo", "--quick"], ["seal_record"]):  # no worker is there to seal it
            command = [sys.executable, "manage.py", *words]
            done = subprocess.run(
                command, cwd=ROOT, env=_environment(data_dir), capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, f"the demonstration cannot be built:\n{done.stdout}\n{done.stderr}"
        stamp.write_text(wanted)
    return data_dir


def _built_from() -> str:
    digest = hashlib.sha256(time.strftime("%Y-%m-%d").encode())  # its dates are counted from the day it is built
    for path in committed():
        if path.as_posix().startswith(AREAS) and path.suffix in _DATA_SUFFIXES:
            digest.update(path.as_posix().encode())
            digest.update((ROOT / path).read_bytes())
    return digest.hexdigest()


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5):
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"the site does not start:\n{log.read_text()}")
