"""The five absences, in five sentences with five marks; only one of them says that nothing was released."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from charts.enums import State
from charts.palette import MARKS
from register.enums import Presence

if TYPE_CHECKING:
    from register.models import WithheldInformation
    from register.models.entries import Entry


@dataclass(frozen=True)
class Absence:
    """How one kind of absence is shown: mark, short words, and the sentence that explains it."""

    presence: Presence
    mark: str
    label: str | Promise
    sentence: str | Promise


_SENTENCES: Final = {
    Presence.ZERO: _("Zero: it was reported that nothing was released or transferred."),
    Presence.BELOW_THRESHOLD: _(
        "Below the threshold: the quantity is too small to have to be reported. That is not the same as zero."
    ),
    Presence.NOT_REPORTED: _(
        "Not reported: the register holds no value. That does not mean that nothing was released or transferred."
    ),
    Presence.CONFIDENTIAL: _(
        "Confidential: a value exists and is withheld. The register says what type of information is withheld, and why."
    ),
    Presence.NOT_MONITORED: _("Not monitored: nobody measured, calculated or estimated the quantity."),
}

ABSENCES: Final = {
    presence: Absence(
        presence=presence, mark=MARKS[State(presence.value)].glyph, label=presence.label, sentence=sentence
    )
    for presence, sentence in _SENTENCES.items()
}


def absence_of(entry: "Entry") -> Absence | None:
    """Return which absence an entry is, None where it has a quantity above zero."""
    return ABSENCES.get(Presence(entry.presence))


def withheld_sentence(withheld: "WithheldInformation") -> str:
    """Return what type of information is withheld, on which ground and for what reason (Art. 12(3))."""
    return gettext("Withheld: %(type)s. Ground: %(ground)s. Reason: %(reason)s") % {
        "type": withheld.get_type_withheld_display(),
        "ground": withheld.ground_in_words,
        "reason": withheld.reason,
    }
