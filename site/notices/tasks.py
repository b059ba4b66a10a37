"""The worker's side: sends what waits, and takes up what a dead worker had in hand.

A letter is marked before it is handed over and again when it is taken; in between nobody but the mail server knows. A
worker that dies there leaves it marked, and the letter is handed over again, with the same Message-ID: it is never
lost, and comes twice only where a worker died in that instant and the server does not know a letter by its number. The
demonstration's mail does, and most mailboxes do.
"""

import logging
import os
import socket
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django_tasks import task
from django_tasks.base import TASK_MAX_PRIORITY

from jobs.models import Worker
from jobs.queue import enqueue_after_commit
from jobs.schedule import scheduled
from jobs.workers import current_worker
from notices.enums import DeliveryState, Failure
from notices.models import NO_LONGER_OF_USE, Message
from notices.posting import Answer, Post, next_attempt

# Of a process that is no worker nobody knows whether it lives: what it had in hand waits this long.
_UNKNOWN_FOR: Final = timedelta(hours=1)
_this_process: Final = f"{socket.gethostname()[:30]}:{os.getpid()}:{get_random_string(8)}"

logger = logging.getLogger(__name__)


@scheduled(every=timedelta(minutes=1), label=_("Send the letters that wait"))
@task()
def send_waiting_messages() -> int:
    """Send every message whose turn has come and return how many went out.

    All that wait, not only the one that caused the job: a message whose own job was lost goes with the next. A code for
    which somebody waits goes before ten thousand digests, also where it is written while these are sent. Where the mail
    server cannot be reached, the rest waits for the next round.
    """
    me = current_worker() or _this_process
    take_up_left_messages(me, at=timezone.now())
    let_messages_lapse(at=timezone.now())
    sent = 0
    message = _claim_next(me)
    with Post() as post:
        while message is not None:
            answer = post.hand_over(message)
            sent += answer.taken
            with transaction.atomic():  # one commit a letter: this one is marked as the next is claimed
                _keep(message, answer, timezone.now())
                message = None if answer.is_server else _claim_next(me)
    return sent


def queue_sending() -> None:
    """Let what waits be sent after commit: before all other work, where the queue knows an order, for people wait."""
    task = send_waiting_messages
    enqueue_after_commit(task.using(priority=TASK_MAX_PRIORITY) if task.get_backend().supports_priority else task)


def take_up_left_messages(me: str, *, at: datetime) -> int:
    """Let be sent again what was in hand when a worker died, and return how many letters that are.

    Left is what this process had in hand in an earlier round, what a worker had that has ended or was found dead, and
    after an hour what anybody else had who is not on the list of workers.
    """
    living = Worker.objects.alive().values("name")
    gone = Worker.objects.gone().values("name")
    left = Message.objects.in_hand().filter(
        Q(claimed_by=me)
        | Q(claimed_by__in=gone)
        | (~Q(claimed_by__in=living) & (Q(claimed_at=None) | Q(claimed_at__lte=at - _UNKNOWN_FOR)))
    )
    count = left.update(state=DeliveryState.QUEUED, next_attempt_at=None, claimed_by="", claimed_at=None)
    if count:
        logger.warning("%s letters were in hand when a worker ended; they are handed over again.", count)
    return count


def let_messages_lapse(*, at: datetime) -> int:
    """Give up, with their words, what waits and is of no use any more, and return how many letters that are."""
    count = Message.objects.waiting().filter(expires_at__lte=at).update(**NO_LONGER_OF_USE)
    if count:
        logger.warning("%s letters were not sent, because they would have come too late.", count)
    return count


def _claim_next(me: str) -> Message | None:
    """Return the next message whose turn has come, marked so that no other worker sends it too; None where none is."""
    now = timezone.now()
    with transaction.atomic():
        due = Message.objects.due(now).exclude(expires_at__lte=now).in_order_of_sending()
        message = due.select_for_update(skip_locked=True).first()
        if message is None:
            return None
        message.state = DeliveryState.SENDING
        message.claimed_by, message.claimed_at = me, now
        message.attempts += 1
        message.save(update_fields=["state", "claimed_by", "claimed_at", "attempts"])
    return message


def _keep(message: Message, answer: Answer, now: datetime) -> None:
    """Store what came of a message; where somebody else has it by now, their word counts."""
    facts: dict[str, object] = {"claimed_by": "", "claimed_at": None, "last_error": answer.words}
    if answer.taken:
        facts |= {"state": DeliveryState.SENT, "sent_at": now, "text": "", "html": "", "unsubscribe_url": ""}
    else:
        again = None if answer.failure else next_attempt(message, now)
        state = DeliveryState.QUEUED if again else DeliveryState.FAILED
        failure = "" if again else answer.failure or Failure.EXHAUSTED
        facts |= {"state": state, "next_attempt_at": again, "failure": failure}
        if message.expires_at is not None and not again:
            facts |= {"text": "", "html": ""} if answer.failure else {**NO_LONGER_OF_USE, "failure": ""}
        logger.warning("Message %s about %s was not sent: %s", message.pk, message.about, answer.words)
    mine = Message.objects.in_hand().filter(pk=message.pk, claimed_by=message.claimed_by)
    mine.update(**facts)


@scheduled(every=timedelta(minutes=15), label=_("Remind people of days that approach"))
@task()
def remind_people() -> int:
    """Write every reminder whose time has come, and return how many."""
    from notices.reminders import send_reminders  # noqa: PLC0415 -- it writes letters, and letters queue the task above

    return send_reminders()
