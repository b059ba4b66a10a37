"""States and moments as desks say them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from design.formats import authority_zone


@dataclass(frozen=True)
class Tag:
    """A state in words, and what the words mean: the echo in colour comes from the tone."""

    label: str | Promise
    tone: str

    def __str__(self) -> str:
        """Return the words."""
        return str(self.label)


def time_of(moment: datetime) -> str:
    """Return the time of day of something that happened just now, such as "14:05"."""
    return f"{moment.astimezone(authority_zone()):%H:%M}"
