"""What is done with a person's data: the public names of this package."""

from privacy.domain.erasing import erase_by_letter, erase_held, erase_several, hide_name, postpone_erasure
from privacy.domain.links import make_link, redeem_link, send_link
from privacy.domain.repeating import noted_here, repeat_here
from privacy.domain.retention import apply_retention

__all__ = [
    "apply_retention",
    "erase_by_letter",
    "erase_held",
    "erase_several",
    "hide_name",
    "make_link",
    "noted_here",
    "postpone_erasure",
    "redeem_link",
    "repeat_here",
    "send_link",
]
