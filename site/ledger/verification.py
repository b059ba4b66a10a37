"""Does the record still say what was sealed? Everything is computed anew and compared, from the first entry on."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import connection
from django.db.models import Count, Min

from ledger import merkle, notes
from ledger.commitments import check_commitments
from ledger.leaves import instant_text
from ledger.merkle import TILE_HEIGHT, GrowingTree, InvalidProof
from ledger.models import Checkpoint, Entry, RecordKey, Tile
from ledger.models.triggers import missing
from ledger.moments import one_moment
from ledger.notes import InvalidNote, PublicKey
from ledger.proofs import consistency_between
from ledger.rows import Page, StoredLeaf, stored_instant, stored_leaves, stored_pages
from ledger.tiles import MissingTileError, split_hashes

_LEAF: Final = b"\x00"
_sha256 = hashlib.sha256
_MOST_FINDINGS: Final = 20  # told in full: where everything was changed, nobody reads a million lines


@dataclass
class Report:
    """What verification found: what does not fit, first things first; and what is worth knowing though all fits."""

    entries: int = 0
    checkpoints: int = 0
    findings: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    more: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether everything fits."""
        return not self.findings

    def add(self, sentence: str) -> None:
        """Note what does not fit."""
        if len(self.findings) < _MOST_FINDINGS:
            self.findings.append(sentence)
        else:
            self.more += 1


Progress = Callable[[int], None]


def verify_record(
    *, quick: bool = False, keys: Sequence[PublicKey] = (), progress: Progress = lambda _entries: None
) -> Report:
    """Compute the whole record anew and return what does not fit; nothing is written.

    Checked are every entry against its leaf, every tile, every checkpoint's root and signature, that each checkpoint
    goes on from the one before it, what waits for sealing, the database's own refusal of changes, and what is private
    against what entries committed to. `quick` leaves out the last, and of the checkpoints checks the signature of the
    newest only. `keys` are public keys that somebody has kept; without them those of the database are believed.

    All of it is what was stored at one moment, whatever is appended and sealed meanwhile (ledger/moments.py says what
    that costs): only within a transaction that is already open, it is what that one sees.
    """
    with one_moment() as reader:
        return _verify(reader, quick=quick, keys=keys, progress=progress)


def _verify(reader: Executor | None, *, quick: bool, keys: Sequence[PublicKey], progress: Progress) -> Report:
    report = Report()
    check = _Tree(report, keys or _known_keys(report), quick=quick)
    for page in stored_pages(reader):
        check.page(page)
        progress(report.entries)
    check.finish()
    _check_waiting(report)
    for table, event in missing(connection):
        report.add(f"The database would not refuse {event} on {table}: its trigger is gone. Put it up again: migrate.")
    if not quick:
        check_commitments(report.add, report.remarks.append, progress)
    return report


def _known_keys(report: Report) -> list[PublicKey]:
    keys = []
    for row in RecordKey.objects.all():
        try:
            keys.append(notes.parse_public_key(row.text))
        except InvalidNote as error:
            report.add(f"Key {row.pk} of the record is not what it was: {error}")
    return keys


