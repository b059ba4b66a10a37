"""Searching for words that officials type, the same on every database."""

from collections.abc import Iterable

from django.db.models import Q


def any_field_contains(fields: Iterable[str], words: str) -> Q:
    """Return the condition that one of the fields contains the words, whatever their capitals.

    SQLite folds the capitals of English only; Cyrillic and accented letters are searched for as people write them.
    """
    ways = {words, words.lower(), words.upper(), words.capitalize()}
    condition = Q()
    for field in fields:
        for way in sorted(ways):
            condition |= Q(**{f"{field}__icontains": way})
    return condition
