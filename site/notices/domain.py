"""Writing and sending messages."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from design.languages import FALLBACK
from notices.erasing import tombstone_of
from notices.models import Message
from notices.tasks import send_waiting_messages


@transaction.atomic
def send_message(
    *,
    to: str,
    template: str,
    context: Mapping[str, Any],
    language: str,
    about: str,
    reason: str,
    at: datetime | None = None,
) -> Message:
    """Write a message to one address, for the worker to send after commit; return the earlier one if there is one.

    Side effects, in order: the letter is rendered in the recipient's language from
    `notices/<template>.subject.txt`, `.txt` and `.html`; it is stored; after commit a job is queued that sends it.
    Nothing happens where this address has already been written to about this subject for this reason.
    """
    recipient = to.strip()
    # An address that was erased since is not written to again for the same reason (notices/erasing.py).
    addresses = (recipient, tombstone_of(recipient))
    earlier = Message.objects.filter(recipient__in=addresses, about=about, reason=reason).first()
    if earlier is not None:
        return earlier
    with translation.override(language or FALLBACK):
        values = {**context, "language": language or FALLBACK}
        subject = " ".join(render_to_string(f"notices/{template}.subject.txt", values).split())
        values["subject"] = subject
        text = render_to_string(f"notices/{template}.txt", values).strip() + "\n"
        html = render_to_string(f"notices/{template}.html", values)
    message, is_new = Message.objects.get_or_create(
        recipient=recipient,
        about=about,
        reason=reason,
        defaults={
            "language": language or FALLBACK,
            "template": template,
            "subject": subject[:200],
            "text": text,
            "html": html,
            "written_at": at or timezone.now(),
        },
    )
    if is_new:
        transaction.on_commit(partial(send_waiting_messages.enqueue))
    return message
