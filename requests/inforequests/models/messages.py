"""What requester and authority write to each other besides question and answer."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from inforequests.enums import Direction, MessageKind
from inforequests.models.requests import InformationRequest


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages."""

    def unread(self) -> Self:
        """Return the messages of requesters that no official has read."""
        return self.filter(direction=Direction.FROM_REQUESTER, read_at=None)


class Message(models.Model):
    """One message. None of them moves a date: a question back to the requester leaves the time limit alone."""

    request = models.ForeignKey(InformationRequest, on_delete=models.CASCADE, related_name="messages")
    direction = models.CharField(_("from whom"), max_length=20, choices=Direction.choices)
    kind = models.CharField(_("way"), max_length=20, choices=MessageKind.choices, default=MessageKind.WEB)
    text = models.TextField(_("message"), max_length=20_000)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    # A message with a question; answering it is always optional.
    asks_for_clarification = models.BooleanField(_("asks the requester to be more precise"), default=False)
    sent_at = models.DateTimeField(_("sent at"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    form_digest = models.CharField(max_length=64, unique=True, null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "pk"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")

    def __str__(self) -> str:
        """Return which request it is about."""
        return f"{self.request.tracking_number}, {self.get_direction_display()}"

    @property
    def is_from_authority(self) -> bool:
        """Whether the authority wrote it."""
        return self.direction == Direction.TO_REQUESTER
