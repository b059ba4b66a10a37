"""The outbox: letters a second against handing the same letters over directly, and the memory of the worker."""

import subprocess
import sys
import time
from io import StringIO
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.mail import get_connection
from django.core.management import call_command
from django.db import transaction
from harness import Row, seconds
from servers import peak_megabytes, stop

from notices.domain import send_message
from notices.models import Message
from notices.posting import as_mail
from notices.tasks import send_waiting_messages

LETTERS: Final = 1_000
_SECONDS: Final = 300.0
_MANAGE: Final = Path(__file__).resolve().parents[1] / "manage.py"


def write_letters(count: int, reason: str) -> None:
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
                reason=reason,
            )


def measure() -> list[Row]:
    """How fast letters leave the outbox, and the most memory that the worker held until nothing waited any more."""
    call_command("migrate", verbosity=0, stdout=StringIO())
    return [throughput(), memory()]


def throughput() -> Row:
    """The outbox claims each letter, hands it over and marks it; the yardstick only hands it over."""
    write_letters(LETTERS, "bench throughput")
    letters = list(Message.objects.waiting())

    def directly() -> None:
        connection = get_connection()
        connection.open()
        for letter in letters:
            mail = as_mail(letter)
            mail.extra_headers["Message-ID"] = f"<directly-{letter.pk}@example.org>"
            connection.send_messages([mail])
        connection.close()

    plain = LETTERS / seconds(directly)
    ours = LETTERS / seconds(send_waiting_messages.call)
    left = Message.objects.waiting().count()
    note = f"{LETTERS:,} letters; {left} left; both through the demonstration's mail, which stores each in the database"
    return Row("outbox throughput", "letters/s", ours, plain, "handed over directly", note=note)


def memory() -> Row:
    """The most memory that the worker held until nothing waited any more."""
    write_letters(LETTERS, "bench memory")
    log = Path(settings.DATA_DIR) / "worker.log"
    with log.open("wb") as output:
        worker = subprocess.Popen([sys.executable, str(_MANAGE), "worker"], stdout=output, stderr=subprocess.STDOUT)
    try:
        waited = _wait(worker, log)
        held = peak_megabytes(worker.pid)
    finally:
        stop(worker)
    note = f"{LETTERS:,} letters left in {waited:.0f} s"
    return Row(f"peak memory of the job worker, after {LETTERS:,} letters", "MiB", held, note=note)


def _wait(worker: subprocess.Popen[bytes], log: Path) -> float:
    """How long it took until every letter was sent."""
    started = time.monotonic()
    while Message.objects.filter(sent_at=None).exists():
        if worker.poll() is not None or time.monotonic() - started > _SECONDS:
            raise RuntimeError(f"The worker did not get through its letters; what it said is in {log}.")
        time.sleep(0.2)
    return time.monotonic() - started
