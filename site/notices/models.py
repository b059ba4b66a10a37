"""Messages to people: written with the act they report, sent by the worker, never twice for the same reason."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from notices.enums import DeliveryState


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages."""

    def about(self, subject: str) -> Self:
        """Return the messages about one subject, such as "submission:C-7KQ2-M4XD-9"."""
        return self.filter(about=subject)

    def waiting(self) -> Self:
        """Return the messages that the worker has still to send."""
        return self.filter(state=DeliveryState.QUEUED)

    def failed(self) -> Self:
        """Return the messages that could not be sent, however often it was tried."""
        return self.filter(state=DeliveryState.FAILED)


class Message(models.Model):
    """One letter to one address, in the recipient's language.

    Once sent, its words are dropped: they may hold what only the recipient should know.
    """

    recipient = models.EmailField(_("recipient"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    template = models.CharField(_("letter"), max_length=80)
    about = models.CharField(_("subject of the letter"), max_length=120)
    reason = models.CharField(_("reason of the letter"), max_length=60)
    subject = models.CharField(_("subject line"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("text with markup"), blank=True)
    state = models.CharField(_("delivery"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    written_at = models.DateTimeField(_("written at"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["recipient", "about", "reason"], name="one_message_per_reason")]
        indexes = [models.Index(fields=["state"], name="message_by_state")]
        verbose_name = _("message")
        verbose_name_plural = _("messages")

    def __str__(self) -> str:
        """Return the subject line and what it is about."""
        return f"{self.subject} ({self.about})"
