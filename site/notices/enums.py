"""States of a message, and the reasons why one was not sent."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DeliveryState(TextChoices):
    """How far a message has got; a mail server tells us only that it took it."""

    QUEUED = "queued", _("waiting to be sent")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("could not be sent")
    CLOSED = "closed", _("given up by an official")
    LAPSED = "lapsed", _("not sent, because it would have come too late")


WAITING_STATES: Final = (DeliveryState.QUEUED, DeliveryState.SENDING)
FINISHED_STATES: Final = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.CLOSED, DeliveryState.LAPSED)


class Failure(TextChoices):
    """Why a message was not sent; the first two would fail again however often it were tried."""

    REFUSED = "refused", _("the mail server does not accept mail for this address")
    UNSENDABLE = "unsendable", _("the letter cannot be written as mail")
    EXHAUSTED = "exhausted", _("the mail server could not be reached for days")
    RESTORED = "restored", _("it may have been sent before the site was lost and restored from a backup")


class SkipReason(TextChoices):
    """Why a letter that had its reason was not written."""

    NO_ADDRESS = "no_address", _("no e-mail address was given")
    UNUSABLE_ADDRESS = "unusable_address", _("the e-mail address cannot be written to")
    ALREADY_TOLD = "already_told", _("the same letter was written before")
    UNSUBSCRIBED = "unsubscribed", _("the recipient does not want such letters")
    ERASED = "erased", _("the address was erased at the wish of the person")
    TOO_LATE = "too_late", _("it would have come too late to be of use")
