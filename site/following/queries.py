"""What the pages read of who follows what, each with a fixed number of queries but for one a subject."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from following.models import Subscription
from following.subjects import find_subject


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


def _as_read(subscription: Subscription) -> Followed:
    subject = find_subject(subscription.kind, subscription.key)
    return Followed(
        subscription=subscription,
        title=subject.title if subject else _("Something that is no longer here"),
        url=subject.url if subject else "",
        frequency=subscription.get_frequency_display(),
    )
