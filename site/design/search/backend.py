"""The index of pages and records, asked for words by their beginnings, on SQLite and PostgreSQL alike.

Words are kept as they are written (`SEARCH_CONFIG` is "simple" in the settings): an index of three languages cannot be
shortened by the rules of one. What changes with number and case is taken off the words that are asked for instead.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from modelsearch.backends import database
from modelsearch.query import And, Or, PlainText
from wagtail.search.backends import get_search_backend

from design.search.words import SearchWord


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 -- the name by which the library asks for it
    """Return the library's backend for the present database, for which the last word asked is the beginning of one."""
    backend = database.SearchBackend(params)
    known = backend.query_compiler_class
    backend.query_compiler_class = type(f"{known.__name__}OfBeginnings", (known,), {"LAST_TERM_IS_PREFIX": True})
    return backend


def indexed_matches(queryset: QuerySet[Any], words: Sequence[SearchWord], *, any_word: bool = False) -> Any:
    """Return the rows of a queryset whose indexed texts have all the words, or any of them; in the queryset's order.

    Nothing is found for no words. The index alone answers which rows they are.
    """
    if not words:
        return queryset.none()
    # Each beginning is a query of one word, and so its last.
    asked = [Or([PlainText(beginning) for beginning in word.beginnings]) for word in words]
    query = Or(asked) if any_word else And(asked)
    return get_search_backend().search(query, queryset, order_by_relevance=False)
