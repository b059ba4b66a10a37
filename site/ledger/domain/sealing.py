"""Sealing: entries get their places in the tree, and the new root is signed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from design.freshness import bump_generation
from ledger.keys import signing_key, use_key
from ledger.leaves import leaf_hashes
from ledger.merkle import TILE_HEIGHT, GrowingTree
from ledger.models import Checkpoint, Entry, Leaf, Tile
from ledger.notes import sign_checkpoint
from ledger.tiles import unfinished_tiles

AT_ONCE: Final = 16_384  # entries in one transaction: on SQLite everybody else who writes waits for it
# Entries that came late: on PostgreSQL one whose transaction lasted longer has a lower number than some sealed ones.
_LOOKING_BACK: Final = 10_000
_LOCK: Final = 0x5EA1_0F_7E_C04D  # of sealing, among the advisory locks of the database


def seal_entries(*, at: datetime | None = None, everything: bool = True, at_once: int = AT_ONCE) -> int:
    """Give every entry that waits its place in the tree, and return how many; 0 as well where another process seals.

    Works in portions, each a transaction of its own that ends with a signed checkpoint: whatever breaks off in between,
    the record is whole. Without `everything`, entries long before the newest sealed one are not looked for again: that
    is what the job does every minute.

    Side effects of each portion, in order: leaves are stored, tiles of the tree are stored or grow, a checkpoint is
    signed and stored (at the first sealing a key is made before it), public pages are made anew. Raises
    ImproperlyConfigured, having sealed nothing, where there is no key to sign with.
    """
    sealed = 0
    while portion := _seal_portion(at or timezone.now(), everything, at_once):
        sealed += portion
        if portion < at_once:
            break
    return sealed


@transaction.atomic
def _seal_portion(at: datetime, everything: bool, at_once: int) -> int:
    with _only_sealer() as alone:
        if not alone:
            return 0
        waiting = Entry.objects.unsealed().order_by("pk")
        if not everything:
            newest = Leaf.objects.aggregate(newest=Max("entry_id"))["newest"] or 0
            waiting = waiting.filter(pk__gt=newest - _LOOKING_BACK)
        hashes = list(leaf_hashes(waiting[:at_once]))
        if not hashes:
            return 0
        key = signing_key()
        last = Checkpoint.objects.order_by("-size").first()
        size = last.size if last else 0
        tree = GrowingTree(size, unfinished_tiles(size))
        Leaf.objects.bulk_create(
            [Leaf(position=size + place, entry_id=pk, hash=hash_) for place, (pk, hash_) in enumerate(hashes)],
            batch_size=4096,
        )
        _store_tiles(tree, [hash_ for _pk, hash_ in hashes])
        root = tree.root()
        Checkpoint.objects.bulk_create(
            [
                Checkpoint(
                    size=tree.size,
                    root=root,
                    note=sign_checkpoint(tree.size, root, key),
                    key=use_key(key.public, at),
                    # A clock may be set back; what was sealed later says so all the same.
                    made_at=max(at, last.made_at) if last else at,
                )
            ]
        )
        bump_generation()
        return len(hashes)


def _store_tiles(tree: GrowingTree, hashes: list[bytes]) -> None:
    """Let the tree grow, and store every tile that is new or has become longer."""
    tiles = {(level, index): tile for level, index, tile in tree.append(hashes)}
    for level, tile in enumerate(tree.tiles):
        if tile:
            tiles[level, tree.size >> (TILE_HEIGHT * (level + 1))] = tile
    Tile.objects.bulk_create(
        [Tile(level=level, index=index, hashes=b"".join(tile)) for (level, index), tile in tiles.items()],
        update_conflicts=True,
        unique_fields=["level", "index"],
        update_fields=["hashes"],
        batch_size=256,
    )


@contextmanager
def _only_sealer() -> Iterator[bool]:
    """Yield whether this process alone seals now; on SQLite the transaction itself keeps every other writer out."""
    if connection.vendor != "postgresql":
        yield True
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        row = cursor.fetchone()
    yield bool(row and row[0])
