"""Reminders of a day: worked out from the data, sent once, however late or often the job runs.

An area says in its `wiring.py` what it reminds of (`remind_of`). The job asks each kind for what lies ahead and
for what was due a little while ago. What lies ahead is sent, unless the ledger of letters knows it; what is over and
was never sent is noted as too late. A day that is moved is another day: it is reminded of anew.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise

from accounts.models import User
from accounts.roles import Role
from design.formats import date_of
from jobs.rounds import Round
from notices.domain import send_message, skip_message
from notices.enums import SkipReason
from notices.models import Message, ReminderRule, Skip

LOOK_BACK: Final = timedelta(days=14)


@dataclass(frozen=True)
class Reminder:
    """One person to be reminded of one day.

    `context` is called in a transaction of its own when the letter is written, and only then.
    """

    about: str
    day: date
    recipient: str
    language: str
    context: Callable[[], Mapping[str, Any]]


@dataclass(frozen=True)
class ReminderKind:
    """What an area reminds of: `find(first, last)` returns everybody to be reminded of a day between the two."""

    name: str
    label: Promise | str
    days_before: int
    template: str
    find: Callable[[date, date], Iterable[Reminder]]


_kinds: Final[dict[str, ReminderKind]] = {}


def remind_of(kind: ReminderKind) -> None:
    """Add a kind of reminder; `days_before` holds until an official sets another number (`ReminderRule`)."""
    _kinds[kind.name] = kind


def reminder_kinds() -> list[ReminderKind]:
    """Return all kinds."""
    return list(_kinds.values())


def label_of(name: str) -> str:
    """Return what a kind reminds of, in words; its name where no area knows it any more."""
    return str(_kinds[name].label) if name in _kinds else name


def officials_to_remind(*roles: Role) -> list[tuple[str, str]]:
    """Return address and language of everybody who has one of these roles."""
    people = User.objects.filter(is_active=True, groups__name__in=[role.value for role in roles]).distinct()
    return list(people.order_by("pk").values_list("email", "language"))


def send_reminders(*, at: datetime | None = None) -> int:
    """Send every reminder whose time has come and that was not sent yet; return how many.

    Side effects, each in a transaction of its own: the rule of a kind is stored the first time it is seen; the letter
    is written, or noted as too late. RoundError at the end, where some failed: they keep nobody else's reminder back.
    """
    moment = at or timezone.now()
    with Round("Reminders") as the_round:
        return the_round.over(reminder_kinds(), lambda kind: _send_kind(kind, moment), name=lambda kind: kind.name)


def _send_kind(kind: ReminderKind, moment: datetime) -> int:
    rule, _is_new = ReminderRule.objects.get_or_create(kind=kind.name, defaults={"days_before": kind.days_before})
    if not rule.is_on:
        return 0
    today = date_of(moment)
    found = list(kind.find(today - LOOK_BACK, today + timedelta(days=rule.days_before)))
    known = _settled({reminder.about for reminder in found}, kind.name)
    waiting = [one for one in found if (one.recipient, one.about, _reason(kind, one)) not in known]
    with Round("Reminders") as the_round:
        return the_round.over(
            waiting,
            lambda reminder: _settle(kind, reminder, today, moment),
            name=lambda reminder: f"{kind.name} about {reminder.about}",
        )


@transaction.atomic
def _settle(kind: ReminderKind, reminder: Reminder, today: date, moment: datetime) -> bool:
    """Write one reminder, or note that it is too late; return whether it was written."""
    reason = _reason(kind, reminder)
    if reminder.day < today:
        skip_message(to=reminder.recipient, about=reminder.about, reason=reason, because=SkipReason.TOO_LATE, at=moment)
        return False
    message = send_message(
        to=reminder.recipient,
        template=kind.template,
        context=reminder.context(),
        language=reminder.language,
        about=reminder.about,
        reason=reason,
        at=moment,
    )
    return message is not None


def _reason(kind: ReminderKind, reminder: Reminder) -> str:
    return f"{kind.name}:{reminder.day.isoformat()}"


def _settled(subjects: set[str], kind: str) -> set[tuple[str, str, str]]:
    """Return what the ledger of letters knows of a kind about some subjects: recipient, subject, reason."""
    ledgers = (Message.objects, Skip.objects)
    rows = [
        ledger.filter(about__in=subjects, reason__startswith=f"{kind}:").values_list("recipient", "about", "reason")
        for ledger in ledgers
    ]
    return {row for ledger in rows for row in ledger}
