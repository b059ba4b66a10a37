"""What the record stores."""

from ledger.models.entries import AppendOnlyError, Entry, Opening
from ledger.models.keys import RecordKey
from ledger.models.tree import Checkpoint, Leaf, Tile

__all__ = ["AppendOnlyError", "Checkpoint", "Entry", "Leaf", "Opening", "RecordKey", "Tile"]
