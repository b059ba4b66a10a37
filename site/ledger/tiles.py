"""Hashes of the tree as the database keeps them: rows of up to 256, of which a proof needs a handful."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeVar

from django.db.models import Q

from ledger import merkle
from ledger.merkle import HASH_BYTES, TILE_HEIGHT, TILE_WIDTH
from ledger.models import Tile

Result = TypeVar("Result")
Place = tuple[int, int]

_NOTHING: Final = bytes(HASH_BYTES)


class MissingTileError(LookupError):
    """The database does not hold a part of the tree that it should; the message is a sentence."""


def split_hashes(packed: bytes) -> list[bytes]:
    """Return the hashes that lie one behind another."""
    packed = bytes(packed)
    return [packed[start : start + HASH_BYTES] for start in range(0, len(packed), HASH_BYTES)]


def with_nodes(make: Callable[[merkle.Nodes], Result]) -> Result:
    """Return what a function makes of hashes of the tree; one query, whatever it asks for.

    The function is run twice: first to see which tiles it needs, then with their hashes.
    """
    wanted: set[Place] = set()

    def note(level: int, index: int) -> bytes:
        wanted.add(_place(level, index)[0])
        return _NOTHING

    make(note)
    tiles = read_tiles(wanted)
    return make(lambda level, index: node_in(tiles, level, index))


def read_tiles(places: Iterable[Place]) -> dict[Place, list[bytes]]:
    """Return the hashes of tiles, by level and index; one query."""
    condition = Q(pk__in=[])
    for level, index in places:
        condition |= Q(level=level, index=index)
    rows = Tile.objects.filter(condition).values_list("level", "index", "hashes")
    return {(level, index): split_hashes(hashes) for level, index, hashes in rows}


def node_in(tiles: Mapping[Place, list[bytes]], level: int, index: int) -> bytes:
    """Return the root of a complete subtree, made from the tile that holds its hashes; raise MissingTileError."""
    place, start, count = _place(level, index)
    hashes = tiles.get(place, [])[start : start + count]
    if len(hashes) != count:
        raise MissingTileError(f"Tile {place[0]}/{place[1]} of the tree is missing, or holds too few hashes.")
    while len(hashes) > 1:
        hashes = [merkle.node_hash(*hashes[at : at + 2]) for at in range(0, len(hashes), 2)]
    return hashes[0]


def unfinished_tiles(size: int) -> list[list[bytes]]:
    """Return the hashes of the last tile of each level of a tree, lowest first; one query."""
    levels = range(-(-size.bit_length() // TILE_HEIGHT))
    places = [(level, size >> (TILE_HEIGHT * (level + 1))) for level in levels]
    found = read_tiles(places)
    return [found.get(place, [])[: width_at(size, place[0])] for place in places]


def width_at(size: int, level: int) -> int:
    """Return how many hashes the last tile of a level has in a tree of a size."""
    return (size >> (TILE_HEIGHT * level)) % TILE_WIDTH


def _place(level: int, index: int) -> tuple[Place, int, int]:
    """Return the tile below which a complete subtree lies, where in it its hashes begin, and how many they are."""
    tile_level, above = divmod(level, TILE_HEIGHT)
    first = index << above
    return (tile_level, first // TILE_WIDTH), first % TILE_WIDTH, 1 << above
