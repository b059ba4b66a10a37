"""Taking a person out of the letters she was sent, and keeping that they were sent: no letter goes out twice for it."""

from typing import Final

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from notices.enums import WAITING_STATES, DeliveryState
from notices.models import Message

ERASED_DOMAIN: Final = "erased.invalid"  # reserved: no mail can ever be delivered there
_SALT: Final = "notices.erased"


def tombstone_of(address: str) -> str:
    """Return what stands instead of an address that was erased: the same for the same address, and not to be undone."""
    return f"{salted_hmac(_SALT, address.strip().lower()).hexdigest()[:40]}@{ERASED_DOMAIN}"


def forget_recipients(messages: QuerySet[Message]) -> int:
    """Take address and words out of letters; what was still to be sent is sent no more. Return how many there were.

    Side effects: a letter whose address was forgotten before for the same reason goes altogether.
    """
    count = 0
    for message in messages.exclude(recipient__endswith=f"@{ERASED_DOMAIN}").select_for_update():
        count += 1
        forgotten = tombstone_of(message.recipient)
        same = Message.objects.filter(recipient=forgotten, about=message.about, reason=message.reason)
        if same.exclude(pk=message.pk).exists():
            message.delete()
            continue
        message.recipient = forgotten
        message.subject = message.text = message.html = message.last_error = ""
        if message.state in WAITING_STATES:
            message.state = DeliveryState.FAILED
        message.save()
    return count
