"""Links that prove that somebody reads an address: sent to any address alike, used once, soon over."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from notices.domain import send_message
from privacy.models import ProofLink
from tracking.guards import HOUR, count_of

LIFETIME: Final = timedelta(hours=1)
LETTER: Final = "privacy_link"
_MOST_LETTERS: Final = 3  # to one address in an hour


@transaction.atomic
def send_link(address: str, *, language: str, at: datetime | None = None) -> None:
    """Send a link to an address, whether anything is held about it or not: nobody learns which.

    Side effects, in order: the address is counted, in the cache and under a keyed hash; a link is stored, by its
    digest; a letter with it is written. Nothing happens where the address was written to often enough in this hour.
    """
    if count_of("privacy-address", address.strip().lower(), HOUR) > _MOST_LETTERS:
        return
    moment = at or timezone.now()
    key = make_link(address, at=moment)
    with translation.override(language):
        url = settings.BASE_URL + reverse("privacy:link", args=[key])
    send_message(
        to=address,
        template=LETTER,
        context={"link_url": url, "minutes": int(LIFETIME.total_seconds() // 60)},
        language=language,
        about=f"privacy:{_digest(key)[:16]}",
        reason="link",
        at=moment,
    )


def make_link(address: str, *, at: datetime | None = None) -> str:
    """Store a link for an address and return its key, which is stored nowhere."""
    moment = at or timezone.now()
    key = new_key()
    ProofLink.objects.create(digest=_digest(key), address=address, made_at=moment, expires_at=moment + LIFETIME)
    return key


@transaction.atomic
def redeem_link(key: str, *, at: datetime | None = None) -> str:
    """Return the address that a link proves, and let nobody use it again; nothing where it is unknown, used or old.

    Side effects: the link is removed.
    """
    link = ProofLink.objects.usable(at).select_for_update().filter(digest=_digest(key)).first()
    if link is None:
        return ""
    link.delete()
    return link.address


def new_key() -> str:
    """Return a key of 256 bits with a digit in it: by that the logs know a key, and leave it out (`portal.logs`)."""
    while True:
        key = secrets.token_urlsafe(32)
        if any(letter.isdigit() for letter in key):
            return key


def is_usable(key: str, *, at: datetime | None = None) -> bool:
    """Return whether a link still proves an address; looking does not use it up, as mail programs look first."""
    return ProofLink.objects.usable(at).filter(digest=_digest(key)).exists()


def _digest(key: str) -> str:
    return hashlib.sha256(f"privacy.link:{key}".encode()).hexdigest()
