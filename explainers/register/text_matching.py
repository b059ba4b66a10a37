"""Finding names as people type them: without regard to case or accents, on SQLite and on PostgreSQL alike."""

import re
import unicodedata
from functools import reduce
from operator import and_, or_
from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.db.models.sql.compiler import SQLCompiler

from design.search.words import SearchWord, search_names

_SQLITE_NAME: Final = "register_fold"
_MARKS: Final = re.compile("[\u0300-\u036f]+")  # accents, once they are letters of their own


def fold(text: str | None) -> str | None:
    """Return a text in lower case and without accents: "Äänekoski" and "AANEKOSKI" become the same."""
    if text is None or text.isascii():
        return text and text.lower()
    return _MARKS.sub("", unicodedata.normalize("NFKD", text)).lower()


class Folded(Func):
    """The same folding inside the database; SQLite borrows the function above, PostgreSQL has what it takes."""

    arity = 1
    output_field = TextField()

    def as_sqlite(  # type: ignore[override]  # the stubs know only parameters of text and whole numbers
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, list[Any] | tuple[Any, ...]]:
        """Call our own function, which this connection is told of here: SQLite folds ASCII letters only."""
        connection.ensure_connection()
        connection.connection.create_function(_SQLITE_NAME, 1, fold, deterministic=True)
        return self.as_sql(compiler, connection, function=_SQLITE_NAME, **extra)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, list[Any] | tuple[Any, ...]]:
        """Decompose, drop the combining marks, lower."""
        template = r"lower(regexp_replace(normalize(%(expressions)s, NFKD), '[\u0300-\u036f]', '', 'g'))"
        return self.as_sql(compiler, connection, template=template, **extra)


def containing_words(queryset: QuerySet, text: str, *fields: str, any_word: bool = False) -> QuerySet:
    """Return the rows in which every telling word of `text`, in whatever form and alphabet, occurs in a field.

    With `any_word`, one of them is enough.
    """
    words = search_names(text.replace("\x00", ""))
    if not words:
        return queryset
    # One folding a row, whatever the number of fields: a word has no line break, so it cannot span two of them.
    joined: list[Any] = [F(fields[0])]
    for field in fields[1:]:
        joined += [Value("\n"), F(field)]
    text_of_row = Concat(*joined, output_field=TextField()) if len(joined) > 1 else joined[0]
    queryset = queryset.alias(folded_text=Folded(text_of_row))
    found = [_in_any_form(word) for word in words]
    return queryset.filter(reduce(or_ if any_word else and_, found))


def _in_any_form(word: SearchWord) -> Q:
    """Return the condition that the folded text of a row has a word."""
    forms = {fold(beginning) for beginning in word.beginnings}
    return reduce(or_, (Q(folded_text__contains=form) for form in sorted(filter(None, forms))))


def beginnings_of(text: str) -> tuple[str, ...]:
    """Return how a name may begin, folded, that somebody means by some words: like the first telling one."""
    words = search_names(text.replace("\x00", ""))
    return tuple(filter(None, (fold(beginning) for beginning in words[0].beginnings))) if words else ()
