"""Comparing what is private, as the areas store it now, with what entries committed to."""

from collections.abc import Callable, Iterator
from typing import Final

from ledger.leaves import BLIND, commitment
from ledger.models import Entry, Opening
from ledger.private import registry

_AT_ONCE: Final = 500
Say = Callable[[str], None]


def check_commitments(report: Say, remark: Say, progress: Callable[[int], None]) -> None:
    """Report every private value that is not what its entry committed to; remark how much was erased or is unknown."""
    checked = erased = unknown = 0
    for entries in _portions():
        salts: dict[tuple[int, str], bytes] = {
            (entry, name): bytes(salt)
            for entry, name, salt in Opening.objects.filter(entry__in=entries).values_list("entry", "name", "salt")
        }
        for entry in entries:
            known = registry.knows(entry.area, entry.subject_kind)
            values = registry.values(entry)
            for name in entry.commitments:
                salt = salts.pop((entry.pk, name), None)
                if name == BLIND:
                    continue
                checked += 1
                erased += salt is None
                unknown += salt is not None and not known
                if salt is not None and known:
                    _compare(entry, name, salt, values[name], report)
        for pk, name in salts:
            report(f"Entry {pk} commits to nothing named “{name}”, and yet there is a salt for it.")
        progress(len(entries))
    if erased:
        remark(
            f"{erased} of {checked} commitments cannot be opened any more: their salts were destroyed, as an erasure does."
        )
    if unknown:
        remark(f"{unknown} of {checked} commitments are about words that no room of this site keeps: not compared.")


def _compare(entry: Entry, name: str, salt: bytes, value: str | None, report: Say) -> None:
    if value is None:
        report(
            f"The words behind entry {entry.pk} ({entry}), named “{name}”, are gone, though its salt was not "
            "destroyed: that was no erasure."
        )
    elif commitment(salt, value) != entry.commitments[name]:
        report(
            f"The words stored behind entry {entry.pk} ({entry}), named “{name}”, are not those it committed to: words "
            "or salt were changed."
        )


def _portions() -> Iterator[list[Entry]]:
    """Yield the entries that commit to something, some hundred at a time."""
    last = 0
    while portion := list(Entry.objects.filter(pk__gt=last).exclude(commitments={}).order_by("pk")[:_AT_ONCE]):
        yield portion
        last = portion[-1].pk
