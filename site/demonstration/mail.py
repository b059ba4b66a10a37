"""Keeps mail instead of sending it, each letter with the line that nothing of it is real."""

import re
from collections.abc import Sequence
from typing import Final

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone, translation
from django.utils.html import escape

from demonstration.models import KeptMail
from design.fictional import fictional_line

_HTML: Final = "text/html"
_BODY: Final = re.compile(r"<body[^>]*>")
_LONGEST_SUBJECT: Final = 500
_LONGEST_SENDER: Final = 300


class KeepingBackend(BaseEmailBackend):
    """A mail backend that stores every letter, to be read on a page of the demonstration."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep the letters; return how many. One that is kept already, by its number, is taken and not kept again."""
        letters = [_as_kept(message) for message in email_messages if message.recipients()]
        KeptMail.objects.bulk_create(letters, ignore_conflicts=True)
        return len(letters)


def _as_kept(message: EmailMessage) -> KeptMail:
    """Return a letter as it is kept: who, to whom, both texts, and the names of attached files."""
    alternatives = message.alternatives if isinstance(message, EmailMultiAlternatives) else []
    html = next((str(content) for content, kind in alternatives if kind == _HTML), "")
    return KeptMail(
        kept_at=timezone.now(),
        sender=str(message.from_email)[:_LONGEST_SENDER],
        recipients=", ".join(message.recipients()),
        subject=" ".join(str(message.subject).split())[:_LONGEST_SUBJECT],
        **with_the_line(str(message.body), html, message.extra_headers.get("Content-Language")),
        attachments=[_name_of(attachment) for attachment in message.attachments],
        message_id=message.extra_headers.get("Message-ID"),
    )


def with_the_line(text: str, html: str, language: str | None = None) -> dict[str, str]:
    """Return both texts of a letter, each begun with the line; in the active language where the letter names none."""
    with translation.override(language or translation.get_language()):
        line = fictional_line()
    body = _BODY.search(html)
    start = body.end() if body else 0
    marked_up = f"{html[:start]}<p><strong>{escape(line)}</strong></p>{html[start:]}" if html else ""
    return {"text": f"{line}\n\n{text}", "html": marked_up}


def _name_of(attachment: object) -> str:
    """Return the name of an attached file, whichever of its three forms Django was given."""
    if isinstance(attachment, tuple):
        return str(attachment[0] or "")
    name = getattr(attachment, "get_filename", None)
    return str(name() or "") if name else ""
