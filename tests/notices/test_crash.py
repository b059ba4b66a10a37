"""Workers are killed while they send, again and again: every letter arrives, and none of them twice."""

import random
import time
from pathlib import Path

import pytest

from demonstration.models import KeptMail
from notices.domain import send_message
from notices.models import Message
from tests.jobs.processes import wait_for, workers
from tests.notices.letters import LETTER

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

LETTERS = 200
KILLS = 2


def test_every_letter_arrives_once_however_often_a_worker_is_killed(settings: object, tmp_path: Path) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # type: ignore[attr-defined]
    for number in range(LETTERS):
        send_message(
            to=f"person{number}@example.org",
            template="comment_received",
            context=LETTER,
            language="en",
            about=f"submission:{number}",
            reason="received",
        )
    chance = random.Random(4)
    with workers(tmp_path) as start:
        for _kill in range(KILLS):
            before = KeptMail.objects.count()
            worker = start()
            wait_for(lambda before=before: KeptMail.objects.count() > before, "a letter that arrives")
            time.sleep(chance.random() / 10)
            worker.kill()
            worker.wait()
        start()
        wait_for(lambda: not Message.objects.exclude(sent_at__isnull=False).exists(), "no letter left")
    arrived = sorted(KeptMail.objects.values_list("recipients", flat=True))
    assert arrived == sorted(f"person{number}@example.org" for number in range(LETTERS))
