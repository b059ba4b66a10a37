"""What stands instead of an address that was erased, so that no letter goes out twice for the same reason."""

from typing import Final

from django.utils.crypto import salted_hmac

ERASED_DOMAIN: Final = "erased.invalid"  # reserved: no mail can ever be delivered there
_SALT: Final = "notices.erased"


def tombstone_of(address: str) -> str:
    """Return what stands instead of an address that was erased: the same for the same address, and not to be undone."""
    return f"{salted_hmac(_SALT, address.strip().lower()).hexdigest()[:40]}@{ERASED_DOMAIN}"
