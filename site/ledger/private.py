"""What the areas know of private values: the record keeps none, and asks here which are stored now.

An area says in its `wiring.py`:

    from ledger.private import registry
    registry.add("consultations", "submission", private_values)

`private_values(entry)` returns the values now stored for the names the entry commits to, None for one that was erased.
`verify_record` compares them with the commitments, and receipts print them for whoever holds the key.
"""

from collections.abc import Callable, Mapping
from typing import Final

from ledger.models import Entry

Values = Mapping[str, str | None]
Resolve = Callable[[Entry], Values]


class Registry:
    """Resolvers by area and kind of subject."""

    def __init__(self) -> None:
        self._resolvers: dict[tuple[str, str], Resolve] = {}

    def add(self, area: str, subject_kind: str, resolve: Resolve) -> None:
        """Say who knows the private values behind the entries about a kind of subject; the last to say so is asked."""
        self._resolvers[area, subject_kind] = resolve

    def known(self) -> list[tuple[str, str]]:
        """Return the areas and kinds of subject of which somebody knows the private values."""
        return list(self._resolvers)

    def values(self, entry: Entry) -> Values:
        """Return the private values that an entry commits to, as they are stored now; None for what is not there."""
        resolve = self._resolvers.get((entry.area, entry.subject_kind))
        found = resolve(entry) if resolve and entry.commitments else {}
        return {name: found.get(name) for name in entry.commitments}


registry: Final = Registry()
