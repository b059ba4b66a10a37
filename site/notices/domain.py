"""Writing messages, and what officials do with those that did not arrive."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation

from design.languages import FALLBACK
from notices.addresses import LONGEST, clean_address
from notices.enums import WAITING_STATES, DeliveryState, Failure, SkipReason
from notices.erasing import ERASED_DOMAIN, tombstone_of
from notices.models import NO_LONGER_OF_USE, Message, Skip
from notices.tasks import queue_sending

_LONGEST_SUBJECT: Final = 200


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
    unsubscribe_url: str = "",
    expires_at: datetime | None = None,
) -> Message | None:
    """Write a message to one address, for the worker to send after commit; return the earlier one if there is one.

    Side effects, in order: the letter is rendered in the recipient's language from
    `notices/<template>.subject.txt`, `.txt` and `.html`; it is stored; after commit a job is queued that sends it.
    Where this address has already been written to about this subject for this reason, or cannot be written to, only
    that is noted (`Skip`): a bad address never undoes the act. None where nothing can be sent.

    `unsubscribe_url` stops such letters by one POST without asking (RFC 8058); it stands in the letter as well.
    A letter that `expires_at` an instant, such as one with a code, goes before all others, and not at all from then on.
    """
    return send_written_message(
        to=to,
        template=template,
        words=lambda: render_letter(template, context, language=language, unsubscribe_url=unsubscribe_url),
        about=about,
        reason=reason,
        at=at,
        unsubscribe_url=unsubscribe_url,
        expires_at=expires_at,
    )


@transaction.atomic
def send_written_message(
    *,
    to: str,
    template: str,
    words: Callable[[], Mapping[str, str]],
    about: str,
    reason: str,
    at: datetime | None = None,
    unsubscribe_url: str = "",
    expires_at: datetime | None = None,
) -> Message | None:
    """Do the same with a letter that somebody else renders; its `words` are asked for only where it is new."""
    moment = at or timezone.now()
    if not to.strip():
        skip_message(to="", about=about, reason=reason, because=SkipReason.NO_ADDRESS, at=moment)
        return None
    try:
        recipient = clean_address(to)
    except ValidationError:
        skip_message(to=_harmless(to), about=about, reason=reason, because=SkipReason.UNUSABLE_ADDRESS, at=moment)
        return None
    forgotten = Message.objects.filter(recipient=tombstone_of(recipient), about=about, reason=reason).first()
    if forgotten is not None:
        skip_message(to=forgotten.recipient, about=about, reason=reason, because=SkipReason.ERASED, at=moment)
        return forgotten
    same = {"recipient": recipient, "about": about, "reason": reason}
    message = Message.objects.filter(**same).first()
    is_new = False
    if message is None:
        letter = {
            **words(),
            "template": template,
            "written_at": moment,
            "unsubscribe_url": unsubscribe_url,
            "expires_at": expires_at,
        }
        message, is_new = Message.objects.get_or_create(**same, defaults=letter)
    if is_new:
        queue_sending()
    else:
        skip_message(to=recipient, about=about, reason=reason, because=SkipReason.ALREADY_TOLD, at=moment)
    return message


def render_letter(
    template: str, context: Mapping[str, Any], *, language: str, unsubscribe_url: str = ""
) -> dict[str, str]:
    """Return a letter's language, subject line and both texts."""
    language = language or FALLBACK
    with translation.override(language):
        values = {**context, "language": language, "unsubscribe_url": unsubscribe_url}
        subject = " ".join(render_to_string(f"notices/{template}.subject.txt", values).split())[:_LONGEST_SUBJECT]
        values["subject"] = subject
        return {
            "language": language,
            "subject": subject,
            "text": render_to_string(f"notices/{template}.txt", values).strip() + "\n",
            "html": render_to_string(f"notices/{template}.html", values),
        }


@transaction.atomic
def skip_message(*, to: str, about: str, reason: str, because: SkipReason, at: datetime | None = None) -> Skip:
    """Note that a letter which had its reason is not written, and why; once for each why, with a count."""
    moment = at or timezone.now()
    skip, is_new = Skip.objects.get_or_create(
        recipient=to[:LONGEST],
        about=about,
        reason=reason,
        because=because,
        defaults={"first_at": moment, "last_at": moment},
    )
    if not is_new:
        Skip.objects.filter(pk=skip.pk).update(times=F("times") + 1, last_at=moment)
    return skip


