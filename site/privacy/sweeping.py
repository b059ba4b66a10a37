"""Periods of what the rooms below hold: letters, sessions, links; and of the account, which has none."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.letters import SIGN_IN
from following.models import Subscription
from notices.domain import forget_recipients
from notices.enums import FINISHED_STATES, WAITING_STATES
from notices.erasing import ERASED_DOMAIN
from notices.models import Message, Skip
from privacy.domain.links import LETTER
from privacy.enums import Consequence
from privacy.holdings import Words
from privacy.lower_rooms import ACCOUNT, LETTERS, SUBSCRIPTIONS
from privacy.models import ProofLink
from privacy.retaining import RetentionKind, Sweep, add_retention


def sweep_letters(cutoff: datetime, dry_run: bool) -> Sweep:
    """Take address and words out of letters from before an instant; what is still to be sent stays until it is."""
    old = Message.objects.filter(written_at__lt=cutoff).exclude(recipient__endswith=f"@{ERASED_DOMAIN}")
    finished = old.filter(state__in=FINISHED_STATES)
    skips = Skip.objects.filter(last_at__lt=cutoff).exclude(recipient="")
    skips = skips.exclude(recipient__endswith=f"@{ERASED_DOMAIN}")
    swept = Sweep(done=finished.count() + skips.count(), held=old.filter(state__in=WAITING_STATES).count())
    if not dry_run:
        forget_recipients(finished)
        skips.delete()
    return swept


def sweep_links(cutoff: datetime, dry_run: bool) -> Sweep:
    """Delete links that nobody used, and the addresses of the letters in which they were sent."""
    links = ProofLink.objects.expired(cutoff)
    letters = Message.objects.filter(template=LETTER, written_at__lt=cutoff, state__in=FINISHED_STATES)
    letters = letters.exclude(recipient__endswith=f"@{ERASED_DOMAIN}")
    swept = Sweep(done=links.count() + letters.count())
    if not dry_run:
        links.delete()
        forget_recipients(letters)
    return swept


def sweep_sign_in_letters(cutoff: datetime, dry_run: bool) -> Sweep:
    """Delete letters of the sign-in pages: none of them can come twice, and they would tell when somebody signed in."""
    theirs = {"about__startswith": f"{SIGN_IN}:"}
    letters = Message.objects.filter(written_at__lt=cutoff, **theirs)
    finished = letters.filter(state__in=FINISHED_STATES)
    skips = Skip.objects.filter(last_at__lt=cutoff, **theirs)
    swept = Sweep(done=finished.count() + skips.count(), held=letters.filter(state__in=WAITING_STATES).count())
    if not dry_run:
        finished.delete()
        skips.delete()
    return swept


Rows = Callable[[datetime], QuerySet[Any]]


def deleting(rows: Rows) -> Callable[[datetime, bool], Sweep]:
    """Return what deletes the rows from before an instant."""

    def sweep(cutoff: datetime, dry_run: bool) -> Sweep:
        found = rows(cutoff)
        swept = Sweep(done=found.count())
        if not dry_run:
            found.delete()
        return swept

    return sweep


def enter() -> None:
    """Enter the kinds."""
    _enter(29, ACCOUNT, _("Your account: name, e-mail addresses, password as a digest, second factors"))
    _enter(
        40,
        LETTERS,
        _("Letters we send you: the address (their words go once they are sent)"),
        _("after the day they were written"),
        sweep_letters,
        consequence=Consequence.ANONYMISE,
    )
    _enter(
        42,
        "sign_in_letters",
        _("Codes and notices about your account that we send you: address, day, and whether they arrived"),
        _("after the day they were written"),
        sweep_sign_in_letters,
    )
    _enter(44, SUBSCRIPTIONS, _("What you follow by mail, with your address"))
    _enter(
        45,
        "subscriptions_asked",
        _("An address that was to follow something and never said yes"),
        _("after the question"),
        deleting(lambda cutoff: Subscription.objects.unconfirmed().asked_before(cutoff)),
    )
    _enter(
        46,
        "subscriptions_stopped",
        _("What you followed by mail and stopped"),
        _("after you stopped it"),
        deleting(lambda cutoff: Subscription.objects.stopped().stopped_before(cutoff)),
    )
    _enter(
        50,
        "sessions",
        _("That you are signed in"),
        _("after the end of the session"),
        deleting(lambda cutoff: Session.objects.filter(expire_date__lt=cutoff)),
    )
    _enter(
        51,
        "links",
        _("An address to which you had a link sent, to see what is held about you"),
        _("after the hour in which the link could be used"),
        sweep_links,
    )


def _enter(
    order: int,
    key: str,
    title: Words,
    counted_from: Words = "",
    sweep: Callable[[datetime, bool], Sweep] | None = None,
    *,
    consequence: Consequence = Consequence.DELETE,
) -> None:
    """Enter one kind; where nothing is counted nothing is swept: it stays until the person has it erased."""
    kind = RetentionKind(key=key, title=title, counted_from=counted_from, consequence=consequence, sweep=sweep)
    add_retention(kind, order=order)
