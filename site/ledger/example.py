"""The worked example of the page in plain words: four sealed lines, and what one changed word does to them."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from ledger import merkle

_SHOWN: Final = 8  # of the 64 digits of a fingerprint


@dataclass(frozen=True)
class Fingerprint:
    """The beginning of a fingerprint, and whether it is another one than when the record was sealed."""

    digits: str
    differs: bool = False


@dataclass(frozen=True)
class Row:
    """One line of the little record, with the joined fingerprints that begin beside it."""

    sentence: str
    own: Fingerprint
    pair: Fingerprint | None = None
    seal: Fingerprint | None = None


@dataclass(frozen=True)
class Example:
    """The sentence that somebody changes, what it becomes, and the record before and after."""

    was: str
    becomes: str
    sealed: list[Row]
    changed: list[Row]

    @property
    def seal(self) -> str:
        """The fingerprint of all lines, as it was signed."""
        return _seal_of(self.sealed)

    @property
    def seal_after(self) -> str:
        """The fingerprint of all lines after the change."""
        return _seal_of(self.changed)

    @property
    def own(self) -> str:
        """The fingerprint of the sentence before the change."""
        return self.sealed[1].own.digits

    @property
    def own_after(self) -> str:
        """The fingerprint of the sentence after the change."""
        return self.changed[1].own.digits


def worked_example() -> Example:
    """Return the example in the language of now; the fingerprints are real ones."""
    sentences = [
        _("Ada’s comment came on Monday."),
        _("Ben’s request came on Tuesday."),
        _("The comment was answered on Thursday."),
        _("The decision was published on Friday."),
    ]
    changed = [sentences[0], _("Ben’s request came on Wednesday."), *sentences[2:]]
    sealed = _fingerprints(sentences)
    return Example(sentences[1], changed[1], _rows(sentences, sealed), _rows(changed, sealed))


def _rows(sentences: list[str], sealed: list[str]) -> list[Row]:
    """Return a record as rows, its fingerprints held against those that were sealed."""
    marks = [Fingerprint(now, now != was) for now, was in zip(_fingerprints(sentences), sealed, strict=True)]
    one, two, three, four, left, right, root = marks
    return [
        Row(sentences[0], one, left, root),
        Row(sentences[1], two),
        Row(sentences[2], three, right),
        Row(sentences[3], four),
    ]


def _fingerprints(sentences: list[str]) -> list[str]:
    one, two, three, four = (merkle.leaf_hash(sentence.encode()) for sentence in sentences)
    left, right = merkle.node_hash(one, two), merkle.node_hash(three, four)
    return [each.hex()[:_SHOWN] for each in (one, two, three, four, left, right, merkle.node_hash(left, right))]


def _seal_of(rows: list[Row]) -> str:
    return rows[0].seal.digits if rows[0].seal else ""
