"""What pages say about letters."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.letters import SIGN_IN
from design.formats import format_instant
from notices.enums import DeliveryState, Failure, SkipReason
from notices.models import Message, Skip

WEEK: Final = timedelta(days=7)


@dataclass(frozen=True)
class Delivery:
    """How far one letter has got, in a sentence for the person to whom it was written."""

    subject: str
    sentence: str
    at: datetime
    has_failed: bool = False


def messages_about(about: str, *, also: str = "", recipient: str = "") -> list[Delivery]:
    """Return how far the letters about a subject have got, the earliest first, in the language of the page.

    `also` names a second subject on which many are written to; of those only the letters to `recipient` count. Where
    nothing was written because nobody said where to, that is said.
    """
    asked = Q(about=about)
    if also and recipient:
        asked |= Q(about=also, recipient=recipient)
    letters = Message.objects.filter(asked).defer("text", "html").order_by("written_at", "pk")
    deliveries = [_delivery(letter) for letter in letters]
    if not deliveries:
        deliveries = [_nowhere(skip) for skip in _without_address(about)[:1]]
    return deliveries


def _without_address(about: str) -> QuerySet[Skip]:
    without = (SkipReason.NO_ADDRESS, SkipReason.UNUSABLE_ADDRESS)
    return Skip.objects.filter(about=about, because__in=without).order_by("pk")


def _nowhere(skip: Skip) -> Delivery:
    sentence = _("No letter was sent, because %(why)s. Everything stands on this page.") % {
        "why": skip.get_because_display()
    }
    return Delivery("", sentence, skip.first_at)


def _delivery(letter: Message) -> Delivery:
    if not letter.subject:
        sentence = _("A letter of %(when)s: its address and its words were erased.")
        return Delivery("", sentence % {"when": format_instant(letter.written_at)}, letter.written_at)
    values = {"subject": letter.subject}
    if letter.state == DeliveryState.SENT and letter.sent_at:
        values["when"] = format_instant(letter.sent_at)
        return Delivery(
            letter.subject, _("“%(subject)s” was sent to your address on %(when)s.") % values, letter.sent_at
        )
    if letter.failure == Failure.RESTORED and letter.state in {DeliveryState.FAILED, DeliveryState.CLOSED}:
        sentence = _(
            "“%(subject)s” may have been sent to your address before this site was restored from a backup. What it "
            "says stands on this page."
        )
        return Delivery(letter.subject, sentence % values, letter.written_at)
    if letter.state in {DeliveryState.FAILED, DeliveryState.CLOSED}:
        values["why"] = letter.get_failure_display() or letter.closed_reason
        sentence = _("“%(subject)s” could not be delivered: %(why)s. What it says stands on this page.") % values
        return Delivery(letter.subject, sentence, letter.written_at, has_failed=True)
    if letter.last_error and letter.next_attempt_at:
        values["when"] = format_instant(letter.next_attempt_at)
        sentence = _("“%(subject)s” could not be delivered yet. It is tried again on %(when)s.") % values
        return Delivery(letter.subject, sentence, letter.written_at)
    return Delivery(letter.subject, _("“%(subject)s” is on its way to your address.") % values, letter.written_at)


def failed_letters(limit: int) -> dict[str, Any]:
    """Return the letters that did not arrive, the oldest first, how many wait, and the newest that were not written.

    Of answers to people at the sign-in pages only the number is told: any stranger can cause one by typing an address
    that is none, and nobody but whoever waited for it can do anything about it, and has read so on the page.
    """
    failed = Message.objects.failed()
    missed = Message.objects.brief().filter(state__in=(DeliveryState.FAILED, DeliveryState.LAPSED))
    skips = Skip.objects.exclude(because=SkipReason.ALREADY_TOLD).exclude(about__startswith=f"{SIGN_IN}:")
    return {
        "letters": list(failed.defer("text", "html").order_by("written_at", "pk")[:limit]),
        "count": failed.count(),
        "held_back": failed.filter(failure=Failure.RESTORED).count(),
        "waiting": Message.objects.waiting().count(),
        "missed": missed.filter(written_at__gte=timezone.now() - WEEK).count(),
        "skips": list(skips[:50]),
    }
