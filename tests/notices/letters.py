"""A letter as an act writes it, and mail servers that do what mail servers do."""

from typing import Any, ClassVar

from django.core.mail.backends.base import BaseEmailBackend

from notices.domain import send_message
from notices.models import Message

LETTER = {
    "title": "Lower threshold",
    "authority": "Environment Agency",
    "reference": "C-2026-001",
    "number": "C-7KQ2-M4XD-9",
    "received_at": "Monday 2 March 2026, 13:00 CET",
    "page_url": "https://register.example.org/en/consultations/mercury/",
    "track_url": "https://register.example.org/en/consultations/track/?number=C-7KQ2-M4XD-9",
    "secret": "7KQ2-M4XD-9TWB-3HJR",
}
ABOUT = "submission:C-7KQ2-M4XD-9"


def write(**fields: Any) -> Message:
    """A receipt to Aino, unless something else is asked for."""
    message = send_message(
        **{
            "to": "aino@example.org",
            "template": "comment_received",
            "context": LETTER,
            "language": "en",
            "about": ABOUT,
            "reason": "received",
            **fields,
        }
    )
    assert message is not None
    return message


class Server(BaseEmailBackend):
    """A mail server that answers as the test tells it: with an error for an address, or by taking the letter."""

    errors: ClassVar[dict[str, Exception]] = {}
    taken: ClassVar[list[str]] = []
    asked: ClassVar[int] = 0

    def send_messages(self, email_messages: Any) -> int:
        for mail in email_messages:
            Server.asked += 1
            error = self.errors.get(mail.to[0]) or self.errors.get("*")
            if error is not None:
                raise error
            mail.message().as_bytes()
            self.taken.append(mail.extra_headers["Message-ID"])
        return len(email_messages)
