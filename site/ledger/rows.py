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
_STORED: Final = {
    "sqlite": "SELECT l.position, l.hash, l.entry_id, {leaf} AS content, {when} AS instant FROM ledger_leaf l "
    "LEFT JOIN ledger_entry e ON e.id = l.entry_id WHERE l.position >= %s ORDER BY l.position LIMIT %s",
    # PostgreSQL would look for each entry by itself, which takes longer than all else. Those of a page lie beside one
    # another, but for a few that came late: so it reads from the first to the last, and then puts them to their leaves.
    # The OFFSET keeps it from thinking otherwise, whatever it knows of the tables: after a restore that is nothing.
    "postgresql": "WITH l AS MATERIALIZED "
    "(SELECT position, hash, entry_id FROM ledger_leaf WHERE position >= %s ORDER BY position LIMIT %s), "
    "e AS (SELECT * FROM ledger_entry WHERE id BETWEEN (SELECT min(entry_id) FROM l) AND (SELECT max(entry_id) FROM l) "
    "OFFSET 0) SELECT l.position, l.hash, l.entry_id, {leaf} AS content, {when} AS instant "
    "FROM l LEFT JOIN e ON e.id = l.entry_id ORDER BY l.position",
}
# Many leaves in one row. What the record writes as JSON holds no line break, so one can stand between two entries.
_PAGES: Final = {
    "sqlite": "SELECT count(*), max(position), CAST(group_concat(hash, '') AS BLOB), group_concat(instant, char(10)), "
    "CAST(group_concat(content, char(10)) AS BLOB) FROM ({stored}) AS leaves",
    "postgresql": "SELECT count(*), max(position), string_agg(hash, '' ORDER BY position), "
    "string_agg(instant, chr(10) ORDER BY position), {aggregates} FROM ({stored}) AS leaves",
}
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
    query, start = _pages_query(), 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(query, [start, _AT_ONCE])
            count, last, hashes, moments, *columns = cursor.fetchone()
            if not count:
                return
            instants = moments.split("\n")
            yield Page(start, last, count, hashes, _contents(start, count, columns, instants), instants)
            start = last + 1


def _pages_query() -> str:
    template = _PAGES[connection.vendor].replace("{stored}", _STORED[connection.vendor])
    if connection.vendor == "postgresql":
        names = [f"column_{number}" for number in range(len(COLUMNS))]
        columns = ", ".join(f"{column} AS {name}" for column, name in zip(COLUMNS, names, strict=True))
        aggregates = ", ".join(f"string_agg({name}, chr(10) ORDER BY position)" for name in names)
        template = template.replace("{leaf} AS content", columns).replace("{aggregates}", aggregates)
    return _query(template)


def _contents(start: int, count: int, columns: list[Any], instants: list[str]) -> list[bytes]:
    """Return the bytes of the leaves of a page: SQLite has put them together, PostgreSQL only where it must."""
    if connection.vendor == "sqlite":
        return bytes(columns[0]).split(b"\n")
    joined = join_leaves(count, columns, instants)
    return [leaf[3] for leaf in stored_leaves(start, count)] if joined is None else joined


def stored_leaves(start: int, count: int) -> list[StoredLeaf]:
    """Return leaves from a position on with their entries, one by one."""
    with connection.cursor() as cursor:
        cursor.execute(_query(_STORED[connection.vendor]), [start, count])
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
