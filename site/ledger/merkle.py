"""The tree over the record, as in RFC 9162 (and RFC 6962 before it): pure functions of hashes, no database.

A leaf is hashed with a 0 byte before it and two nodes with a 1 byte, so that none can pass for the other. The *root* of
a size stands for all leaves up to it: change one, and the root is another. An *inclusion proof* are the few hashes that
lead from a leaf to the root; a *consistency proof* are those that show that a later tree has all of an earlier one.

A complete subtree never changes again. It is named by level and index: (0, 5) is the sixth leaf, (8, 0) are the first
256 leaves. Whoever can look up the hashes of complete subtrees (`Nodes`) can make every root and every proof.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Final

HASH_BYTES: Final = 32
TILE_HEIGHT: Final = 8
TILE_WIDTH: Final = 1 << TILE_HEIGHT  # hashes in a full tile
LONGEST_PROOF: Final = 64  # hashes: a tree of 2**63 leaves has no longer proof of either kind

Nodes = Callable[[int, int], bytes]

_LEAF: Final = b"\x00"
_NODE: Final = b"\x01"
_sha256 = hashlib.sha256


class InvalidProof(ValueError):  # noqa: N818 -- reads as what it is
    """A proof does not prove what it should; the message is a sentence."""


def leaf_hash(content: bytes) -> bytes:
    """Return the hash of a leaf."""
    return _sha256(_LEAF + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of the node above two others."""
    return _sha256(_NODE + left + right).digest()


