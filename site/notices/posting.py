"""Handing one letter to the mail server, and what its answer means."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime, parseaddr
from smtplib import (
    SMTPConnectError,
    SMTPDataError,
    SMTPHeloError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)
from types import TracebackType
from typing import Any, Final, Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from design.publisher import mail_sender
from jobs.retry import Retry
from notices.enums import Failure
from notices.models import Message

# Sixteen attempts, the last more than two days after the first: a mail server may be down over a weekend.
RETRY: Final = Retry(attempts=16, first=timedelta(minutes=1), most=timedelta(hours=8))
# Where somebody waits for a code, as often as the worker comes by, until the code no longer holds.
_WHILE_SOMEBODY_WAITS: Final = Retry(attempts=100, first=timedelta(seconds=20), most=timedelta(seconds=50))
_PERMANENT: Final = 500


@dataclass(frozen=True)
class Answer:
    """What came of handing over a letter.

    `failure` is set where trying again would not help. `is_server` means that the next letter would fare no better.
    """

    taken: bool = False
    failure: Failure | None = None
    is_server: bool = False
    words: str = ""


class Post:
    """One round to the mail server: a connection that stays open from letter to letter."""

    def __init__(self) -> None:
        self._connection: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up()

    def hand_over(self, message: Message) -> Answer:
        """Give one letter to the mail server and return what it said."""
        try:
            mail = as_mail(message)
            if self._connection is None:
                self._connection = get_connection()
                self._connection.open()
            self._connection.send_messages([mail])
        except Exception as error:  # noqa: BLE001 -- a backend may raise anything, and no letter may stop the next
            self._hang_up()
            return judge(error)
        return Answer(taken=True)

    def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except Exception:  # noqa: BLE001 -- it was to be closed, and after an error it may be so already
                return


def judge(error: Exception) -> Answer:
    """Return what an error of the mail backend means for the letter, and for the next one."""
    words = f"{type(error).__name__}: {_said_by(error)}"[:300]
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _words in error.recipients.values()]
        final = bool(codes) and min(codes) >= _PERMANENT
        return Answer(failure=Failure.REFUSED if final else None, words=words)
    if isinstance(error, SMTPDataError):
        final = error.smtp_code >= _PERMANENT
        return Answer(failure=Failure.REFUSED if final else None, words=words)
    if isinstance(error, (ValueError, UnicodeError, SMTPNotSupportedError)):
        return Answer(failure=Failure.UNSENDABLE, words=words)
    # A sender, a name or a password that is refused is our own mistake and not the letter's: it waits for the mending.
    is_server = isinstance(error, (OSError, SMTPConnectError, SMTPHeloError, SMTPResponseException))
    return Answer(is_server=is_server, words=words)


def _said_by(error: Exception) -> str:
    """Return the words of an error; of a refusal those of the server, without the address."""
    if isinstance(error, SMTPRecipientsRefused):
        said = [f"{code} {_text(words)}" for code, words in error.recipients.values()]
        return "; ".join(said)
    if isinstance(error, SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return " ".join(str(error).split())


def _text(words: bytes | str) -> str:
    return " ".join((words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)).split())


def next_attempt(message: Message, now: datetime) -> datetime | None:
    """Return when a letter is tried again; None where it was tried often enough, or will be of no use by then."""
    retry = RETRY if message.expires_at is None else _WHILE_SOMEBODY_WAITS
    if message.attempts >= retry.attempts:
        return None
    again = now + retry.delay_after(message.attempts)
    return again if message.expires_at is None or again < message.expires_at else None


def as_mail(message: Message) -> EmailMultiAlternatives:
    """Return a letter as mail, the same however often it is made: its number tells a server that has it already."""
    headers = {
        "Message-ID": message_id(message),
        "Date": format_datetime(message.written_at),
        "Content-Language": message.language,
        "Auto-Submitted": "auto-generated",
    }
    if message.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{message.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=mail_sender(message.language),
        to=[message.recipient],
        headers=headers,
    )
    mail.attach_alternative(message.html, "text/html")
    return mail


def message_id(message: Message) -> str:
    """Return the number of a letter among all mail of the world: the same at every attempt."""
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{message.written_at:%Y%m%d%H%M%S%f}.{message.pk}@{host}>"
