"""What an erasure leaves of a receipt: when it was done and why, what can still be shown and what no longer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from design.formats import date_of, format_date_long
from ledger.leaves import BLIND
from ledger.models import Entry, Opening
from receipts.sentences import name_of

IDENTITY_ERASED: Final = "identity_erased"  # the verb of privacy.enums, a room above this one
_AS_WISHED: Final = gettext_lazy("%(day)s, as the person wished")
_WORDS: Final[Mapping[str, Promise]] = {
    "asked": _AS_WISHED,
    "letter": _AS_WISHED,
    "retention": gettext_lazy("%(day)s, because the period of keeping was over"),
}


@dataclass(frozen=True)
class Erasure:
    """When somebody was taken out of what an entry is about, and why, as a code; empty where none is said."""

    at: datetime
    because: str

    @property
    def day(self) -> str:
        """The day where the authority sits, as people write it."""
        return format_date_long(date_of(self.at))

    @property
    def in_words(self) -> str:
        """Day and reason."""
        words = _WORDS.get(self.because)
        return str(words) % {"day": self.day} if words else self.day


def erasure_of(entry: Entry) -> Erasure | None:
    """Return the erasure of whoever the subject of an entry belonged to, as the record says it; one query."""
    erasures = Entry.objects.about(entry.subject_kind, entry.subject_reference)
    found = erasures.filter(area=entry.area, verb=IDENTITY_ERASED).order_by("instant", "pk").last()
    return Erasure(found.instant, str(found.facts.get("cause", ""))) if found else None


def erasure_in(receipt: Mapping[str, Any]) -> Erasure | None:
    """Return the erasure that a receipt tells of; None where it tells of none, or of no day."""
    erased = receipt["erased"]
    if not erased:
        return None
    try:
        moment = datetime.fromisoformat(erased["at"])
        date_of(moment)
    except (ValueError, OverflowError):  # a receipt from a stranger: no instant, or one beyond all years
        return None
    return Erasure(moment, erased["because"])


def shows_no_longer(receipt: Mapping[str, Any]) -> list[str]:
    """Return the names of what the entry is bound to and the receipt does not open."""
    return [name for name in receipt["entry"]["commitments"] if name != BLIND and name not in receipt["openings"]]


def what_is_left(receipt: Mapping[str, Any]) -> list[str]:
    """Return as sentences what a receipt that was given after an erasure shows, and what no longer; else nothing."""
    if not receipt["erased"]:
        return []
    gone = proves_no_longer(receipt)
    if not gone:
        return [_("Nothing that this receipt shows was erased: it proves it as before.")]
    return [_("This receipt still proves that there is this entry, when it was made, and what its lines say."), *gone]


def proves_no_longer(receipt: Mapping[str, Any]) -> list[str]:
    """Return as sentences what a receipt that was given after an erasure cannot prove, and what still can."""
    erasure, gone = erasure_in(receipt), shows_no_longer(receipt)
    if erasure is None or not gone:
        return []
    return [
        _(
            "It proves no longer: %(names)s. What would show it was destroyed on %(day)s; words that are still stored "
            "cannot be compared with the record any more."
        )
        % {"names": ", ".join(_("“%(name)s”") % {"name": name_of(name)} for name in gone), "day": erasure.day},
        _("A receipt that was fetched before that day still proves all of it: whoever has one should keep it."),
    ]


def since_erased(entry: Entry, receipt: Mapping[str, Any]) -> str:
    """Return that the authority cannot prove any more what a kept receipt proves; nothing where it can. Two queries."""
    erasure = erasure_of(entry)
    kept = set(Opening.objects.filter(entry=entry).values_list("name", flat=True)) if erasure else set()
    if erasure is None or set(receipt["openings"]) <= kept:
        return ""
    return _(
        "Since this receipt was given, the authority has erased who it was: %(erased)s. It can no longer prove itself "
        "what this file proves: keep it."
    ) % {"erased": erasure.in_words}
