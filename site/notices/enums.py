"""States of a message."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DeliveryState(TextChoices):
    """How far a message has got; a mail server tells us only that it took it."""

    QUEUED = "queued", _("waiting to be sent")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("could not be sent")


WAITING_STATES: Final = (DeliveryState.QUEUED, DeliveryState.SENDING)
FINISHED_STATES: Final = (DeliveryState.SENT, DeliveryState.FAILED)
