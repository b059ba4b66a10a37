"""The worker's side: sends what waits."""

import logging
from smtplib import SMTPException

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from design.publisher import mail_sender
from notices.enums import DeliveryState
from notices.models import Message

MOST_ATTEMPTS = 5

logger = logging.getLogger(__name__)


@task()
def send_waiting_messages() -> int:
    """Send every waiting message and return how many went out.

    All that wait, not only the one that caused the job: a message whose own job was lost goes with the next.
    """
    tried: set[int] = set()
    sent = 0
    while (message := _claim_next(tried)) is not None:
        tried.add(message.pk)
        sent += _deliver(message)
    return sent


def _claim_next(tried: set[int]) -> Message | None:
    """Return the next waiting message, marked so that no other worker sends it too; None where nothing is left.

    The mark is committed before the mail leaves: a worker that dies in between leaves a message that is visibly stuck,
    and not one that is sent twice.
    """
    with transaction.atomic():
        waiting = Message.objects.waiting().exclude(pk__in=tried).order_by("written_at", "pk").first()
        if waiting is None:
            return None
        claimed = Message.objects.filter(pk=waiting.pk, state=DeliveryState.QUEUED).update(state=DeliveryState.SENDING)
    waiting.state = DeliveryState.SENDING
    return waiting if claimed else _claim_next(tried | {waiting.pk})


def _deliver(message: Message) -> bool:
    """Hand one message to the mail server and keep what came of it; return whether it was taken."""
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=mail_sender(message.language),
        to=[message.recipient],
        headers={"Content-Language": message.language, "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(message.html, "text/html")
    message.attempts += 1
    try:
        mail.send()
    except (OSError, SMTPException) as error:
        message.state = DeliveryState.FAILED if message.attempts >= MOST_ATTEMPTS else DeliveryState.QUEUED
        message.last_error = f"{type(error).__name__}: {error}"[:300]
        logger.warning("Message %s about %s was not sent: %s", message.pk, message.about, message.last_error)
    else:
        message.state = DeliveryState.SENT
        message.sent_at = timezone.now()
        message.last_error = message.text = message.html = ""
    message.save()
    return message.state == DeliveryState.SENT
