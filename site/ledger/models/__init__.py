"""What the record stores."""

from ledger.models.entries import AppendOnlyError, Entry
from ledger.models.keys import RecordKey
from ledger.models.openings import Opening
from ledger.models.tree import Checkpoint, Leaf, Tile

__all__ = ["AppendOnlyError", "Checkpoint", "Entry", "Leaf", "Opening", "RecordKey", "Tile"]
