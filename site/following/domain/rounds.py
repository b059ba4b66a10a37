"""Writing the letters: daily and weekly, once for each address and period however often or late the job runs; at once.

An event is told by its key and not by its instant alone: one that is stored a little after the instant it bears, such
as a load that took minutes, is told with the next letter, and none is told twice.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

import jobs.rounds
from design.formats import authority_zone, format_instant
from design.publisher import site_name
from following.enums import DIGESTS, Frequency, RoundOutcome, SkipReason
from following.models import Round, Subscription
from following.subjects import Happening, Subject, find_subject, happenings_of
from following.tokens import Purpose, link, new_token
from notices.domain import send_message

HOUR_OF_LETTERS: Final = time(7)  # where the authority sits
LATE: Final = timedelta(days=2)  # by how much an event may be stored after the instant it bears
_SHOWN_OF_EACH: Final = 12


@dataclass(frozen=True)
class News:
    """What one subscription is to be told."""

    subscription: Subscription
    subject: Subject | None
    happenings: Sequence[Happening]


class Memory:
    """What happened to each subject, found out once for all who follow it; good for one run of a job."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment
        self._subjects: dict[tuple[str, str, str], Subject | None] = {}
        self._happenings: dict[tuple[str, str, str, datetime], list[Happening]] = {}

    def news_for(self, subscription: Subscription) -> News:
        """Return what a subscription was not told yet, in the language that is active."""
        known = (subscription.language, subscription.kind, subscription.key)
        if known not in self._subjects:
            self._subjects[known] = find_subject(subscription.kind, subscription.key)
        subject = self._subjects[known]
        told_until, confirmed_at = subscription.told_until, subscription.confirmed_at
        if subject is None or told_until is None or confirmed_at is None:
            return News(subscription, None, ())
        since = datetime.combine((told_until - LATE).date(), time.min, tzinfo=UTC)
        if (*known, since) not in self._happenings:
            found = happenings_of(subscription.kind, subscription.key, since, self.moment)
            self._happenings[*known, since] = found
        new = [
            each
            for each in self._happenings[*known, since]
            if each.instant > confirmed_at and each.key not in subscription.told
        ]
        return News(subscription, subject, new)


def last_due(frequency: Frequency, at: datetime) -> datetime:
    """Return the newest instant, up to `at`, at which a round was due: at seven, daily or on Monday."""
    zone = authority_zone()
    day = at.astimezone(zone).date()
    if frequency == Frequency.WEEKLY:
        day -= timedelta(days=day.weekday())
    due = datetime.combine(day, HOUR_OF_LETTERS, tzinfo=zone)
    back = timedelta(days=7 if frequency == Frequency.WEEKLY else 1)
    return due if due <= at else datetime.combine(day - back, HOUR_OF_LETTERS, tzinfo=zone)


def write_rounds(*, at: datetime | None = None) -> int:
    """Write the daily and weekly letters that are due and were not written yet; return how many letters.

    Side effects, for each address in a transaction of its own: a round is stored, with the reason where nothing is
    written; the letter is written; what it tells is told. An address that has a round of the period has no second.
    RoundError at the end, where some letters could not be written: they keep no other reader's back.
    """
    moment = at or timezone.now()
    memory = Memory(moment)
    with jobs.rounds.Round("Daily and weekly letters") as the_round:
        return the_round.over(
            _rounds_due(moment),
            lambda one: _write_round(*one, memory),
            name=lambda one: f"a {one[1]} letter to {one[0]}",
        )


def _rounds_due(moment: datetime) -> Iterator[tuple[str, Frequency, datetime]]:
    """Yield each address with the rhythm in which it has no round yet, and since when that is due."""
    for frequency in DIGESTS:
        due = last_due(frequency, moment)
        done = Round.objects.filter(frequency=frequency, period=due.date().isoformat()).values("email")
        waiting = Subscription.objects.active().filter(frequency=frequency, counted_from__lte=due)
        for email in waiting.exclude(email__in=done).order_by("email").values_list("email", flat=True).distinct():
            yield email, frequency, due


