"""Finding names as people type them: without regard to case or accents, on SQLite and on PostgreSQL alike."""

import re
import unicodedata
from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.db.models.sql.compiler import SQLCompiler

# Nobody names a facility with more words than this; each word costs the database one more comparison a row.
MOST_WORDS: Final = 8
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


def containing_words(queryset: QuerySet, text: str, *fields: str) -> QuerySet:
    """Return the rows in which every word of `text` occurs in one or another of the fields."""
    words = (fold(text.replace("\x00", "")) or "").split()[:MOST_WORDS]
    if not words:
        return queryset
    # One folding a row, whatever the number of fields: a word has no line break, so it cannot span two of them.
    joined: list[Any] = [F(fields[0])]
    for field in fields[1:]:
        joined += [Value("\n"), F(field)]
    text_of_row = Concat(*joined, output_field=TextField()) if len(joined) > 1 else joined[0]
    queryset = queryset.alias(folded_text=Folded(text_of_row))
    for word in words:
        queryset = queryset.filter(folded_text__contains=word)
    return queryset
