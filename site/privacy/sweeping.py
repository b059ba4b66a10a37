"""Periods of what the rooms below hold: letters, sessions, links; and of the account, which has none."""

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


def sweep_sessions(cutoff: datetime, dry_run: bool) -> Sweep:
    """Delete sessions that are over."""
    return _delete(Session.objects.filter(expire_date__lt=cutoff), dry_run)


def sweep_unanswered(cutoff: datetime, dry_run: bool) -> Sweep:
    """Delete questions whether somebody wants to follow something that nobody answered."""
    return _delete(Subscription.objects.unconfirmed().asked_before(cutoff), dry_run)


def sweep_stopped(cutoff: datetime, dry_run: bool) -> Sweep:
    """Delete subscriptions that were stopped."""
    return _delete(Subscription.objects.stopped().stopped_before(cutoff), dry_run)


def _delete(rows: QuerySet[Any], dry_run: bool) -> Sweep:
    swept = Sweep(done=rows.count())
    if not dry_run:
        rows.delete()
    return swept


def enter() -> None:
    """Enter the kinds."""
    add_retention(
        RetentionKind(
            key=ACCOUNT,
            title=_("Your account: name, e-mail addresses, password as a digest, second factors"),
            counted_from="",
            consequence=Consequence.DELETE,
        ),
        order=29,
    )
    add_retention(
        RetentionKind(
            key=LETTERS,
            title=_("Letters we send you: the address (their words go once they are sent)"),
            counted_from=_("after the day they were written"),
            consequence=Consequence.ANONYMISE,
            sweep=sweep_letters,
        ),
        order=40,
    )
    add_retention(
        RetentionKind(
            key="sign_in_letters",
            title=_("Codes and notices about your account that we send you: address, day, and whether they arrived"),
            counted_from=_("after the day they were written"),
            consequence=Consequence.DELETE,
            sweep=sweep_sign_in_letters,
        ),
        order=42,
    )
    add_retention(
        RetentionKind(
            key=SUBSCRIPTIONS,
            title=_("What you follow by mail, with your address"),
            counted_from="",
            consequence=Consequence.DELETE,
        ),
        order=44,
    )
    add_retention(
        RetentionKind(
            key="subscriptions_asked",
            title=_("An address that was to follow something and never said yes"),
            counted_from=_("after the question"),
            consequence=Consequence.DELETE,
            sweep=sweep_unanswered,
        ),
        order=45,
    )
    add_retention(
        RetentionKind(
            key="subscriptions_stopped",
            title=_("What you followed by mail and stopped"),
            counted_from=_("after you stopped it"),
            consequence=Consequence.DELETE,
            sweep=sweep_stopped,
        ),
        order=46,
    )
    add_retention(
        RetentionKind(
            key="sessions",
            title=_("That you are signed in"),
            counted_from=_("after the end of the session"),
            consequence=Consequence.DELETE,
            sweep=sweep_sessions,
        ),
        order=50,
    )
    add_retention(
        RetentionKind(
            key="links",
            title=_("An address to which you had a link sent, to see what is held about you"),
            counted_from=_("after the hour in which the link could be used"),
            consequence=Consequence.DELETE,
            sweep=sweep_links,
        ),
        order=51,
    )
