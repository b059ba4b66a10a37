"""The job worker with a thousand letters waiting: how much memory it has held once all are sent."""

import subprocess
import sys
import time
from io import StringIO
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from harness import Row
from servers import peak_megabytes, stop

from notices.domain import send_message
from notices.models import Message

LETTERS: Final = 1_000
_SECONDS: Final = 300.0
_MANAGE: Final = Path(__file__).resolve().parents[1] / "manage.py"


def write_letters(count: int) -> None:
    """Letters to as many people, each with the job that its act would queue."""
    context = {"number": "R-7KQ2-M4XD-9", "track_url": settings.BASE_URL}
    with transaction.atomic():
        for number in range(count):
            send_message(
                to=f"person{number}@example.org",
                template="request_message",
                context=context,
                language="en",
                about="request:R-7KQ2-M4XD-9",
                reason="bench",
            )


def measure() -> list[Row]:
    """The most memory that the worker held until nothing waited any more."""
    call_command("migrate", verbosity=0, stdout=StringIO())
    write_letters(LETTERS)
    log = Path(settings.DATA_DIR) / "worker.log"
    with log.open("wb") as output:
        worker = subprocess.Popen([sys.executable, str(_MANAGE), "db_worker"], stdout=output, stderr=subprocess.STDOUT)
    try:
        seconds = _wait(worker, log)
        memory = peak_megabytes(worker.pid)
    finally:
        stop(worker)
    note = f"{Message.objects.exclude(sent_at=None).count():,} letters kept in {seconds:.0f} s"
    return [Row(f"peak memory of the job worker, after {LETTERS:,} letters", "MiB", memory, note=note)]


def _wait(worker: subprocess.Popen[bytes], log: Path) -> float:
    """How long it took until every job was done."""
    started = time.monotonic()
    while DBTaskResult.objects.exclude(finished_at=None).count() < LETTERS:
        if worker.poll() is not None or time.monotonic() - started > _SECONDS:
            raise RuntimeError(f"The worker did not get through its jobs; what it said is in {log}.")
        time.sleep(0.2)
    return time.monotonic() - started