@transaction.atomic
def retry_messages(messages: Iterable[int]) -> int:
    """Let failed messages be sent again from their first attempt, and return how many; after commit a job does it."""
    failed = Message.objects.failed().filter(pk__in=list(messages))
    count = failed.update(
        state=DeliveryState.QUEUED, attempts=0, next_attempt_at=None, failure="", claimed_by="", claimed_at=None
    )
    if count:
        queue_sending()
    return count


@transaction.atomic
def hold_back_messages() -> int:
    """Keep from being sent what waited or was in hand when a backup was taken that has come back; return how many.

    It may have been sent since, and no letter goes twice for the same reason: officials decide. What was of use for
    minutes only is given up. Nothing else happens.
    """
    undecided = Message.objects.filter(state__in=WAITING_STATES)
    undecided.brief().update(**NO_LONGER_OF_USE)
    return undecided.update(
        state=DeliveryState.FAILED, failure=Failure.RESTORED, next_attempt_at=None, claimed_by="", claimed_at=None
    )


@transaction.atomic
def close_held_back_messages(messages: Iterable[int], *, at: datetime | None = None) -> int:
    """Give up letters that may have been sent before the site was lost; return how many. Their words are dropped."""
    held = Message.objects.failed().filter(failure=Failure.RESTORED, pk__in=list(messages))
    return held.update(state=DeliveryState.CLOSED, closed_at=at or timezone.now(), text="", html="", unsubscribe_url="")


@transaction.atomic
def withdraw_messages(messages: QuerySet[Message]) -> int:
    """Give up letters that wait and are of no use any more, with their words, and return how many there were."""
    return messages.filter(state=DeliveryState.QUEUED).update(**NO_LONGER_OF_USE)


@transaction.atomic
def close_message(message: Message, *, why: str, at: datetime | None = None) -> bool:
    """Give up a failed message for a reason; return False where it has not failed. Its words are dropped."""
    failed = Message.objects.failed().filter(pk=message.pk)
    return bool(
        failed.update(
            state=DeliveryState.CLOSED,
            closed_at=at or timezone.now(),
            closed_reason=why[:300],
            text="",
            html="",
            unsubscribe_url="",
        )
    )


@transaction.atomic
def forget_recipients(messages: QuerySet[Message], *, at: datetime | None = None) -> int:
    """Take the address and the words out of letters, at the wish of the person; return how many there were.

    Side effects, in order: what still waits or has failed is given up, and noted as skipped because the address was
    erased; in all letters the address and the words go, and what they were about and when they went stays, so that none
    is written again; a second letter that would then be the same goes altogether, and so do notes with the address.
    """
    moment = at or timezone.now()
    count = 0
    for message in messages.exclude(recipient__endswith=f"@{ERASED_DOMAIN}").select_for_update():
        count += 1
        forgotten = tombstone_of(message.recipient)
        Skip.objects.filter(recipient__iexact=message.recipient, about=message.about).delete()
        if Message.objects.filter(recipient=forgotten, about=message.about, reason=message.reason).exists():
            message.delete()
            continue
        if message.state not in {DeliveryState.SENT, DeliveryState.CLOSED, DeliveryState.LAPSED}:
            message.state = DeliveryState.CLOSED
            message.closed_at = moment
            message.closed_reason = str(SkipReason.ERASED.label)
            skip_message(to=forgotten, about=message.about, reason=message.reason, because=SkipReason.ERASED, at=moment)
        message.recipient = forgotten
        message.subject = message.text = message.html = message.unsubscribe_url = message.last_error = ""
        message.save()
    return count


def forget_recipient(address: str, *, at: datetime | None = None) -> int:
    """Do the same with all letters to an address, and forget the notes about letters that were not written to it."""
    count = forget_recipients(Message.objects.filter(recipient__iexact=address.strip()), at=at)
    Skip.objects.filter(recipient__iexact=address.strip()).delete()
    return count


def _harmless(text: str) -> str:
    """Return what was given as an address so that it can be stored and shown on one line."""
    return "".join(letter if letter.isprintable() else "?" for letter in text.strip())
