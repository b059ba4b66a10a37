"""Subscriptions in every state, made the way people make them: through the domain functions."""

from datetime import datetime
from zoneinfo import ZoneInfo

from following import domain
from following.enums import Frequency
from following.models import Subscription
from following.subjects import find_subject

ZONE = ZoneInfo("Europe/Vienna")
# A Wednesday at noon where the authority of the tests sits.
NOON = datetime(2026, 3, 4, 12, tzinfo=ZONE)
READER = "aino@example.org"


def wish(
    key: str = "old", frequency: Frequency = Frequency.DAILY, *, language: str = "en", kind: str = "bridge"
) -> domain.Wish:
    """What somebody asks for."""
    subject = find_subject(kind, key)
    assert subject is not None
    return domain.Wish(subject, frequency, language)


def following(
    key: str = "old",
    frequency: Frequency = Frequency.DAILY,
    *,
    email: str = READER,
    language: str = "en",
    at: datetime = NOON,
    kind: str = "bridge",
) -> Subscription:
    """Somebody who said yes."""
    made = domain.follow_at_once(email, wish(key, frequency, language=language, kind=kind), at=at)
    return Subscription.objects.get(pk=made.pk)


def asked(key: str = "old", *, email: str = READER, at: datetime = NOON, seal: str = "seal") -> Subscription:
    """Somebody who has not answered yet."""
    return domain.ask_to_follow(email, wish(key), seal=seal, at=at)