def empty_root() -> bytes:
    """Return the root of the tree without leaves."""
    return _sha256(b"").digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the root over the hashes of leaves."""
    tree = GrowingTree()
    for _tile in tree.append(leaves):
        pass
    return tree.root()


def root_of(size: int, nodes: Nodes) -> bytes:
    """Return the root of the tree of the first `size` leaves."""
    return _range_root(0, size, nodes) if size else empty_root()


def inclusion_proof(position: int, size: int, nodes: Nodes) -> list[bytes]:
    """Return the hashes that lead from the leaf at a position to the root of a size, from the leaf upwards."""
    if not 0 <= position < size:
        raise InvalidProof(f"There is no leaf {position} in a tree of {size} leaves.")
    path: list[bytes] = []
    begin, end = 0, size
    while end - begin > 1:
        split = begin + _split(end - begin)
        if position < split:
            path.append(_range_root(split, end, nodes))
            end = split
        else:
            path.append(_range_root(begin, split, nodes))
            begin = split
    return path[::-1]


def consistency_proof(old_size: int, size: int, nodes: Nodes) -> list[bytes]:
    """Return the hashes that show that the tree of `size` leaves begins with all those of the tree of `old_size`."""
    if not 0 <= old_size <= size:
        raise InvalidProof(f"A tree of {size} leaves cannot go on from one of {old_size}.")
    if old_size in {0, size}:
        return []
    path: list[bytes] = []
    begin, end, whole = 0, size, True
    while old_size != end:
        split = begin + _split(end - begin)
        if old_size <= split:
            path.append(_range_root(split, end, nodes))
            end = split
        else:
            path.append(_range_root(begin, split, nodes))
            begin, whole = split, False
    if not whole:
        path.append(_range_root(begin, end, nodes))
    return path[::-1]


def root_from_inclusion(leaf: bytes, position: int, size: int, proof: Sequence[bytes]) -> bytes:
    """Return the root to which a proof leads from the hash of a leaf; raise InvalidProof where it cannot be one."""
    if not 0 <= position < size:
        raise InvalidProof(f"Position {position} does not lie in a tree of {size} leaves.")
    _require_hashes((leaf, *proof))
    index, last, here = position, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise InvalidProof("The proof has too many hashes for a tree of this size.")
        if index & 1 or index == last:
            here = node_hash(sibling, here)
            while not index & 1 and index:
                index >>= 1
                last >>= 1
        else:
            here = node_hash(here, sibling)
        index >>= 1
        last >>= 1
    if last:
        raise InvalidProof("The proof has too few hashes for a tree of this size.")
    return here


def verify_inclusion(leaf: bytes, position: int, size: int, proof: Sequence[bytes], expected_root: bytes) -> None:
    """Raise InvalidProof unless the proof leads from the hash of a leaf to a root (RFC 9162, 2.1.3.2)."""
    if root_from_inclusion(leaf, position, size, proof) != expected_root:
        raise InvalidProof("The proof leads to another root: the entry, its position or the proof was changed.")


def verify_consistency(old_size: int, size: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> None:
    """Raise InvalidProof unless the tree of the new root begins with all of the old one (RFC 9162, 2.1.4.2)."""
    if not 0 <= old_size <= size:
        raise InvalidProof(f"A tree of {size} leaves cannot go on from one of {old_size}.")
    _require_hashes((old_root, new_root, *proof))
    if old_size in {0, size}:
        if proof:
            raise InvalidProof("The proof has too many hashes for trees of these sizes.")
        if old_root != (empty_root() if old_size == 0 else new_root):
            raise InvalidProof("Two different roots are given for the same size.")
        return
    old, new = _roots_from_consistency(old_size, size, proof, old_root)
    if old != old_root:
        raise InvalidProof("The proof does not lead to the earlier root: what was sealed then has been changed.")
    if new != new_root:
        raise InvalidProof("The proof does not lead to the later root.")


def _roots_from_consistency(old_size: int, size: int, proof: Sequence[bytes], old_root: bytes) -> tuple[bytes, bytes]:
    steps = list(proof) if old_size & (old_size - 1) else [old_root, *proof]
    if not steps or len(steps) > LONGEST_PROOF + 1:
        raise InvalidProof("The proof has the wrong number of hashes for trees of these sizes.")
    index, last = old_size - 1, size - 1
    while index & 1:
        index >>= 1
        last >>= 1
    old = new = steps[0]
    for sibling in steps[1:]:
        if last == 0:
            raise InvalidProof("The proof has too many hashes for trees of these sizes.")
        if index & 1 or index == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not index & 1 and index:
                index >>= 1
                last >>= 1
        else:
            new = node_hash(new, sibling)
        index >>= 1
        last >>= 1
    if last:
        raise InvalidProof("The proof has too few hashes for trees of these sizes.")
    return old, new


class GrowingTree:
    """A tree to whose end leaves are added; of each level it holds only the tile that is not full yet.

    A tile is 256 hashes beside one another of every eighth level (C2SP tlog-tiles): of leaves, of the roots over 256
    leaves each, and so on. `tiles[level]` are the hashes of the last tile of a level.
    """

    def __init__(self, size: int = 0, tiles: Sequence[Sequence[bytes]] = ()) -> None:
        """Go on from a size, given the tiles that are not full."""
        self.size = size
        self.tiles: list[list[bytes]] = [list(tile) for tile in tiles]
        self._peaks: list[list[bytes]] = [[] for _tile in tiles]
        for level, (tile, peaks) in enumerate(zip(self.tiles, self._peaks, strict=True)):
            if len(tile) != self.width(level):
                raise InvalidProof(f"The last tile of level {level} does not have {self.width(level)} hashes.")
            for count, one in enumerate(tile, start=1):
                _stack(peaks, one, count)

    def width(self, level: int) -> int:
        """Return how many hashes the last tile of a level has."""
        return (self.size >> (TILE_HEIGHT * level)) % TILE_WIDTH

    def append(self, leaves: Sequence[bytes]) -> Iterator[tuple[int, int, list[bytes]]]:
        """Add the hashes of leaves; yield every tile that becomes full, as level, index and hashes.

        What was added counts once the last tile has been taken.
        """
        taken = 0
        while taken < len(leaves):
            tile, peaks = self._level(0)
            portion = leaves[taken : taken + TILE_WIDTH - len(tile)]
            count = len(tile)
            for leaf in portion:
                count += 1
                value, step = leaf, count
                while not step & 1:  # `_stack`, written out: a million leaves go through here
                    value = _sha256(_NODE + peaks.pop() + value).digest()
                    step >>= 1
                peaks.append(value)
            tile.extend(portion)
            self.size += len(portion)
            taken += len(portion)
            yield from self._full_tiles()

    def _full_tiles(self) -> Iterator[tuple[int, int, list[bytes]]]:
        """Yield the tiles that have just become full, lowest first, and begin new ones."""
        level = 0
        while level < len(self.tiles) and len(self.tiles[level]) == TILE_WIDTH:
            tile, peaks = self._level(level)
            yield level, (self.size >> (TILE_HEIGHT * (level + 1))) - 1, tile
            self.tiles[level], self._peaks[level] = [], []
            level += 1
            above, peaks_above = self._level(level)
            above.append(peaks[0])
            _stack(peaks_above, peaks[0], len(above))

    def _level(self, level: int) -> tuple[list[bytes], list[bytes]]:
        """Return the last tile of a level and the complete subtrees in it."""
        if level == len(self.tiles):
            self.tiles.append([])
            self._peaks.append([])
        return self.tiles[level], self._peaks[level]

    def root(self) -> bytes:
        """Return the root over all leaves."""
        here = b""
        for peaks in self._peaks:
            for peak in reversed(peaks):
                here = node_hash(peak, here) if here else peak
        return here or empty_root()


def _stack(peaks: list[bytes], value: bytes, count: int) -> None:
    """Put the hash that makes `count` on a stack of complete subtrees, and join those of equal size."""
    while not count & 1:
        value = _sha256(_NODE + peaks.pop() + value).digest()
        count >>= 1
    peaks.append(value)


def _split(count: int) -> int:
    """Return the greatest power of two below a number of leaves."""
    return 1 << ((count - 1).bit_length() - 1)


def _range_root(begin: int, end: int, nodes: Nodes) -> bytes:
    """Return the root over leaves of the tree; `begin` is one at which a subtree of their number may begin."""
    count = end - begin
    if not count & (count - 1):
        level = count.bit_length() - 1
        return nodes(level, begin >> level)
    split = begin + _split(count)
    return node_hash(_range_root(begin, split, nodes), _range_root(split, end, nodes))


def _require_hashes(hashes: Sequence[bytes]) -> None:
    if len(hashes) > LONGEST_PROOF + 3:
        raise InvalidProof("The proof has more hashes than any tree has levels.")
    if any(len(one) != HASH_BYTES for one in hashes):
        raise InvalidProof("A hash of the proof does not have 32 bytes.")
