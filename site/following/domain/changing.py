"""Changing, stopping, taking up again, forgetting."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from design.refusals import Refusal
from following.enums import Frequency
from following.limits import OF_AN_ADDRESS
from following.models import Round, Subscription, SubscriptionQuerySet
from following.permissions import user_can_help_followers
from following.subjects import find_subject

UNCONFIRMED_KEPT: Final = timedelta(days=7)
STOPPED_KEPT: Final = timedelta(days=30)
ROUNDS_KEPT: Final = timedelta(days=60)
ENDED_BY_OFFICIAL: Final = "following.end"  # in the history of the officials' desk


class FollowingTooMuchError(Refusal):
    """An address follows as much as one letter can tell."""


def require_room(subscription: Subscription) -> None:
    """Raise FollowingTooMuchError where the address follows as much as it may, and this not already."""
    if subscription.is_active:
        return
    if Subscription.objects.of(subscription.email).active().count() >= OF_AN_ADDRESS:
        raise FollowingTooMuchError(
            _("You follow %(count)s things already, and that is as many as one address can. Stop one of them first.")
            % {"count": OF_AN_ADDRESS}
        )


@transaction.atomic
def change_frequency(subscription: Subscription, frequency: Frequency, *, at: datetime | None = None) -> None:
    """Let letters come in another rhythm; what was not told yet comes with the first of them. Nothing else happens."""
    subscription = Subscription.objects.select_for_update().get(pk=subscription.pk)
    if subscription.frequency != frequency:
        subscription.frequency = frequency
        subscription.counted_from = at or timezone.now()
        subscription.save(update_fields=["frequency", "counted_from"])


@transaction.atomic
def stop(subscription: Subscription, *, at: datetime | None = None) -> datetime:
    """Stop one subscription; return when it was stopped. Stopping twice is stopping once. Nothing else happens."""
    return _stop(Subscription.objects.filter(pk=subscription.pk), at)


@transaction.atomic
def end_for_reader(subscription: Subscription, *, actor: Any, at: datetime | None = None) -> None:
    """End one subscription because its reader asked an official for it.

    Side effects, in order: the history of the officials' desk says what was ended and by whom, and names no address;
    the subscription is stopped, or deleted where its reader had not said yes. Raises PermissionDenied.
    """
    if not user_can_help_followers(actor):
        raise PermissionDenied
    log(subscription, ENDED_BY_OFFICIAL, user=actor)
    if subscription.confirmed_at is None:
        subscription.delete()
    else:
        _stop(Subscription.objects.filter(pk=subscription.pk), at)


@transaction.atomic
def stop_everything(email: str, *, at: datetime | None = None) -> datetime:
    """Stop everything that an address follows, and every open question with it; return when. Nothing else happens."""
    Subscription.objects.of(email).unconfirmed().delete()
    return _stop(Subscription.objects.of(email), at)


@transaction.atomic
def resume(subscriptions: SubscriptionQuerySet, *, at: datetime | None = None) -> int:
    """Take up again what was stopped, as if it had not been; return how many. Nothing else happens."""
    return subscriptions.stopped().update(stopped_at=None, counted_from=at or timezone.now())


@transaction.atomic
def forget_address(email: str) -> int:
    """Delete everything that this room knows of an address; return how many rows. Nothing else happens."""
    email = email.strip().lower()
    rounds, _models = Round.objects.filter(email=email).delete()
    subscriptions, _models = Subscription.objects.of(email).delete()
    return rounds + subscriptions


@transaction.atomic
def forget_follower(kind: str, key: str, *, email: str) -> int:
    """Delete that an address follows a subject, because it would tell whose it is; return how many rows.

    A subject that is not everybody's is followed by nobody but whose it is: there every address goes. Nothing else
    happens.
    """
    rows = Subscription.objects.filter(kind=kind, key=key)
    subject = find_subject(kind, key)
    return (rows.of(email) if subject is None or subject.is_public else rows).delete()[0]


@transaction.atomic
def tidy(*, at: datetime | None = None) -> int:
    """Drop what nobody answered, what was stopped long ago, and the notes of old rounds; return how many rows."""
    moment = at or timezone.now()
    unanswered = Subscription.objects.unconfirmed().asked_before(moment - UNCONFIRMED_KEPT)
    stopped = Subscription.objects.stopped().stopped_before(moment - STOPPED_KEPT)
    rounds = Round.objects.filter(made_at__lt=moment - ROUNDS_KEPT)
    return sum(rows.delete()[0] for rows in (unanswered, stopped, rounds))


def _stop(subscriptions: SubscriptionQuerySet, at: datetime | None) -> datetime:
    moment = at or timezone.now()
    rows = list(subscriptions.active().select_for_update())
    if not rows:
        last = subscriptions.stopped().order_by("-stopped_at").values_list("stopped_at", flat=True).first()
        return last or moment
    Subscription.objects.filter(pk__in=[row.pk for row in rows]).update(stopped_at=moment, asking="")
    return moment