class _Tree:
    """The walk over the leaves: the tree grows again, and at each checkpoint its root is compared."""

    def __init__(self, report: Report, keys: Sequence[PublicKey], *, quick: bool) -> None:
        self.report = report
        self.keys = keys
        self.quick = quick
        self.tree = GrowingTree()
        self.tiles = 0
        self.place = 0  # the position that comes next
        self.roots_fit = True
        self.coming: Iterator[Checkpoint] = Checkpoint.objects.order_by("size").iterator(chunk_size=500)
        self.next = next(self.coming, None)
        self.before: Checkpoint | None = None
        self.newest = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
        self.early = 0
        self.first_early = ""

    def page(self, page: Page) -> None:
        """Take the next leaves; they are looked at one by one only where something does not fit."""
        if page.last - self.place != page.count - 1:
            self._find_gaps(page)
        self.place = page.last + 1
        hashes = [_sha256(_LEAF + content).digest() for content in page.contents]
        if len(hashes) != page.count or b"".join(hashes) != page.hashes:
            self._find_wrong(page)
            hashes = split_hashes(page.hashes)
        self.report.entries += page.count
        taken = 0
        while taken < page.count:
            end = taken + self.next.size - self.tree.size if self.next else page.count
            self._note_early(page, taken, end)
            grown = self.tree.append(hashes[taken:end])
            self._compare_tiles({(level, index): tile for level, index, tile in grown})
            taken = end
            while self.next and self.next.size <= self.tree.size:
                self._checkpoint(self.next)

    def _find_gaps(self, page: Page) -> None:
        place = self.place
        for position, _hash, _key, _content in stored_leaves(page.start, page.count):
            if position > place:
                self.report.add(f"Position {place} is missing: the entry that stood there was taken out of the tree.")
            place = position + 1

    def _find_wrong(self, page: Page) -> None:
        leaves = stored_leaves(page.start, page.count)
        wrong = [leaf for leaf in leaves if merkle.leaf_hash(leaf[3]) != leaf[1]]
        stored = self._stored_tiles(wrong[0][0], wrong[-1][0])
        for leaf in wrong:
            self.report.add(self._what_is_wrong(leaf, stored))

    def finish(self) -> None:
        """Say what is missing at the end, or stands there and should not."""
        while self.next:
            self._checkpoint(self.next)
        size = self.before.size if self.before else 0
        if self.tree.size > size:
            self.report.add(
                f"{self.tree.size - size} entries after position {size} have a place in the tree that no checkpoint "
                "signs: somebody put them there past the application."
            )
        self._compare_tiles(self._last_tiles())
        expected, stored = self.tiles, Tile.objects.count()
        if stored != expected:
            self.report.add(f"The tree has {stored} tiles; it should have {expected}.")
        if self.early:
            self.report.remarks.append(
                f"{self.early} entries say that they happened before the checkpoint that was already made when they "
                f"came, {self.first_early} first. That is right where an act is dated back (an expired time limit, a "
                "letter entered later); it would also be so for an entry that somebody invented afterwards."
            )

    def _compare_tiles(self, tiles: dict[tuple[int, int], list[bytes]]) -> None:
        if not tiles:
            return
        self.tiles += len(tiles)
        stored: dict[tuple[int, int], bytes] = {}
        for level in {level for level, _index in tiles}:
            indexes = [index for at, index in tiles if at == level]
            rows = Tile.objects.filter(level=level, index__range=(min(indexes), max(indexes)))
            stored |= {(level, index): bytes(hashes) for index, hashes in rows.values_list("index", "hashes")}
        for place, tile in tiles.items():
            if stored.get(place) != b"".join(tile):
                state = "is missing" if place not in stored else "does not hold the hashes of its leaves"
                first = place[1] << (TILE_HEIGHT * (place[0] + 1))
                self.report.add(
                    f"Tile {place[0]}/{place[1]} of the tree {state} (from position {first} on): proofs made from it "
                    "would be wrong."
                )

    def _last_tiles(self) -> dict[tuple[int, int], list[bytes]]:
        size = self.tree.size
        tiles = enumerate(self.tree.tiles)
        return {(level, size >> (TILE_HEIGHT * (level + 1))): tile for level, tile in tiles if tile}

    def _stored_tiles(self, first: int, last: int) -> dict[int, bytes]:
        """Return the hashes of leaves as the tiles hold them, by position."""
        between = (first >> TILE_HEIGHT, last >> TILE_HEIGHT)
        rows = Tile.objects.filter(level=0, index__range=between).values_list("index", "hashes")
        return {
            (index << TILE_HEIGHT) + place: one
            for index, hashes in rows
            for place, one in enumerate(split_hashes(hashes))
        }

    def _what_is_wrong(self, leaf: StoredLeaf, stored: dict[int, bytes]) -> str:
        position, _hash, key, content = leaf
        where = f"Entry {key} at position {position}"
        if not content:
            return f"{where} is gone: somebody deleted it after it was sealed."
        now = merkle.leaf_hash(content)
        said = content.decode(errors="replace")
        if stored.get(position) == now:
            return f"{where} is as it was sealed, but its leaf was changed: it holds another hash."
        if now in stored.values():
            return f"{where} has changed places: what stands here now was sealed at another position. It says {said}"
        return f"{where} does not say what was sealed: one of its columns was changed. It says now {said}"

    def _note_early(self, page: Page, begin: int, end: int) -> None:
        if self.before is None:
            return
        floor = stored_instant(self.before.made_at)
        early = [place for place, instant in enumerate(page.instants[begin:end], begin) if instant < floor]
        if early:
            first = stored_leaves(page.start, early[0] + 1)[-1]
            self.first_early = self.first_early or f"entry {first[2]}"
            self.early += len(early)

    def _checkpoint(self, checkpoint: Checkpoint) -> None:
        self.report.checkpoints += 1
        name = f"The checkpoint of size {checkpoint.size}"
        before, self.before, self.next = self.before, checkpoint, next(self.coming, None)
        if checkpoint.size > self.tree.size:
            self.report.add(f"{name} signs more entries than there are ({self.tree.size}): entries were taken away.")
            return
        if not self._note_fits(checkpoint, name):
            return
        if self.roots_fit and bytes(checkpoint.root) != self.tree.root():
            self.roots_fit = False  # those that follow cannot fit either
            since = before.size if before else 0
            self.report.add(
                f"{name} signs another root than the leaves have now: between positions {since} and "
                f"{checkpoint.size - 1} an entry was changed, added or exchanged together with its leaf."
            )
        if before is not None:
            self._goes_on_from(before, checkpoint, name)

    def _note_fits(self, checkpoint: Checkpoint, name: str) -> bool:
        try:
            if self.quick and checkpoint.size != self.newest:
                said = notes.parse_checkpoint(notes.parse_note(checkpoint.note).text)
            else:
                said = notes.verify_checkpoint(checkpoint.note, self.keys)
        except InvalidNote as error:
            self.report.add(f"{name} is not signed as it should be: {error}")
            return False
        if (said.size, said.root) != (checkpoint.size, bytes(checkpoint.root)):
            self.report.add(f"{name} says something else in its columns than in its signed note.")
            return False
        return True

    def _goes_on_from(self, before: Checkpoint, checkpoint: Checkpoint, name: str) -> None:
        if checkpoint.made_at < before.made_at:
            self.report.add(f"{name} says that it was made before the one of size {before.size}: its time was changed.")
        if self.quick:
            return
        try:
            proof = [bytes.fromhex(one) for one in consistency_between(before.size, checkpoint.size)]
            old, new = bytes(before.root), bytes(checkpoint.root)
            merkle.verify_consistency(before.size, checkpoint.size, proof, old, new)
        except (InvalidProof, MissingTileError) as error:
            self.report.add(f"{name} does not go on from the one of size {before.size}: {error}")


def _check_waiting(report: Report) -> None:
    if Entry.objects.count() == report.entries:  # far faster than to look for each of a million entries
        return
    waiting = Entry.objects.unsealed().aggregate(count=Count("pk"), oldest=Min("instant"))
    if waiting["count"]:
        oldest: datetime = waiting["oldest"]
        report.remarks.append(
            f"Entries that wait for sealing: {waiting['count']} (the oldest is of {instant_text(oldest)}). "
            "Until they are sealed, only signed receipts show whether they are changed."
        )
