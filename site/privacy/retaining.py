"""What can be kept for a period only: a registry that every room fills with its own kinds, in its `apps.ready`.

How long each kind is kept, and on which law that rests, is data (`models.RetentionRule`); how the things are found
whose period is over, and what is done with them, is code and stands here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from privacy.enums import Consequence
from privacy.holdings import Held, Words


@dataclass(frozen=True)
class Sweep:
    """What a round did, or would do: how many things went, and how many stay although their period is over."""

    done: int = 0
    held: int = 0


@dataclass(frozen=True)
class RetentionKind:
    """A kind of thing with a period.

    Either `due` finds the things whose identity is erased, as the person herself could have it erased; or `sweep` does
    what is to be done with everything from before an instant and returns how much that was (`dry`: would be).
    """

    key: str
    title: Words
    counted_from: Words
    consequence: Consequence
    due: Callable[[datetime], Iterable[Held]] | None = None
    sweep: Callable[[datetime, bool], Sweep] | None = None


_kinds: Final[dict[str, tuple[int, RetentionKind]]] = {}


def add_retention(kind: RetentionKind, *, order: int) -> None:
    """Enter a kind; kinds of lower order are shown, and carried out, first. Entering it again replaces it."""
    _kinds[kind.key] = (order, kind)


def retention_kinds() -> list[RetentionKind]:
    """Return all kinds, in order."""
    return [kind for _order, kind in sorted(_kinds.values(), key=lambda pair: (pair[0], pair[1].key))]


def retention_kind(key: str) -> RetentionKind | None:
    """Return a kind by its key; None where no room has entered it."""
    return _kinds[key][1] if key in _kinds else None
