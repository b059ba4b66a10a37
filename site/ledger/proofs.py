"""Proofs that an entry stands in the record, and that a later record goes on from an earlier one."""

from dataclasses import dataclass
from typing import Any

from ledger import merkle
from ledger.models import Checkpoint, Entry, Leaf
from ledger.tiles import with_nodes


@dataclass(frozen=True)
class Inclusion:
    """Where an entry stands, and the hashes that lead from it to the root that a checkpoint signs."""

    position: int
    tree_size: int
    hashes: list[str]
    checkpoint: str

    def to_json(self) -> dict[str, Any]:
        """Return the proof as receipts and the API give it."""
        return {
            "position": self.position,
            "tree_size": self.tree_size,
            "hashes": self.hashes,
            "checkpoint": self.checkpoint,
        }


def latest_checkpoint() -> Checkpoint | None:
    """Return the newest checkpoint; None before the first sealing. One query."""
    return Checkpoint.objects.order_by("-size").first()


def inclusion_of(entry: Entry, checkpoint: Checkpoint | None = None) -> Inclusion | None:
    """Return the proof that an entry stands in the record; None until it is sealed. Three queries at most.

    It is made for a checkpoint, or for the newest one; None for one that is older than the entry's place.
    """
    position = Leaf.objects.filter(entry_id=entry.pk).values_list("position", flat=True).first()
    return None if position is None else inclusion_at(position, checkpoint)


def inclusion_at(position: int, checkpoint: Checkpoint | None = None) -> Inclusion | None:
    """Return the proof for a position, as `inclusion_of` does for an entry."""
    checkpoint = checkpoint or latest_checkpoint()
    if checkpoint is None or position >= checkpoint.size:
        return None
    size = checkpoint.size
    hashes = with_nodes(lambda nodes: merkle.inclusion_proof(position, size, nodes))
    return Inclusion(position, size, [one.hex() for one in hashes], checkpoint.note)


def consistency_between(old_size: int, size: int) -> list[str]:
    """Return the hashes that show that the record of a size goes on from that of a smaller one; one query.

    Raises InvalidProof where the sizes are none that this can be shown for.
    """
    return [one.hex() for one in with_nodes(lambda nodes: merkle.consistency_proof(old_size, size, nodes))]
