"""Who follows what by mail. Feeds and calendars are read by anybody and leave nothing here."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from following.enums import Frequency, RoundOutcome, SkipReason

LONGEST_KEY = 400
_STAMP = 22  # characters of 62: 131 bits


def new_stamp() -> str:
    """Return a random text that the links of one subscription are bound to."""
    return get_random_string(_STAMP)


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """Subscriptions."""

    def of(self, email: str) -> Self:
        """Return the subscriptions of one address, however it is capitalised."""
        return self.filter(email=email.strip().lower())

    def unconfirmed(self) -> Self:
        """Return those whose reader has not said yes."""
        return self.filter(confirmed_at=None)

    def active(self) -> Self:
        """Return those that letters go to."""
        return self.exclude(confirmed_at=None).filter(stopped_at=None)

    def stopped(self) -> Self:
        """Return those that were confirmed once and stopped since."""
        return self.exclude(confirmed_at=None).exclude(stopped_at=None)

    def asked_before(self, instant: datetime) -> Self:
        """Return those that were last asked for before an instant."""
        return self.filter(asked_at__lt=instant)

    def stopped_before(self, instant: datetime) -> Self:
        """Return those that were stopped before an instant."""
        return self.filter(stopped_at__lt=instant)


class Subscription(models.Model):
    """One address that follows one subject by mail.

    No link and no token is stored: links are signed over the row and its stamp (`tokens.py`).
    """

    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    kind = models.CharField(_("kind of subject"), max_length=30)
    key = models.CharField(_("which one"), max_length=LONGEST_KEY, blank=True)
    frequency = models.CharField(_("how often"), max_length=10, choices=Frequency.choices)
    stamp = models.CharField(max_length=_STAMP, default=new_stamp, editable=False)
    # The open question "is that your wish?": its stamp goes when it is answered, so that a link answers it once.
    asking = models.CharField(max_length=_STAMP, blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked at"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    stopped_at = models.DateTimeField(_("stopped at"), null=True)
    # Letters of this frequency are due from here on: whoever turns weekly on a Wednesday waits for Monday.
    counted_from = models.DateTimeField(_("letters are due from"), null=True)
    told_until = models.DateTimeField(_("told until"), null=True)
    # What was told of the last days, by key: an event that is stored a little late is told, and none is told twice.
    told = models.JSONField(_("told of late"), default=dict)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["email", "kind", "key"], name="one_subscription_to_a_subject"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(counted_from__isnull=False, told_until__isnull=False),
                name="subscription_confirmed_counts_from",
            ),
        ]
        indexes = [
            models.Index(
                fields=["frequency", "email"],
                condition=Q(confirmed_at__isnull=False, stopped_at__isnull=True),
                name="subscription_active",
            ),
        ]
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")

    def __str__(self) -> str:
        """Return what is followed and how often, and not by whom."""
        return f"{self.kind} {self.key} ({self.frequency})".replace("  ", " ")

    @property
    def is_active(self) -> bool:
        """Whether letters go to it."""
        return self.confirmed_at is not None and self.stopped_at is None


class Round(models.Model):
    """One address in one round of daily or weekly letters: written to, or skipped and why. There is never a second."""

    email = models.EmailField(_("e-mail address"))
    frequency = models.CharField(_("how often"), max_length=10, choices=Frequency.choices)
    period = models.CharField(_("day of the round"), max_length=10, help_text=_("The day on which it was due."))
    outcome = models.CharField(_("outcome"), max_length=10, choices=RoundOutcome.choices)
    reason = models.CharField(_("reason"), max_length=20, choices=SkipReason.choices, blank=True)
    events = models.PositiveIntegerField(_("events told"), default=0)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["email", "frequency", "period"], name="one_round_of_a_period"),
            models.CheckConstraint(
                condition=~Q(outcome=RoundOutcome.SKIPPED) | ~Q(reason=""), name="round_skipped_says_why"
            ),
        ]
        verbose_name = _("round of letters")
        verbose_name_plural = _("rounds of letters")

    def __str__(self) -> str:
        """Return the day and what came of it."""
        return f"{self.period}, {self.frequency}: {self.outcome}"
