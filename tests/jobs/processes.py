"""Workers in processes of their own, on the database of the test."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(settings.BASE_DIR)
SECONDS = 180
Start = Callable[[], subprocess.Popen[bytes]]


@contextmanager
def workers(folder: Path, *words: str) -> Iterator[Start]:
    """Gives a function that starts one more worker; all of them are ended with the test.

    They have a quick pulse, unless other words for Python are given.
    """
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        environment = {
            **{name: value for name, value in os.environ.items() if name != "TEST_DATABASE"},
            "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
            "DATABASE_URL": address_of_the_tests(),
            "DATA_DIR": str(folder),
            "LOG_LEVEL": "INFO",
            "JOBS_URL": getattr(settings, "JOBS_URL", ""),
        }
        command = [sys.executable, *(words or ("-m", "tests.jobs.run_worker"))]
        with (folder / f"worker-{len(started)}.log").open("wb") as log:
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        started.append(process)
        return process

    try:
        yield start
    finally:
        for process in started:
            process.kill()
            process.wait()


def address_of_the_tests() -> str:
    """The address by which another process reaches the database of this test."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    port = f"&port={values['PORT']}" if values["PORT"] else ""
    return f"postgres://{values['USER']}@/{values['NAME']}?host={values['HOST']}{port}"


def wait_for(condition: Callable[[], bool], what: str) -> None:
    """Returns when something has come about, and fails the test where it does not."""
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"this did not come about: {what}"
        time.sleep(0.05)


def lines(trace: Path) -> list[str]:
    """What tasks have written into a file."""
    return trace.read_text("utf-8").splitlines() if trace.exists() else []
