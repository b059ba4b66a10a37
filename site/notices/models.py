"""Messages to people: written with the act they report, sent by the worker, never twice for the same reason."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from design.formats import format_date_short
from notices.enums import DeliveryState, Failure, SkipReason
from notices.naming import Name, name_of

# What becomes of a message that would come too late: not sent, and its words are gone.
NO_LONGER_OF_USE: Final[Mapping[str, Any]] = {
    "state": DeliveryState.LAPSED,
    "next_attempt_at": None,
    "text": "",
    "html": "",
    "unsubscribe_url": "",
}


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages."""

    def about(self, *subjects: str) -> Self:
        """Return the messages about some subjects, such as "submission:C-7KQ2-M4XD-9"."""
        return self.filter(about__in=subjects)

    def waiting(self) -> Self:
        """Return the messages that the worker has still to send."""
        return self.filter(state=DeliveryState.QUEUED)

    def due(self, at: datetime) -> Self:
        """Return the waiting messages whose next attempt has come."""
        return self.waiting().filter(Q(next_attempt_at=None) | Q(next_attempt_at__lte=at))

    def in_order_of_sending(self) -> Self:
        """Return the messages with those first for which somebody waits at a page, then the oldest."""
        return self.order_by(F("expires_at").asc(nulls_last=True), "written_at", "pk")

    def brief(self) -> Self:
        """Return the messages that are of use for minutes only, such as codes with which people sign in."""
        return self.exclude(expires_at=None)

    def in_hand(self) -> Self:
        """Return the messages that a worker is handing to the mail server, or was when it died."""
        return self.filter(state=DeliveryState.SENDING)

    def failed(self) -> Self:
        """Return the messages that could not be sent and may still be settled: of use for longer than minutes."""
        return self.filter(state=DeliveryState.FAILED, expires_at=None)


class Message(models.Model):
    """One letter to one address, in the recipient's language.

    Once sent, its words are dropped: they may hold what only the recipient should know. Those of a message that expires
    are dropped as well when it fails or lapses: nobody can do anything with them any more.
    """

    recipient = models.EmailField(_("recipient"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    template = models.CharField(_("letter"), max_length=80)
    about = models.CharField(_("subject of the letter"), max_length=120)
    reason = models.CharField(_("reason of the letter"), max_length=60)
    subject = models.CharField(_("subject line"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("text with markup"), blank=True)
    unsubscribe_url = models.CharField(_("address that stops such letters"), max_length=500, blank=True)
    state = models.CharField(_("delivery"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    expires_at = models.DateTimeField(_("of use until"), null=True, blank=True)
    next_attempt_at = models.DateTimeField(_("next attempt at"), null=True, blank=True)
    claimed_by = models.CharField(_("in the hands of"), max_length=64, blank=True)
    claimed_at = models.DateTimeField(_("in hand since"), null=True, blank=True)
    failure = models.CharField(_("why it failed"), max_length=12, choices=Failure.choices, blank=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    written_at = models.DateTimeField(_("written at"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("given up at"), null=True, blank=True)
    closed_reason = models.CharField(_("why it was given up"), max_length=300, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["recipient", "about", "reason"], name="one_message_per_reason")]
        indexes = [
            models.Index(fields=["state"], name="message_by_state"),
            models.Index(fields=["about"], name="message_by_subject"),
        ]
        verbose_name = _("message")
        verbose_name_plural = _("messages")

    def __str__(self) -> str:
        """Return the subject line and what it is about."""
        return f"{self.subject} ({self.about})"

    @property
    def is_held_back(self) -> bool:
        """Whether it may have been sent before the site was restored from a backup, and an official has to decide."""
        return self.state == DeliveryState.FAILED and self.failure == Failure.RESTORED

    @property
    def named(self) -> Name:
        """Return what it is about, in words."""
        return name_of(self.about)


class Skip(models.Model):
    """A letter that had its reason and was not written, and why; once for each why, with a count."""

    recipient = models.CharField(_("recipient"), max_length=254, blank=True)
    about = models.CharField(_("subject of the letter"), max_length=120)
    reason = models.CharField(_("reason of the letter"), max_length=60)
    because = models.CharField(_("why it was not written"), max_length=20, choices=SkipReason.choices)
    first_at = models.DateTimeField(_("first at"))
    last_at = models.DateTimeField(_("last at"))
    times = models.PositiveIntegerField(_("how many times"), default=1)

    class Meta:
        ordering = ["-last_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "about", "reason", "because"], name="one_skip_for_each_why")
        ]
        indexes = [models.Index(fields=["about"], name="skip_by_subject")]
        verbose_name = _("letter not written")
        verbose_name_plural = _("letters not written")

    def __str__(self) -> str:
        """Return the reason of the letter and why it was not written."""
        return f"{self.about} {self.reason}: {self.get_because_display()}"

    @property
    def named(self) -> Name:
        """Return what it would have been about, in words."""
        return name_of(self.about)

    @property
    def reason_in_words(self) -> str:
        """Return why it was to be written; for a reminder, of what day."""
        from notices.reminders import label_of  # noqa: PLC0415 -- the registry writes letters, which are stored here

        name, _colon, rest = self.reason.partition(":")
        label = label_of(name)
        if label == name:
            return label.replace("_", " ")
        return f"{label}, {format_date_short(date.fromisoformat(rest))}"


class ReminderRule(models.Model):
    """How long before a day people are reminded of it; areas add kinds, officials set the number of days."""

    kind = models.CharField(_("reminder"), max_length=60, unique=True)
    days_before = models.PositiveSmallIntegerField(_("days before"))
    is_on = models.BooleanField(_("is sent"), default=True)

    class Meta:
        ordering = ["kind"]
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")

    def __str__(self) -> str:
        """Return what it reminds of."""
        from notices.reminders import label_of  # noqa: PLC0415 -- the registry writes letters, which are stored here

        return label_of(self.kind)
