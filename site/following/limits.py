"""Against a flood: nobody is mail-bombed through this site, and no machine asks without end.

Counts live in the cache only, under a keyed hash. What is over the limit of an *address* is answered like everything
else and sends nothing: an answer must not tell what an address has.
"""

from datetime import datetime
from typing import Final

from django.http import HttpRequest

from tracking.guards import FASTEST, HOUR, Seal, count_from, count_of

FROM_A_CONNECTION: Final = 20  # in an hour; a library or an office has one connection
TO_AN_ADDRESS: Final = 4  # letters that nobody has confirmed to want, in a day
ABOUT_A_SUBJECT: Final = 300  # letters of the same kind in an hour
OF_AN_ADDRESS: Final = 100  # subjects that one address follows
_DAY: Final = 24 * HOUR


def connection_asks_too_much(request: HttpRequest) -> bool:
    """Count one more question from this connection, and return whether it is one too many."""
    return count_from(request, "following", HOUR) > FROM_A_CONNECTION


def subject_is_flooded(kind: str, key: str) -> bool:
    """Count one more question about a subject, and return whether it is one too many."""
    return count_of("following-subject", f"{kind}:{key}", HOUR) > ABOUT_A_SUBJECT


def address_has_enough(email: str) -> bool:
    """Count one more unasked letter to an address, and return whether it is one too many."""
    return count_of("following-address", email, _DAY) > TO_AN_ADDRESS


def is_machine(seal: Seal | None, honeypot: str, at: datetime) -> bool:
    """Return whether no person filled in the form; the answer is the same, and nothing is sent."""
    return bool(honeypot) or seal is None or at - seal.issued_at < FASTEST
