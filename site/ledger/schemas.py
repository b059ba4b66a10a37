"""What the API says of the record."""

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from ledger.leaves import leaf_bytes, leaf_content, leaf_hash
from ledger.models import Checkpoint, Entry, RecordKey


class Filters(Schema):
    """Which entries are wanted; all may be left out."""

    area: str = Field("", max_length=40, description="such as consultations")
    verb: str = Field("", max_length=60, description="such as submission_received")
    reference: str = Field("", max_length=80, description="a tracking number, or the reference of a consultation")
    day: date | None = Field(None, description="in the authority's time zone")


class EntryOut(Schema):
    """An entry that everybody may read."""

    content: dict[str, Any] = Field(description="the entry as it is hashed, before it is written as canonical JSON")
    position: int | None = Field(description="its place in the tree; none until it is sealed")
    leaf_hash: str = Field(description="SHA-256 of a 0 byte and the canonical JSON, hexadecimal")

    @staticmethod
    def resolve_content(entry: Entry) -> dict[str, Any]:
        """Return every column."""
        return leaf_content(entry)

    @staticmethod
    def resolve_position(entry: Entry) -> int | None:
        """Return the place in the tree."""
        return entry.leaf.position if hasattr(entry, "leaf") else None

    @staticmethod
    def resolve_leaf_hash(entry: Entry) -> str:
        """Return the hash by which it stands there."""
        return bytes(entry.leaf.hash).hex() if hasattr(entry, "leaf") else leaf_hash(entry).hex()


class EntryDetailOut(Schema):
    """One entry with its exact bytes; of one that is not public only place and hash."""

    id: int
    public: bool
    position: int | None
    leaf_hash: str
    content: dict[str, Any] | None = Field(description="none where the entry is not public")
    canonical: str | None = Field(description="the text whose UTF-8 bytes are hashed; none where it is not public")

    @staticmethod
    def of(entry: Entry) -> dict[str, Any]:
        """Return what everybody may know of an entry."""
        return {
            "id": entry.pk,
            "public": entry.public,
            "position": EntryOut.resolve_position(entry),
            "leaf_hash": EntryOut.resolve_leaf_hash(entry),
            "content": leaf_content(entry) if entry.public else None,
            "canonical": leaf_bytes(entry).decode() if entry.public else None,
        }


class InclusionOut(Schema):
    """Shows that an entry stands in the record that a checkpoint signs (RFC 9162, 2.1.3)."""

    position: int
    tree_size: int
    leaf_hash: str
    hashes: list[str] = Field(description="from the leaf upwards, hexadecimal")
    checkpoint: str = Field(description="the signed note of this size")


class ConsistencyOut(Schema):
    """Shows that a later record begins with all of an earlier one (RFC 9162, 2.1.4)."""

    old_size: int
    size: int
    hashes: list[str]
    old_checkpoint: str
    checkpoint: str


class CheckpointOut(Schema):
    """A signed checkpoint."""

    size: int
    root: str = Field(description="hexadecimal")
    made_at: datetime = Field(description="by the clock of the site; not part of what is signed")
    note: str = Field(description="C2SP signed note")

    @staticmethod
    def resolve_root(checkpoint: Checkpoint) -> str:
        """Return the root as hexadecimal digits."""
        return bytes(checkpoint.root).hex()


class KeyOut(Schema):
    """A public key of the record, in the text form of C2SP signed-note."""

    text: str
    valid_from: datetime
    valid_until: datetime | None

    @staticmethod
    def resolve_text(key: RecordKey) -> str:
        """Return the key."""
        return key.text
