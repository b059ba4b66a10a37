"""The commands of the Makefile say in a sentence what is wrong, and leave nothing running."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest
from demo import Service, chosen_port, refuse_if_ended, reset, stop
from house import RefusedError, run_logged

from tests.house.tree import ROOT, text

pytestmark = pytest.mark.any_database

# A program with a child of its own; both refuse to end when asked politely.
STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
subprocess.Popen([sys.executable, "-c", child])
print("started", flush=True)
time.sleep(60)
"""


@pytest.fixture
def own_data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def make(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = ["make", f"PYTHON={sys.executable}", *words]
    # As somebody types it: not as a part of the `make` that may have started these tests.
    outside = {name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}}
    return subprocess.run(command, cwd=ROOT, env=outside | environment, capture_output=True, text=True, check=False)


def test_a_taken_port_is_named_with_what_to_type_instead(taken_port: int) -> None:
    done = make("demo", PORT=str(taken_port))
    assert done.returncode == 2
    assert done.stdout.strip() == (
        f"Port {taken_port} is taken by another program. Stop that one, or choose another port: "
        f"make demo PORT={taken_port + 1}"
    )


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1", "８０００"])
def test_a_port_that_is_none_is_refused(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(RefusedError, match=f"^PORT is “{port}”; it has to be a number from 1 to 65535\\.$"):
        chosen_port()


def test_a_python_that_is_too_old_says_what_to_install(tmp_path: Path) -> None:
    start = str(ROOT / "bin" / "start.py")
    pretend = "import sys, runpy; sys.version_info = (3, 9); runpy.run_path(sys.argv[1], run_name='__main__')"
    command = [sys.executable, "-c", pretend, start]
    done = subprocess.run(command, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("PRTR Commons needs Python 3.11 or later, and this is ")
    assert "apt-get install python3" in done.stderr


def make_database(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return path


def test_starting_over_removes_the_demonstration_and_nothing_else(own_data_dir: Path) -> None:
    make_database(own_data_dir / "prtr.sqlite3", "CREATE TABLE demonstration_build (id)")
    (own_data_dir / "media").mkdir()
    (own_data_dir / "thesis.txt").write_text("somebody's own")
    reset()
    assert [path.name for path in own_data_dir.iterdir()] == ["thesis.txt"]


def test_a_register_that_is_no_demonstration_is_never_thrown_away(own_data_dir: Path) -> None:
    database = make_database(
        own_data_dir / "prtr.sqlite3",
        "CREATE TABLE demonstration_build (id)",
        "CREATE TABLE register_facility (id)",
        "INSERT INTO register_facility VALUES (1)",
    )
    with pytest.raises(RefusedError, match=r"holds no demonstration, so it stays\."):
        reset()
    assert database.exists()


def test_a_database_that_somebody_named_is_never_thrown_away(
    own_data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://localhost/register")
    with pytest.raises(RefusedError, match=r"^DATABASE_URL is set, "):
        reset()


def test_stopping_reaches_children_of_children_that_do_not_want_to_end(
    own_data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("demo.STOP_SECONDS", 0.5)
    service = Service("stubborn", [sys.executable, "-c", STUBBORN], dict(os.environ))
    while "started" not in service.log.read_text():
        time.sleep(0.05)
    family = [psutil.Process(service.process.pid), *psutil.Process(service.process.pid).children(recursive=True)]
    assert len(family) == 2
    stop([service])
    _, alive = psutil.wait_procs(family, timeout=5)
    assert alive == []


def test_a_program_that_ends_by_itself_is_reported_with_what_it_said(own_data_dir: Path) -> None:
    service = Service("web-server", [sys.executable, "-c", "print('no room'); raise SystemExit(3)"], dict(os.environ))
    service.process.wait()
    with pytest.raises(RefusedError, match=r"^The web-server ended by itself \(exit code 3\)\."):
        refuse_if_ended([service])
    stop([service])


def test_a_command_that_fails_shows_the_end_of_its_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RefusedError, match="failed"):
        run_logged([sys.executable, "-c", "print('the reason'); raise SystemExit(1)"], tmp_path / "log.txt")
    assert capsys.readouterr().out == "    the reason\n"


def test_help_lists_every_command() -> None:
    targets = set(re.findall(r"^([a-z-]+):", text(Path("Makefile")), re.MULTILINE)) - {"help"}
    listed = set(re.findall(r"^  make ([a-z-]+) ", make("help").stdout, re.MULTILINE)) - {"help"}
    assert listed == targets


def test_ci_runs_what_developers_run() -> None:
    assert text(Path(".ci/run")).rstrip().endswith("exec make test")


def test_interrupting_is_no_error_with_a_traceback() -> None:
    # A run in the background inherits an ignored SIGINT; a person at a terminal does not.
    code = (
        "import os, signal, house; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "house.main(lambda: os.kill(os.getpid(), signal.SIGINT) or 0)"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT / "bin", capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (128 + signal.SIGINT, "")
