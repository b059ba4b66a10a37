"""Reading the record as the database holds it, past the models and fast: a million entries in seconds.

The database itself puts the bytes of a leaf together, from the very text that is stored. So a value which Python would
read as the same thing, but which is written otherwise, is found as well. `ledger/leaves.py` says in Python what a leaf
is; tests hold both to the same bytes, whatever is written.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from django.db import connection

_AT_ONCE: Final = 8192
# Position, hash, key of the entry, bytes of the entry, instant; the last two None where there is no such entry.
StoredLeaf = tuple[int, bytes, int, str | bytes | None, str | None]

_LEAF: Final = (
    '{"actor_role":%s,"area":%s,"commitments":%s,"facts":%s,"id":%s,"instant":"%s","public":%s,'
    '"subject_kind":%s,"subject_reference":%s,"verb":%s}'
)
_TEXTS: Final = ("actor_role", "area", "subject_kind", "subject_reference", "verb")
_STORED: Final = (
    "SELECT l.position, l.hash, l.entry_id, {leaf}, {when} FROM ledger_leaf l LEFT JOIN ledger_entry e "
    "ON e.id = l.entry_id WHERE l.position >= %s ORDER BY l.position LIMIT %s"
)
_WAITING: Final = (
    "SELECT e.id, {leaf} FROM ledger_entry e WHERE e.id > %s AND NOT EXISTS "
    "(SELECT 1 FROM ledger_leaf l WHERE l.entry_id = e.id) ORDER BY e.id LIMIT %s"
)


def stored_leaves(start: int = 0) -> Iterator[list[StoredLeaf]]:
    """Yield the leaves with their entries from a position on, some thousand at a time."""
    query = _query(_STORED)
    with connection.cursor() as cursor:
        while True:
            cursor.execute(query, [start, _AT_ONCE])
            rows = cursor.fetchall()
            if not rows:
                return
            yield rows
            start = rows[-1][0] + 1


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
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def _query(template: str) -> str:
    """Return a query with the leaf as this database puts it together; nothing in it comes from outside."""
    if connection.vendor == "postgresql":
        when = "to_char(e.instant AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
        quoted, instant, function = "to_json(e.{}::text)::text", f"replace({when}, ' ', 'T') || 'Z'", "format"
    else:
        # As SQLite holds it: in UTC with a space, without a fraction where the second is whole.
        when = "e.instant || ''"
        quoted, function = "json_quote(e.{})", "printf"
        instant = (
            "printf('%%.10sT%%s%%s', e.instant, substr(e.instant, 12), iif(length(e.instant) = 19, '.000000Z', 'Z'))"
        )
    texts = {name: quoted.format(name) for name in _TEXTS}
    public = "CASE WHEN e.public THEN 'true' ELSE 'false' END"
    parts = (
        *(texts["actor_role"], texts["area"], "e.commitments", "e.facts", "e.id", instant, public),
        *(texts["subject_kind"], texts["subject_reference"], texts["verb"]),
    )
    leaf = f"{function}('{_LEAF.replace('%', '%%')}', {', '.join(parts)})"
    if connection.vendor == "sqlite":
        leaf = f"CAST({leaf} AS BLOB)"  # bytes at once, where a text would first be decoded
    # A format of no columns is no entry: the leaf leads to none.
    return template.replace("{leaf}", f"CASE WHEN e.id IS NULL THEN NULL ELSE {leaf} END").replace("{when}", when)
