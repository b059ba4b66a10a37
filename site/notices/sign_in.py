"""The post office of the sign-in pages: their letters go through the outbox like all others, and their codes first."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.letters import Letter, News, Reference
from design.formats import format_instant
from notices.domain import send_written_message, withdraw_messages
from notices.enums import DeliveryState
from notices.models import Message, Skip

_SOON: Final = timedelta(seconds=30)


class Outbox:
    """Takes the letters of the sign-in pages (`accounts.letters.PostOffice`)."""

    @transaction.atomic
    def post(self, letter: Letter) -> None:
        """Keep a letter for sending.

        Side effects, in order: where it holds for minutes only, such letters that wait and were asked for with the same
        form or earlier in the same session are given up, because only the newest code opens anything; the letter is
        written as all letters are (`send_written_message`).
        """
        reference = letter.reference
        if letter.expires_at is not None:
            earlier = Q(about=reference.about)
            if letter.instead_of is not None:
                earlier |= Q(about=letter.instead_of.about, reason=letter.instead_of.reason)
            withdraw_messages(Message.objects.brief().filter(earlier))
        send_written_message(
            to=letter.to,
            template=letter.kind,
            words=lambda: {
                "language": letter.language,
                "subject": letter.subject,
                "text": letter.text,
                "html": letter.html,
            },
            about=reference.about,
            reason=reference.reason,
            expires_at=letter.expires_at,
        )

    def news_of(self, reference: Reference) -> News | None:
        """Return how far a letter has got; neither its subject line nor its words, which say if there is an account."""
        message = Message.objects.filter(about=reference.about, reason=reference.reason).first()
        if message is None:
            skip = Skip.objects.filter(about=reference.about, reason=reference.reason).first()
            return _not_delivered(skip.get_because_display()) if skip else None
        if message.state == DeliveryState.SENT and message.sent_at:
            sentence = _("The letter was handed to the mail server on %(when)s.")
            return News(sentence % {"when": format_instant(message.sent_at)}, is_final=True)
        if message.state == DeliveryState.FAILED:
            return _not_delivered(message.get_failure_display())
        if message.state in {DeliveryState.LAPSED, DeliveryState.CLOSED}:
            return News(_("The letter could not be sent in time. Ask for a new code."), is_bad=True, is_final=True)
        if message.last_error or timezone.now() - message.written_at > _SOON:
            return News(_("The letter could not be sent yet. We go on trying while the code holds."), is_bad=True)
        return News(_("The letter is on its way. That takes a few seconds, rarely longer than a minute."))


def _not_delivered(why: str) -> News:
    sentence = _("The letter could not be delivered: %(why)s. Make sure that the address is right.")
    return News(sentence % {"why": why}, is_bad=True, is_final=True)
