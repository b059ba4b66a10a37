"""What the pages read of who follows what, each with a fixed number of queries but for one a subject."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from following.models import Subscription
from following.subjects import find_subject, kind_named, kind_names


@dataclass(frozen=True)
class Followed:
    """One subscription as its reader sees it."""

    subscription: Subscription
    title: str
    url: str
    frequency: str


def followed_by(email: str) -> Sequence[Followed]:
    """Return what an address follows, in the order of kinds."""
    return [_as_read(row) for row in Subscription.objects.of(email).active()]


def stopped_by(email: str) -> Sequence[Followed]:
    """Return what an address has stopped and could take up again."""
    return [_as_read(row) for row in Subscription.objects.of(email).stopped()]


@dataclass(frozen=True)
class KindCount:
    """How many follow one kind of subject by mail, by the state of their subscription."""

    title: str
    active: int
    waiting: int
    stopped: int


def counts_by_kind() -> list[KindCount]:
    """Return how many follow what, each kind there is and each that is left of a room that went; one query."""
    unconfirmed, stopped = Q(confirmed_at=None), Q(stopped_at__isnull=False)
    rows = (
        Subscription.objects.order_by()
        .values_list("kind")
        .annotate(
            active=Count("pk", filter=~unconfirmed & ~stopped),
            waiting=Count("pk", filter=unconfirmed),
            ended=Count("pk", filter=~unconfirmed & stopped),
        )
    )
    found = {kind: numbers for kind, *numbers in rows}
    every = dict.fromkeys([*kind_names(), *found])
    return [KindCount(_kind_in_words(kind), *found.get(kind, (0, 0, 0))) for kind in every]


def subscriptions_of(email: str) -> list[Followed]:
    """Return everything of an address for an official who helps: what is nobody else's business is not named."""
    return [_for_officials(row) for row in Subscription.objects.of(email)]


def _kind_in_words(kind: str) -> str:
    known = kind_named(kind)
    return str(known.title) if known else kind


def _for_officials(subscription: Subscription) -> Followed:
    subject = find_subject(subscription.kind, subscription.key)
    if subject is None or subject.is_public:
        return _as_read(subscription)
    return Followed(subscription, _kind_in_words(subscription.kind), "", subscription.get_frequency_display())


def _as_read(subscription: Subscription) -> Followed:
    subject = find_subject(subscription.kind, subscription.key)
    return Followed(
        subscription=subscription,
        title=subject.title if subject else _("Something that is no longer here"),
        url=subject.url if subject else "",
        frequency=subscription.get_frequency_display(),
    )
