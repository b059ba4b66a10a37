"""What each room holds about a person: a registry that every room fills with its own kinds, in its `apps.ready`.

A holding answers three questions about somebody who has shown who she is: what is there (`find`), what of it goes and
what stays when she is erased (`Held.goes`, `Held.stays`), and it erases her (`erase`). Letters and lines of the record
about what it finds, and the salts of the record, are this room's own business: a holding need not think of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Final

from django.utils.functional import Promise

from tracking.numbers import secret_opens

Words = str | Promise


@dataclass(frozen=True)
class Proof:
    """By what somebody has shown who she is: addresses she reads, keys she has, the account she is signed in to."""

    addresses: frozenset[str] = frozenset()
    keys: Mapping[str, str] = field(default_factory=dict)  # tracking number -> access key
    account: Any = None

    def __bool__(self) -> bool:
        """Return whether anything was shown at all."""
        return bool(self.addresses or self.keys or self.account)

    def reads(self, address: str) -> bool:
        """Return whether she has shown that she reads what is sent to an address."""
        return bool(address) and any(same_address(address, own) for own in self.addresses)

    def opens(self, subject: Any) -> bool:
        """Return whether she has given the access key of a subject."""
        key = self.keys.get(subject.tracking_number, "")
        return bool(key) and secret_opens(key, subject.tracking_number, subject.secret_digest)


def same_address(one: str, other: str) -> bool:
    """Return whether two addresses are the same mailbox, however they are capitalised.

    Small and capital letters are the same among plain letters only: elsewhere a letter that merely becomes the same
    when it is capitalised (a dotless i, a Kelvin sign) would open somebody else's mailbox.
    """
    one, other = one.strip(), other.strip()
    return one == other or (one.isascii() and other.isascii() and one.lower() == other.lower())


@dataclass(frozen=True)
class Part:
    """One line of what is held, for a reader: what it is, and what it says."""

    label: Words
    value: str
    is_text: bool = False


@dataclass(frozen=True)
class HeldFile:
    """A file that somebody sent: its name, its size, and its bytes, piece by piece."""

    name: str
    size: int
    chunks: Iterable[bytes]


@dataclass(frozen=True)
class Held:
    """One thing held about a person, such as one comment: to be read, taken away as data, and erased."""

    holding: "Holding"
    subject: Any
    reference: str
    title: str
    parts: Sequence[Part]
    data: Mapping[str, Any]
    goes: Sequence[Words] = ()
    stays: Sequence[Words] = ()
    about: str = ""  # what letters about it are about
    url: str = ""
    is_identified: bool = True  # whether anything is left that says who it was
    erased_at: datetime | None = None
    hold: Words = ""  # why the identity cannot go yet
    shows_name: bool = False  # whether the public reads the name, so that it alone could be taken out
    caution: Words = ""  # what she should know before she erases it now
    kept_salts: frozenset[str] = frozenset()  # commitments that the authority made, and is held to
    files: Sequence[HeldFile] = ()
    mark: str = ""  # what the tombstone calls it, where its reference would say too much

    @property
    def lasting_reference(self) -> str:
        """What tombstone and record call it: it stays for good."""
        return self.mark or self.reference

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.holding.key}:{self.reference}"


class Holding:
    """A kind of thing that some room holds about people."""

    key: ClassVar[str]
    area: ClassVar[str]  # as the record names it
    subject_kind: ClassVar[str]
    title: ClassVar[Words]
    what: ClassVar[Words]  # what is held, in one sentence
    is_public_subject: ClassVar[bool] = True  # whether everybody may read of it in the record
    by_letter: ClassVar[bool] = True  # whether it has a tracking number, by which officials and its key find it

    def find(self, proof: Proof) -> Iterable[Held]:
        """Return what is held about somebody; nothing of anybody else."""
        raise TypeError(f"{type(self).__name__} does not say what it holds.")

    def by_reference(self, reference: str) -> Any:
        """Return the subject with a reference, such as a tracking number; None where there is none."""
        return None

    def stored(self, held: Held) -> Held | None:
        """Return the same thing as it is stored now, locked until the transaction ends; None where it is gone."""
        raise TypeError(f"{type(self).__name__} does not say how its things are found again.")

    def describe(self, subject: Any) -> Held:
        """Return a subject as a thing held about its person."""
        raise TypeError(f"{type(self).__name__} does not describe what it holds.")

    def erase(self, held: Held, *, at: datetime) -> None:
        """Remove everything that says who it was, and leave the day on which that was done."""
        raise TypeError(f"{type(self).__name__} does not say how it erases.")

    def hide_name(self, held: Held, *, at: datetime) -> None:
        """Take the name out of what is published; the authority still knows it."""
        raise TypeError(f"{type(self).__name__} publishes no names.")


_holdings: Final[dict[str, tuple[int, Holding]]] = {}


def add_holding(holding: Holding, *, order: int) -> None:
    """Enter a kind; kinds of lower order are shown, and erased, first. Entering it again replaces it."""
    _holdings[holding.key] = (order, holding)


def holdings() -> list[Holding]:
    """Return all kinds, in order."""
    return [holding for _order, holding in sorted(_holdings.values(), key=lambda pair: (pair[0], pair[1].key))]


def holding_of(key: str) -> Holding | None:
    """Return a kind by its key; None where no room has entered it."""
    return _holdings[key][1] if key in _holdings else None
