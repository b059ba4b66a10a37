"""Reading the record as the database holds it, past the models and fast: a million entries in seconds.

The bytes of a leaf are put together from the very text that is stored, by the database itself or by
`ledger/joining.py`. So a value which Python would read as the same thing, but which is written otherwise, is found as
well. `ledger/leaves.py` says in Python what a leaf is; tests hold all three to the same bytes, whatever is written.
"""

from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.db import connection

from ledger.joining import COLUMNS, join_leaves

_AT_ONCE: Final = 4096
_AHEAD: Final = 3
# Position, hash, key of the entry, bytes of the entry: no bytes where there is no such entry.
StoredLeaf = tuple[int, bytes, int, bytes]

_PUBLIC: Final = "CASE WHEN e.public THEN 'true' ELSE 'false' END"
_TEXTS: Final = ("actor_role", "area", "subject_kind", "subject_reference", "verb")
_STORED: Final = (
    "SELECT l.position, l.hash, l.entry_id, {leaf} AS content, {when} AS instant FROM ledger_leaf l "
    "LEFT JOIN ledger_entry e ON e.id = l.entry_id WHERE l.position >= %s ORDER BY l.position LIMIT %s"
)
# Many leaves in one row. What the record writes as JSON holds no line break, so one can stand between two entries.
_PAGE_OF_SQLITE: Final = (
    "SELECT count(*), max(position), CAST(group_concat(hash, '') AS BLOB), group_concat(instant, char(10)), "  # noqa: S608 -- constants
    f"CAST(group_concat(content, char(10)) AS BLOB) FROM ({_STORED}) AS leaves"
)
# PostgreSQL would look for each entry by itself, which takes longer than all else. Those of a page lie beside one
# another, but for a few that came late: so they are read from the first to the last, and put to their leaves here.
_LEAVES: Final = (
    "SELECT count(*), max(position), string_agg(hash, '' ORDER BY position), "
    "string_agg(entry_id::text, chr(10) ORDER BY position), min(entry_id), max(entry_id) "
    "FROM (SELECT * FROM ledger_leaf WHERE position >= %s ORDER BY position LIMIT %s) AS leaves"
)
_ENTRIES: Final = (
    f"SELECT {', '.join(f'string_agg({column}, chr(10) ORDER BY e.id)' for column in COLUMNS)} "  # noqa: S608 -- constants
    "FROM ledger_entry e WHERE e.id BETWEEN %s AND %s"
)
_WIDEST: Final = 4  # times as many entries as leaves: where one came very late, each is looked for by itself
_WAITING: Final = (
    "SELECT e.id, {leaf} FROM ledger_entry e WHERE e.id > %s AND NOT EXISTS "
    "(SELECT 1 FROM ledger_leaf l WHERE l.entry_id = e.id) ORDER BY e.id LIMIT %s"
)


@dataclass(frozen=True)
class Page:
    """Leaves one behind another with their entries, read in one piece: a row for each takes longer than its hash."""

    start: int  # the position from which on they were looked for
    last: int  # the position of the last
    count: int
    hashes: bytes
    contents: list[bytes]  # more than leaves where one has a line break: then no entry of the record wrote it
    instants: list[str]


def stored_pages(reader: Executor | None = None) -> Iterator[Page]:
    """Yield all leaves with their entries, some thousand at a time.

    Where a thread to read in is given, the next are read while these are worked on (ledger/moments.py).
    """
    pages = _pages()
    if reader is None:
        yield from pages
        return
    try:
        coming = deque(reader.submit(next, pages, None) for _page in range(_AHEAD))
        while page := coming.popleft().result():
            coming.append(reader.submit(next, pages, None))
            yield page
    finally:
        reader.submit(pages.close)


def _pages() -> Generator[Page]:
    read, start = _page_of_postgresql if connection.vendor == "postgresql" else _page_of_sqlite, 0
    with connection.cursor() as cursor:
        while page := read(cursor, start):
            yield page
            start = page.last + 1


def _page_of_sqlite(cursor: Any, start: int) -> Page | None:
    """Return the leaves from a position on; SQLite has put them together."""
    cursor.execute(_query(_PAGE_OF_SQLITE), [start, _AT_ONCE])
    count, last, hashes, instants, contents = cursor.fetchone()
    return Page(start, last, count, hashes, bytes(contents).split(b"\n"), instants.split("\n")) if count else None


