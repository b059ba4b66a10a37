"""What there are receipts for: each area says in its `wiring.py` how its receipts are found and what they say.

    from receipts.kinds import Kind, add_kind
    add_kind(Kind(name="submission", …))

`name` is one of `receipts.checking.ACTS`, which ties each kind to the act of the record that it is about.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.functional import Promise

from ledger.models import Entry


@dataclass(frozen=True)
class Line:
    """One printed line: what it is, and what it says."""

    label: str
    value: str


@dataclass(frozen=True)
class Slip:
    """What a receipt says about one subject, in the language of the page.

    `lines` is printed and signed, and shown only to whoever may see the subject. `words` is printed below, and stands
    in the file as what opens the commitments. `follow` is the path of the page on which one sees what became of it.
    """

    title: str
    reference: str
    received: Line
    lines: Sequence[Line]
    words: Sequence[Line]
    entry: Entry
    follow: str
    follow_words: str


def _itself(subject: Any) -> Any:
    return subject


@dataclass(frozen=True)
class Kind:
    """One kind of receipt.

    `find` returns the subject of a reference, or None. `subjects` are all, with `tracking_number` and `secret_digest`,
    where people look them up by number and key; `letter` is the first one of those numbers. `ask_for_key` is the name
    of the address that asks for the key of a private subject; without it everybody who knows the reference may have the
    receipt. `holder` returns what has the number and the key of a subject, where it is not the subject itself.
    `own_check` is the name of the address at which the area says more about a subject; a link with words leads there.
    """

    name: str
    label: str | Promise
    find: Callable[[str], Any | None]
    slip: Callable[[Any], Slip | None]
    letter: str = ""
    holder: Callable[[Any], Any] = _itself
    subjects: Callable[[], QuerySet[Any]] | None = None
    ask_for_key: str = ""
    own_check: str = ""
    own_check_words: str | Promise = ""

    @property
    def is_everybodys(self) -> bool:
        """Whether there is nobody whose it is: what it is about has no number of its own."""
        return self.subjects is None and not self.is_private

    @property
    def is_private(self) -> bool:
        """Whether its receipts are only for whoever has the key."""
        return bool(self.ask_for_key)


_kinds: Final[dict[str, Kind]] = {}


def add_kind(kind: Kind) -> None:
    """Register a kind; the same name again replaces it."""
    _kinds[kind.name] = kind


def kind_named(name: str) -> Kind | None:
    """Return the kind of that name; None where there is none."""
    return _kinds.get(name)


def kinds() -> Iterator[Kind]:
    """Yield every kind."""
    yield from _kinds.values()