@transaction.atomic
def _write_round(email: str, frequency: Frequency, due: datetime, memory: Memory) -> bool:
    period = due.date().isoformat()
    rows = Subscription.objects.of(email).active().filter(frequency=frequency, counted_from__lte=due)
    subscriptions = list(rows.select_for_update())
    if not subscriptions or Round.objects.filter(email=email, frequency=frequency, period=period).exists():
        return False  # another worker was faster, or the reader has just stopped
    news = _news(subscriptions, memory)
    told = [each for each in news if each.happenings]
    reason = ""
    if not told:
        is_gone = all(each.subject is None for each in news)
        reason = str(SkipReason.SUBJECTS_GONE if is_gone else SkipReason.NOTHING_NEW)
    Round.objects.create(
        email=email,
        frequency=frequency,
        period=period,
        outcome=RoundOutcome.SKIPPED if reason else RoundOutcome.WRITTEN,
        reason=reason,
        events=sum(len(each.happenings) for each in told),
        made_at=memory.moment,
    )
    if told:
        _write_letter(told, about=f"following:{frequency}", reason=period, at=memory.moment)
    _remember(news, memory.moment)
    return bool(told)


def write_letters_at_once(*, at: datetime | None = None) -> int:
    """Write to those who want to hear at once, where something happened; return how many letters.

    Side effects, for each address in a transaction of its own: the letter is written; what it tells is told.
    RoundError at the end, where some could not be written: they keep no other reader's back.
    """
    moment = at or timezone.now()
    memory = Memory(moment)
    active = Subscription.objects.active().filter(frequency=Frequency.AT_ONCE)
    emails = list(active.order_by("email").values_list("email", flat=True).distinct())
    with jobs.rounds.Round("Letters at once") as the_round:
        return the_round.over(
            emails,
            lambda email: _has_news(email, memory) and _write_at_once(email, memory),
            name=lambda email: f"a letter to {email}",
        )


def _has_news(email: str, memory: Memory) -> bool:
    """Return whether there is something to tell an address, without holding anything against other writers."""
    rows = list(Subscription.objects.of(email).active().filter(frequency=Frequency.AT_ONCE))
    return any(each.happenings for each in _news(rows, memory))


@transaction.atomic
def _write_at_once(email: str, memory: Memory) -> bool:
    rows = Subscription.objects.of(email).active().filter(frequency=Frequency.AT_ONCE).select_for_update()
    told = [each for each in _news(list(rows), memory) if each.happenings]
    if not told:
        return False
    keys = "\n".join(f"{each.subscription.pk} {one.key}" for each in told for one in each.happenings)
    reason = hashlib.sha256(keys.encode()).hexdigest()[:40]
    _write_letter(told, about=f"following:{Frequency.AT_ONCE}", reason=reason, at=memory.moment)
    _remember(told, memory.moment)
    return True


def _news(subscriptions: Sequence[Subscription], memory: Memory) -> list[News]:
    if not subscriptions:
        return []
    with translation.override(subscriptions[0].language):
        return [memory.news_for(subscription) for subscription in subscriptions]


def _remember(news: Sequence[News], moment: datetime) -> None:
    """Keep what was told, by key, for as long as it could be met again."""
    for each in news:
        subscription = each.subscription
        oldest = moment - LATE - timedelta(days=2)
        kept = {key: said for key, said in subscription.told.items() if datetime.fromisoformat(said) >= oldest}
        new = {one.key: one.instant.isoformat() for one in each.happenings if one.instant >= oldest}
        subscription.told = kept | new
        subscription.told_until = moment
        subscription.save(update_fields=["told", "told_until"])


def _write_letter(news: Sequence[News], *, about: str, reason: str, at: datetime) -> None:
    first = news[0].subscription
    language = first.language
    with translation.override(language):
        context = {
            "site_name": site_name(),
            "count": sum(len(each.happenings) for each in news),
            "groups": [_group(each) for each in news],
            "manage_url": link("open", new_token(Purpose.MANAGE, first), language),
        }
    send_message(
        to=first.email,
        template="following_news",
        context=context,
        language=language,
        about=about,
        reason=reason,
        at=at,
        unsubscribe_url=link("stop", new_token(Purpose.STOP, first), language),
    )


def _group(news: News) -> Mapping[str, Any]:
    """Return one subject of a letter with its news, newest first."""
    subject = news.subject
    title, url = (subject.title, subject.url) if subject else ("", "")
    shown = news.happenings[:_SHOWN_OF_EACH]
    one = new_token(Purpose.STOP, news.subscription, one=True)
    return {
        "title": title,
        "url": settings.BASE_URL + url,
        "more": len(news.happenings) - len(shown),
        "stop_url": link("stop", one, news.subscription.language),
        "items": [
            {
                "when": format_instant(each.instant),
                "title": each.title,
                "text": each.text,
                "url": settings.BASE_URL + each.url,
            }
            for each in shown
        ],
    }
