"""`manage.py prepare_demo`: brings the demonstration's data to where it can be shown; used by `make demo`."""

import threading
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from demonstration.building import stages_to_build
from demonstration.enums import Stage
from demonstration.people import LEARNERS, SIGN_INS
from demonstration.tries import things_to_try
from portal.catalogues.catalogue import compile_catalogue

HEARTBEAT_SECONDS = 5.0


class Command(BaseCommand):
    """Every step looks first whether it is done already, so that a second run takes a second and keeps all data."""

    help = "Compiles the catalogues, migrates, loads the reference data and builds the demonstration, where missing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to leave the guide, and how much to build."""
        parser.add_argument("--quick", action="store_true", help="build the small demonstration that tests use")
        parser.add_argument("--guide", type=Path, help="write to this file who signs in, and what to try")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take every step that is still to be taken; with --guide write down how to use the result."""
        Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
        if stale := [path for path in _catalogues() if _is_stale(path)]:
            with self._step("Compiling the French and Russian catalogues"):
                for path in stale:
                    compile_catalogue(path)
        if steps := _unapplied():
            with self._step("Preparing the database") as progress:
                call_command("migrate", interactive=False, stdout=_Counting(progress, "migrations", steps))
                # Pages that a migration has made are found by the site search only from here on.
                progress.doing = "the index of the site search"
                call_command("update_index", verbosity=0)
        if stages_to_build(Stage):
            with self._step("Building the demonstration"):
                call_command("build_demo", quick=options["quick"], stdout=self.stdout._out)
        if options["guide"]:
            options["guide"].write_text(_guide(), "utf-8")

    @contextmanager
    def _step(self, title: str) -> Iterator["_Progress"]:
        """Say what is being done, every few seconds that it still is, and how long it took."""
        progress = _Progress(self.stdout.write)
        over = threading.Event()

        def remind() -> None:
            while not over.wait(HEARTBEAT_SECONDS):
                progress.say(progress.doing)

        self.stdout.write(f"{title} …")
        threading.Thread(target=remind, daemon=True).start()
        try:
            yield progress
        finally:
            over.set()
        progress.say("done")


class _Progress:
    """How long a step has taken, and what it is at."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self.write = write
        self.started = time.monotonic()
        self.doing = "still working"

    def say(self, text: str) -> None:
        """Say something with the seconds since the start before it."""
        self.write(f"  {int(time.monotonic() - self.started):>4} s  {text}")


class _Counting(StringIO):
    """The output of `migrate`, of which only the number of steps is of interest."""

    def __init__(self, progress: _Progress, what: str, total: int) -> None:
        super().__init__()
        self.progress, self.what, self.total, self.count = progress, what, total, 0

    def write(self, text: str) -> int:
        """Count the lines that name a step."""
        self.count += text.count("Applying ")
        self.progress.doing = f"{self.count} of {self.total} {self.what}"
        return super().write(text)


def _guide() -> str:
    """Where the site is, who signs in, and what to try."""
    base = settings.BASE_URL
    widths = [max(len(word) for word in column) for column in zip(*_people(), strict=True)]
    people = "\n".join(
        "  " + "  ".join(word.ljust(width) for word, width in zip(words, widths, strict=True)).rstrip()
        for words in _people()
    )
    tries = "\n".join(
        f"  {number}. {one.title}: {base}{one.url}\n     {one.text}" for number, one in enumerate(things_to_try(), 1)
    )
    return f"""\
The site is at {base}/

Officials sign in at {base}/admin/ (the public needs no account):
{people}

Five things to try:
{tries}

Mail is not sent but kept: {base}/demonstration/mail/
"""


def _people() -> list[tuple[str, str, str, str]]:
    desks = {"fr": "(desk in French)", "ru": "(desk in Russian)"}
    officials = [(str(one.role.label), one.email, one.password, desks.get(one.language, "")) for one in SIGN_INS]
    return officials + [("Learner", one.email, one.password, "") for one in LEARNERS if one.password]


def _catalogues() -> list[Path]:
    return sorted(Path(settings.BASE_DIR).glob("*/*/locale/*/LC_MESSAGES/django.po"))


def _is_stale(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime


def _unapplied() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
