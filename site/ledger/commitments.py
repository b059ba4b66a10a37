"""Comparing what is private, as the areas store it now, with what entries committed to."""

from collections.abc import Callable, Iterator
from typing import Final

from django.db.models import Q

from ledger.leaves import BLIND, commitment
from ledger.models import Entry, Opening
from ledger.private import registry

_AT_ONCE: Final = 500
Say = Callable[[str], None]


def check_commitments(report: Say, remark: Say, progress: Callable[[int], None]) -> None:
    """Report every private value that is not what its entry committed to; remark how much was erased or is unknown."""
    checked = erased = 0
    unknown = Opening.objects.exclude(_known("entry__")).count()
    for entries in _portions():
        salts: dict[tuple[int, str], bytes] = {
            (entry, name): bytes(salt)
            for entry, name, salt in Opening.objects.filter(entry__in=entries).values_list("entry", "name", "salt")
        }
        for entry in entries:
            values = registry.values(entry)
            for name in entry.commitments:
                salt = salts.pop((entry.pk, name), None)
                if name == BLIND:
                    continue
                checked += 1
                erased += salt is None
                if salt is not None:
                    _compare(entry, name, salt, values[name], report)
        for pk, name in salts:
            report(_needless(pk, name))
        progress(len(entries))
    needless = Opening.objects.filter(_known("entry__"), entry__commitments={})
    for pk, name in needless.values_list("entry_id", "name").iterator():
        report(_needless(pk, name))
    if erased:
        remark(f"{erased} of {checked} commitments cannot be opened any more: their salts were destroyed.")
    if unknown:
        remark(f"{unknown} commitments are about words that no room of this site keeps: not compared.")


def _needless(pk: int, name: str) -> str:
    return f"Entry {pk} commits to nothing named “{name}”, and yet there is a salt for it."


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


def _known(way: str = "") -> Q:
    """Return the condition that some room knows the words behind the entry to which a way leads."""
    known = Q(**{f"{way}pk__in": []})
    for area, kind in registry.known():
        known |= Q(**{f"{way}area": area, f"{way}subject_kind": kind})
    return known


def _portions() -> Iterator[list[Entry]]:
    """Yield the entries that commit to something some room knows, some hundred at a time."""
    last = 0
    entries = Entry.objects.filter(_known()).exclude(commitments={}).order_by("pk")
    while portion := list(entries.filter(pk__gt=last)[:_AT_ONCE]):
        yield portion
        last = portion[-1].pk
