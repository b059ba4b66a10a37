"""What the commands of the Makefile share: where things are, how progress is said, how a child process is run.

The commands of this folder start before the virtual environment exists, so they use the standard library alone.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
HEARTBEAT_SECONDS = 5.0


class RefusedError(Exception):
    """Something a person has to do first; the message is the sentence to show."""


def say(text: str = "") -> None:
    """One line, seen at once, also in a log."""
    print(text, flush=True)  # noqa: T201 -- the output of a command


def data_dir() -> Path:
    """Where the site keeps its data: DATA_DIR, or `var` in the checkout."""
    return Path(os.environ.get("DATA_DIR") or ROOT / "var").expanduser().resolve()


class Progress:
    """How long a step has taken, and what it is at; both said every few seconds."""

    def __init__(self) -> None:
        """Starts the clock."""
        self.started = time.monotonic()
        self.doing = "still working"

    def line(self, text: str) -> None:
        """Says something with the seconds since the start before it."""
        say(f"  {int(time.monotonic() - self.started):>4} s  {text}")


@contextmanager
def step(title: str) -> Iterator[Progress]:
    """Says what is being done, every few seconds that it still is, and how long it took."""
    say(f"{title} …")
    progress = Progress()
    over = threading.Event()

    def remind() -> None:
        while not over.wait(HEARTBEAT_SECONDS):
            progress.line(progress.doing)

    threading.Thread(target=remind, daemon=True).start()
    try:
        yield progress
    finally:
        over.set()
    progress.line("done")


def run_logged(command: list[str], log: Path, on_line: Callable[[str], None] | None = None) -> None:
    """Runs a command with its output in a log file; if it fails, shows the end of it and raises RefusedError."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        for line in process.stdout or []:
            file.write(line)
            if on_line is not None:
                on_line(line.rstrip("\n"))
    if process.wait() != 0:
        for line in tail(log):
            say(f"    {line}")
        words = " ".join(Path(part).name if part.startswith("/") else part for part in command[:4])
        raise RefusedError(f"“{words} …” failed. The end of its output is above, all of it in {log}.")


def tail(log: Path, lines: int = 15) -> list[str]:
    """The last lines of a log file."""
    return log.read_text("utf-8", "replace").splitlines()[-lines:] if log.exists() else []


def main(act: Callable[[], int]) -> None:
    """Ends the process with the act's exit code; a refusal is one sentence, and Ctrl-C shows no traceback."""
    try:
        sys.exit(act())
    except RefusedError as refusal:
        say()
        say(str(refusal))
        sys.exit(1)
    except KeyboardInterrupt:
        say()
        sys.exit(128 + signal.SIGINT)
