"""Finding a tracking number in a list as people type it: without dashes, in small letters, or a part of it."""

from typing import Final

from django.db.models import F, Q, Value
from django.db.models.functions import Replace
from django.db.models.lookups import Contains

from tracking.numbers import bare_number

_SHORTEST: Final = 3  # characters: fewer are in many numbers, and in many words


def number_contains(words: str, field: str = "tracking_number") -> Q:
    """Return the condition that what was typed is a tracking number or a part of it, however it was typed.

    What follows a slash is the number of a review, and is not compared.
    """
    typed = bare_number(words.partition("/")[0])
    if len(typed) < _SHORTEST:
        return Q(pk__in=[])
    return Q(Contains(Replace(F(field), Value("-"), Value("")), typed))
