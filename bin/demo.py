"""`make demo`: prepares everything, starts the web server and the job worker, and stops both with Ctrl-C.

The second start finds its work done and takes seconds. Both children run in process groups of their own, so that
stopping reaches what they have started themselves.
"""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path
from types import FrameType

from house import PYTHON, ROOT, RefusedError, data_dir, main, say, tail
from prepare import prepare

START_SECONDS = 60
STOP_SECONDS = 10
DATABASE_FILES = ("prtr.sqlite3", "prtr.sqlite3-wal", "prtr.sqlite3-shm")
DATA_FOLDERS = ("media", "renditions", "rejects", "log")


class StoppedError(Exception):
    """Somebody asked the demonstration to stop."""


def chosen_port() -> int:
    """PORT, 8000 if it is not set; RefusedError unless it is free."""
    text = os.environ.get("PORT") or "8000"
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise RefusedError(f"PORT is “{text}”; it has to be a number from 1 to 65535.")
    port = int(text)
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        with socket.socket(family) as probe:
            if probe.connect_ex((host, port)) == 0:
                raise RefusedError(
                    f"Port {port} is taken by another program. Stop that one, or choose another port: "
                    f"make demo PORT={port + 1}"
                )
    try:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
    except OSError as error:
        sentence = f"Port {port} cannot be used ({error.strerror}). Choose another one: make demo PORT=8001"
        raise RefusedError(sentence) from error
    return port


class Service:
    """One program of the demonstration, in its own process group, with its output in a log file."""

    def __init__(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        """Starts it."""
        self.name = name
        self.log = data_dir() / "log" / f"{name}.log"
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("w", encoding="utf-8") as output:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def has_ended(self) -> bool:
        """Whether the program is over, which it never should be by itself."""
        return self.process.poll() is not None

    def signal(self, number: int) -> None:
        """Sends a signal to the whole process group; no matter if it is over."""
        try:
            os.killpg(self.process.pid, number)
        except (ProcessLookupError, PermissionError):
            return

    def group_is_alive(self) -> bool:
        """Whether anything the program started is still there."""
        self.process.poll()
        try:
            os.killpg(self.process.pid, 0)
        except (ProcessLookupError, PermissionError):
            return False
        return True


def stop(services: list[Service]) -> None:
    """Asks every program to end, waits, and ends by force what has not."""
    for service in services:
        service.signal(signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while any(service.group_is_alive() for service in services) and time.monotonic() < deadline:
        time.sleep(0.05)
    for service in services:
        service.signal(signal.SIGKILL)
        service.process.wait()


def wait_until_ready(port: int, services: list[Service]) -> None:
    """Returns when the site answers that it is ready; RefusedError where a program ends or nothing answers in time."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        refuse_if_ended(services)
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.2)
    raise RefusedError(f"The site did not answer within {START_SECONDS} seconds. What it says is in {services[0].log}.")


def refuse_if_ended(services: list[Service]) -> None:
    """RefusedError with the end of its log, where a program has ended by itself."""
    for service in services:
        if service.has_ended():
            for line in tail(service.log):
                say(f"    {line}")
            raise RefusedError(
                f"The {service.name} ended by itself (exit code {service.process.returncode}). "
                f"The end of its output is above, all of it in {service.log}."
            )


def reset() -> None:
    """Removes the demonstration's data, and nothing else that may lie in DATA_DIR; RefusedError where it is no such."""
    if os.environ.get("DATABASE_URL"):
        raise RefusedError(
            "DATABASE_URL is set, and only the demonstration's own SQLite file can be thrown away. "
            "Take the demonstration out of that database with: .venv/bin/python manage.py remove_demo"
        )
    folder = data_dir()
    database = folder / "prtr.sqlite3"
    if database.exists() and not holds_demonstration(database):
        raise RefusedError(f"{database} holds no demonstration, so it stays. Choose another folder: DATA_DIR=…")
    for name in DATABASE_FILES:
        (folder / name).unlink(missing_ok=True)
    for name in DATA_FOLDERS:
        shutil.rmtree(folder / name, ignore_errors=True)
    say(f"What was in {folder} is gone.")


def holds_demonstration(database: Path) -> bool:
    """Whether that file is a demonstration, or one that was broken off before it held anything."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "register_facility" not in tables:
            return True
        if "demonstration_build" not in tables:
            return False
        standing = connection.execute("SELECT COUNT(*) FROM demonstration_build").fetchone()[0]
        others = connection.execute("SELECT COUNT(*) FROM register_facility").fetchone()[0]
        return bool(standing) or not others


def demonstration_environment(port: int) -> dict[str, str]:
    """The environment of everything the demonstration runs."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "PORT": str(port),
        "DATA_DIR": str(data_dir()),
        "PYTHONUNBUFFERED": "1",
    }


def server_command(port: int) -> list[str]:
    """The web server: one process, because without Redis each process has a cache of its own."""
    granian = [str(PYTHON.parent / "granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    return [*granian, "--workers", "1", "--blocking-threads", "4", "portal.wsgi:application"]


def manage(environment: dict[str, str], *words: str) -> None:
    """Runs a management command with its output on the screen; RefusedError where it fails."""
    done = subprocess.run(
        [PYTHON, "manage.py", *words], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False
    )
    if done.returncode != 0:
        raise RefusedError(
            f"“manage.py {' '.join(words)}” failed; what it said is above. `make demo-reset` starts over."
        )


def act() -> int:
    """Runs the demonstration until it is stopped; 0 after Ctrl-C, because that is how it ends."""

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        raise StoppedError

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, on_signal)
    services: list[Service] = []
    try:
        port = chosen_port()
        if "--reset" in sys.argv:
            reset()
        prepare("runtime")
        environment = demonstration_environment(port)
        guide = data_dir() / "guide.txt"
        manage(environment, "prepare_demo", "--guide", str(guide))
        say("Starting the web server and the job worker …")
        services.append(Service("web-server", server_command(port), environment))
        services.append(Service("job-worker", [str(PYTHON), "manage.py", "worker"], environment))
        wait_until_ready(port, services)
        say()
        say(guide.read_text("utf-8"))
        say("Ctrl-C stops it. The logs are in " + str(Path(services[0].log).parent) + ".")
        while True:
            refuse_if_ended(services)
            time.sleep(0.5)
    except StoppedError:
        say()
        stop(services)
        say("Stopped. What you entered is kept: `make demo` shows it again.")
        return 0
    finally:
        # A second Ctrl-C while stopping must not leave anything behind.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        stop(services)


if __name__ == "__main__":
    main(act)