def _page_of_postgresql(cursor: Any, start: int) -> Page | None:
    """Return the leaves from a position on, put together here; by PostgreSQL itself where that cannot be done."""
    cursor.execute(_LEAVES, [start, _AT_ONCE])
    count, last, hashes, keys, first_key, last_key = cursor.fetchone()
    if not count:
        return None
    joined = None
    if last_key - first_key < _WIDEST * _AT_ONCE:
        cursor.execute(_ENTRIES, [first_key, last_key])
        joined = join_leaves(keys, cursor.fetchone())
    if joined is None:
        cursor.execute(_query(_STORED), [start, count])
        rows = cursor.fetchall()
        joined = [as_bytes(content) for *_facts, content, _instant in rows], [row[4] for row in rows]
    return Page(start, last, count, hashes, *joined)


def stored_leaves(start: int, count: int) -> list[StoredLeaf]:
    """Return leaves from a position on with their entries, one by one."""
    with connection.cursor() as cursor:
        cursor.execute(_query(_STORED), [start, count])
        rows = cursor.fetchall()
    return [(position, hash_, key, as_bytes(content)) for position, hash_, key, content, _instant in rows]


def waiting_entries(after: int, limit: int) -> list[tuple[int, str | bytes]]:
    """Return key and bytes of the first entries beyond a key that are not sealed; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_query(_WAITING), [after, limit])
        return cursor.fetchall()


def as_bytes(content: str | bytes) -> bytes:
    """Return the bytes of a leaf, which SQLite gives as they are and PostgreSQL as text."""
    return content.encode() if isinstance(content, str) else content


def stored_instant(moment: datetime) -> str:
    """Return an instant as the rows here have it: earlier ones are lesser texts."""
    between = "T" if connection.vendor == "postgresql" else " "
    return moment.astimezone(UTC).strftime(f"%Y-%m-%d{between}%H:%M:%S.%f")


def _query(template: str) -> str:
    """Return a query with the leaf as this database puts it together; nothing in it comes from outside."""
    content, when, nothing = _on_postgresql() if connection.vendor == "postgresql" else _on_sqlite()
    # A format of no columns is no entry: the leaf leads to none, and no instant is later than that.
    leaf, when = f"CASE WHEN e.id IS NULL THEN {nothing} ELSE {content} END", f"coalesce({when}, '~')"
    return template.replace("{leaf}", leaf).replace("{when}", when)


def _on_postgresql() -> tuple[str, str, str]:
    """Return how PostgreSQL puts a leaf together, its instant, and a leaf of nothing."""
    when = "to_char(e.instant AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')"
    quoted = {name: f"to_json(e.{name}::text)::text" for name in _TEXTS}
    leaf = (
        '{"actor_role":%%s,"area":%%s,"commitments":%%s,"facts":%%s,"id":%%s,"instant":"%%sZ","public":%%s,'
        '"subject_kind":%%s,"subject_reference":%%s,"verb":%%s}'
    )
    parts = (
        *(quoted["actor_role"], quoted["area"], "e.commitments", "e.facts", "e.id", when),
        *(_PUBLIC, quoted["subject_kind"], quoted["subject_reference"], quoted["verb"]),
    )
    return f"format('{leaf}', {', '.join(parts)})", when, "''"


def _on_sqlite() -> tuple[str, str, str]:
    """Return the same for SQLite, as bytes: a text would first be decoded. What can be quoted at once is."""
    first = "rtrim(json_object('actor_role', e.actor_role, 'area', e.area), '}')"
    last = (
        "ltrim(json_object('subject_kind', e.subject_kind, 'subject_reference', e.subject_reference, 'verb', e.verb), "
        "'{')"
    )
    # An instant as SQLite holds it: in UTC with a space, without a fraction where the second is whole.
    fraction = "iif(length(e.instant) = 19, '.000000Z', 'Z')"
    leaf = '%%s,"commitments":%%s,"facts":%%s,"id":%%s,"instant":"%%s%%s","public":%%s,%%s'
    parts = (first, "e.commitments", "e.facts", "e.id", "replace(e.instant, ' ', 'T')", fraction, _PUBLIC, last)
    return f"CAST(printf('{leaf}', {', '.join(parts)}) AS BLOB)", "e.instant || ''", "x''"
