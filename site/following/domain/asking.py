"""Asking to follow something, and the yes that it takes (double opt-in)."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from design.publisher import site_name
from following.domain.changing import require_room
from following.enums import Frequency
from following.models import Subscription, new_stamp
from following.subjects import Subject
from following.tokens import Purpose, link, new_token
from notices.domain import send_message


@dataclass(frozen=True)
class Wish:
    """What somebody asks for: to hear of a subject, how often, in which language."""

    subject: Subject
    frequency: Frequency
    language: str


@transaction.atomic
def ask_to_follow(email: str, wish: Wish, *, seal: str, at: datetime | None = None) -> Subscription:
    """Ask an address whether it wants to follow something; nothing is followed before it has said yes.

    Side effects, in order: the address is stored with the open question, which `tidy` drops after some days without an
    answer; a letter asks for the answer, once for each `seal` of a form. What the address follows already stays as it
    is until the answer.
    """
    moment = at or timezone.now()
    subscription, is_new = Subscription.objects.select_for_update().get_or_create(
        email=email.strip().lower(),
        kind=wish.subject.kind,
        key=wish.subject.key,
        defaults={"language": wish.language, "frequency": wish.frequency, "asking": new_stamp(), "asked_at": moment},
    )
    if not is_new:
        subscription.asking = subscription.asking or new_stamp()
        subscription.asked_at = moment
        subscription.save(update_fields=["asking", "asked_at"])
    token = new_token(
        Purpose.CONFIRM,
        subscription,
        asking=subscription.asking,
        frequency=str(wish.frequency),
        language=wish.language,
    )
    with translation.override(wish.language):
        context = {
            "title": wish.subject.title_for_strangers,
            "site": site_name(),
            "frequency": Frequency(wish.frequency).label,
            "confirm_url": link("confirm", token, wish.language),
        }
    send_message(
        to=subscription.email,
        template="following_confirm",
        context=context,
        language=wish.language,
        about="following:confirm",
        reason=seal[:60],
        at=moment,
    )
    return subscription


@transaction.atomic
def confirm(
    subscription: Subscription, *, asking: str, frequency: Frequency, language: str, at: datetime | None = None
) -> bool:
    """Take the yes to an open question; return False where it was answered before, and change nothing.

    Side effects, in order: the subscription is active from now on with the frequency asked for; every letter to this
    address is in this language from now on. Raises FollowingTooMuchError.
    """
    moment = at or timezone.now()
    subscription = Subscription.objects.select_for_update().get(pk=subscription.pk)
    if not asking or subscription.asking != asking:
        return False
    require_room(subscription)
    _start(subscription, frequency, language, moment)
    return True


@transaction.atomic
def follow_at_once(email: str, wish: Wish, *, at: datetime | None = None) -> Subscription:
    """Follow something with an address that is known to belong to who asks: it needs no second yes.

    Side effects and refusals: those of `confirm`.
    """
    moment = at or timezone.now()
    subscription, _is_new = Subscription.objects.select_for_update().get_or_create(
        email=email.strip().lower(),
        kind=wish.subject.kind,
        key=wish.subject.key,
        defaults={"language": wish.language, "frequency": wish.frequency, "asked_at": moment},
    )
    require_room(subscription)
    _start(subscription, wish.frequency, wish.language, moment)
    return subscription


@transaction.atomic
def send_manage_link(email: str, *, language: str, seal: str, at: datetime | None = None) -> bool:
    """Send an address the link to what it follows; return whether there was anything to send it for.

    Side effects: a letter, once for each `seal` of a form; none where the address follows nothing.
    """
    known = Subscription.objects.of(email).active().first() or Subscription.objects.of(email).stopped().first()
    if known is None:
        return False
    with translation.override(language):
        context = {"site": site_name(), "manage_url": link("open", new_token(Purpose.MANAGE, known), language)}
    send_message(
        to=known.email,
        template="following_link",
        context=context,
        language=language,
        about="following:link",
        reason=seal[:60],
        at=at,
    )
    return True


def _start(subscription: Subscription, frequency: Frequency, language: str, moment: datetime) -> None:
    was_active = subscription.is_active
    subscription.asking = ""
    if not was_active or subscription.frequency != frequency:
        subscription.counted_from = moment
    if not was_active:
        subscription.told_until, subscription.told = moment, {}
    subscription.frequency = frequency
    subscription.confirmed_at = moment if not was_active else subscription.confirmed_at
    subscription.stopped_at = None
    subscription.save()
    known = dict(settings.LANGUAGES)
    Subscription.objects.of(subscription.email).update(language=language if language in known else "en")
