"""An entry as the bytes that are hashed into the tree, and the commitments to what is private."""

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Protocol

from ledger import merkle
from ledger.canonical import canonical_json

if TYPE_CHECKING:
    from django.db.models import QuerySet

SALT_BYTES: Final = 32
# A commitment to nothing, of which no salt is kept. Everybody may read the hash of an entry that is not public: without
# this, somebody who knows most of what it says could find the rest by trying.
BLIND: Final = "blind"
# What the leaf holds: every column of the entry.
COLUMNS: Final = (
    "id",
    "instant",
    "verb",
    "area",
    "subject_kind",
    "subject_reference",
    "actor_role",
    "facts",
    "commitments",
    "public",
)


class EntryLike(Protocol):
    """Anything with the columns of an entry."""

    id: int
    instant: datetime
    verb: str
    area: str
    subject_kind: str
    subject_reference: str
    actor_role: str
    facts: Mapping[str, Any]
    commitments: Mapping[str, str]
    public: bool


def leaf_content(entry: EntryLike) -> dict[str, Any]:
    """Return an entry as the JSON object that is hashed."""
    return {name: getattr(entry, name) for name in COLUMNS} | {"instant": instant_text(entry.instant)}


def leaf_bytes(entry: EntryLike) -> bytes:
    """Return the bytes of an entry: its columns as canonical JSON."""
    return canonical_json(leaf_content(entry)).encode()


def leaf_hash(entry: EntryLike) -> bytes:
    """Return the hash by which an entry stands in the tree."""
    return merkle.leaf_hash(leaf_bytes(entry))


def instant_text(instant: datetime) -> str:
    """Return an instant as it is hashed: in UTC, with microseconds, such as 2026-11-30T17:32:00.000000Z."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def new_salt() -> bytes:
    """Return a salt that nobody can guess."""
    return secrets.token_bytes(SALT_BYTES)


def commitment(salt: bytes, value: str) -> str:
    """Return the commitment to a private value: SHA-256 of salt and value, as lower-case hexadecimal digits."""
    return hashlib.sha256(bytes(salt) + value.encode()).hexdigest()


def leaf_hashes(entries: "QuerySet[Any, Any]") -> Iterator[tuple[int, bytes]]:
    """Yield key and leaf hash of entries in their order, without loading them all; one query."""
    rows = entries.values_list(*COLUMNS).iterator(chunk_size=4096)
    for values in rows:
        content = dict(zip(COLUMNS, values, strict=True))
        content["instant"] = instant_text(content["instant"])
        yield content["id"], merkle.leaf_hash(canonical_json(content).encode())
