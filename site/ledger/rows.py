"""Reading the record as the database holds it, past the models and fast: a million entries in seconds.

What is read is the text that is stored. The leaf is put together from it, so that a value which Python would read as
the same thing, but which is written otherwise, is found as well.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from json.encoder import encode_basestring  # type: ignore[attr-defined]  # quotes as json.dumps does, in C
from typing import Any, Final, NamedTuple

from django.db import connection

_AT_ONCE: Final = 4096
_SHORT_INSTANT: Final = 19  # characters, without a fraction of a second: so SQLite holds whole seconds
_LEAF: Final = (
    '{"actor_role":%s,"area":%s,"commitments":%s,"facts":%s,"id":%d,"instant":"%s","public":%s,'
    '"subject_kind":%s,"subject_reference":%s,"verb":%s}'
)
_SELECT: Final = (
    "SELECT l.position, l.hash, l.entry_id, e.actor_role, e.area, e.commitments, e.facts, e.id, %s, "
    "CASE WHEN e.public THEN 'true' ELSE 'false' END, e.subject_kind, e.subject_reference, e.verb "
    "FROM ledger_leaf l LEFT JOIN ledger_entry e ON e.id = l.entry_id "
    "WHERE l.position >= %%s ORDER BY l.position LIMIT %%s"
)
_quoted = cache(encode_basestring)  # for the few values that come again and again


class StoredLeaf(NamedTuple):
    """A leaf, the bytes of its entry as they are now, and when it says it was; None where there is no such entry."""

    position: int
    hash: bytes
    entry_id: int
    content: bytes | None
    instant: str


def stored_leaves(start: int = 0) -> Iterator[list[StoredLeaf]]:
    """Yield the leaves with their entries from a position on, some thousand at a time."""
    instant = (
        """to_char(e.instant AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
        if connection.vendor == "postgresql"
        else "e.instant || ''"  # as text: not parsed into an object
    )
    query = _SELECT % instant
    with connection.cursor() as cursor:
        while True:
            cursor.execute(query, [start, _AT_ONCE])
            rows = cursor.fetchall()
            if not rows:
                return
            yield [_stored_leaf(row) for row in rows]
            start = rows[-1][0] + 1


def _stored_leaf(row: Sequence[Any]) -> StoredLeaf:
    position, hash_, entry_id, role, area, commitments, facts, pk, instant, public, kind, reference, verb = row
    if pk is None:
        return StoredLeaf(position, bytes(hash_), entry_id, None, "")
    if instant[10] == " ":  # SQLite's: in UTC, with a space
        fraction = ".000000" if len(instant) == _SHORT_INSTANT else ""
        instant = f"{instant[:10]}T{instant[11:]}{fraction}Z"
    content = _LEAF % (
        _quoted(role),
        _quoted(area),
        commitments,
        facts,
        pk,
        instant,
        public,
        _quoted(kind),
        encode_basestring(reference),
        _quoted(verb),
    )
    return StoredLeaf(position, hash_, entry_id, content.encode(), instant)
