"""The worked example of the page in plain words: four sentences, their fingerprints, and what one changed word does."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from ledger import merkle

_SHOWN: Final = 8  # of the 64 digits of a fingerprint


@dataclass(frozen=True)
class Line:
    """One line of the example: what it is about, its fingerprint before and after the change."""

    label: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Whether the change can be seen here."""
        return self.before != self.after


@dataclass(frozen=True)
class Example:
    """The sentence that somebody changes, and what became of the fingerprints."""

    was: str
    becomes: str
    lines: list[Line]


def worked_example() -> Example:
    """Return the example in the language of now; the fingerprints are real ones."""
    sentences = [
        _("Ada’s comment came on Monday."),
        _("Ben’s request came on Tuesday."),
        _("The comment was answered on Thursday."),
        _("The decision was published on Friday."),
    ]
    changed = [sentences[0], _("Ben’s request came on Wednesday."), *sentences[2:]]
    labels = [
        *sentences,
        _("The first two together"),
        _("The last two together"),
        _("All four together: this is what is signed"),
    ]
    pairs = zip(labels, _fingerprints(sentences), _fingerprints(changed), strict=True)
    return Example(sentences[1], changed[1], [Line(label, before, after) for label, before, after in pairs])


def _fingerprints(sentences: list[str]) -> list[str]:
    one, two, three, four = (merkle.leaf_hash(sentence.encode()) for sentence in sentences)
    left, right = merkle.node_hash(one, two), merkle.node_hash(three, four)
    return [each.hex()[:_SHOWN] for each in (one, two, three, four, left, right, merkle.node_hash(left, right))]
