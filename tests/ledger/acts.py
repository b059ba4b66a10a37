"""What an act may write into the record: one entry, whose facts have one of the shapes listed here, and no other."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Choices

from consultations import enums as consultations
from files.enums import Kind as FileKind
from inforequests import enums as inforequests
from learning.enums import CertificateClass
from ledger.models import Entry
from privacy.enums import Cause
from register import enums as register

Shape = Callable[[Any], bool]


@contextmanager
def entries_written() -> Iterator[list[Entry]]:
    """The entries that something writes, once it is done."""
    last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    written: list[Entry] = []
    yield written
    written += Entry.objects.filter(pk__gt=last).order_by("pk")


def misfits(entries: Iterable[Entry]) -> list[str]:
    """The facts that are of no name, or of no shape, that the record knows."""
    return [
        f"{entry.verb}: {name} = {value!r}"
        for entry in entries
        for name, value in entry.facts.items()
        if not any(fits(value) for fits in FACTS.get(name, ()))
    ]


def one_of(*choices: type[Choices]) -> Shape:
    """A code of an enumeration, or none."""
    return lambda value: value == "" or any(value in one.values for one in choices)


def like(pattern: str) -> Shape:
    """A text of a narrow form."""
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def yes_or_no(value: Any) -> bool:
    """A plain yes or no."""
    return isinstance(value, bool)


def number(value: Any) -> bool:
    """A whole number."""
    return isinstance(value, int) and not isinstance(value, bool)


def day(value: Any) -> bool:
    """A day, or none."""
    return value is None or (isinstance(value, str) and str(_parsed(date, value)) == value)


def instant(value: Any) -> bool:
    """An instant that knows its zone."""
    moment = _parsed(datetime, value) if isinstance(value, str) else None
    return moment is not None and moment.tzinfo is not None and moment.isoformat() == value


def several(fits: Shape) -> Shape:
    """Some of a shape."""
    return lambda value: isinstance(value, list) and all(fits(one) for one in value)


def numbered(fits: Shape) -> Shape:
    """Something of a shape under each of some numbers."""
    return lambda value: isinstance(value, dict) and all(key.isdecimal() and fits(one) for key, one in value.items())


def _parsed(kind: Any, value: str) -> Any:
    try:
        return kind.fromisoformat(value)
    except ValueError:
        return None


HASH: Final = like("[0-9a-f]{64}|")  # of what everybody may read: a proposal, a file of the register
CODE: Final = like("[a-z0-9]+([-_.][a-z0-9]+)*|")  # of a table of ours, whose rows nobody from outside can add to
REFERENCE: Final = like(r"C-\d{4}-\d{3,}")
ZONE: Final = like("UTC|[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+")

# Every fact by its name. A new one gets its line here: a code, a number, a day, an instant, a reference, the hash of
# something public. What somebody wrote has no line: the entry commits to it (`record_event(…, private={…})`).
FACTS: Final[Mapping[str, tuple[Shape, ...]]] = {
    "answers": (number,),
    "answers_published_with_it": (number,),
    "asks_for_clarification": (yes_or_no,),
    "before": (several(CODE),),
    "cause": (one_of(Cause),),
    "channel": (one_of(consultations.Channel),),
    "checkpoint_root": (HASH,),
    "checkpoint_size": (number,),
    "class": (one_of(CertificateClass),),
    "clock": (one_of(inforequests.ClockKind),),
    "closes_at": (instant,),
    "complied": (several(number),),
    "comply_by": (day,),
    "decided_on": (day,),
    "decision": (number,),
    "disposition": (one_of(consultations.Disposition, inforequests.Disposition),),
    "docket": (REFERENCE,),
    "entries": (number,),
    "entries_that_stay": (number,),
    "file": (number,),
    "ground": (one_of(inforequests.GroundCode, register.WithholdingGround),),
    "in_part": (yes_or_no,),
    "item": (number,),
    "items": (number, numbered(one_of(inforequests.Disposition))),
    "kind": (one_of(consultations.DecisionKind, inforequests.MessageKind, register.LoadKind),),
    "last_day": (day,),
    "late": (yes_or_no,),
    "limb": (one_of(inforequests.Limb),),
    "manifest_sha256": (HASH,),
    "opens_at": (instant,),
    "outcome": (one_of(inforequests.ReviewOutcome),),
    "point": (number,),
    "points": (number,),
    "points_left_out": (number,),
    "preference": (one_of(consultations.PublicationPreference),),
    "privacy": (one_of(inforequests.AnswerPrivacy),),
    "programme": (CODE,),
    "proposal_version": (number,),
    "reason": (one_of(consultations.ModerationReason),),
    "received_at": (instant,),
    "register": (CODE,),
    "rendition": (one_of(FileKind),),
    "reopened": (several(number),),
    "repeats": (instant,),
    "review": (number,),
    **{
        f"rows_{what}": (number,)
        for what in (
            "read",
            "added",
            "added_late",
            "unchanged",
            "revised",
            "amended",
            "restored",
            "dropped",
            "rejected",
        )
    },
    "rule": (CODE,),
    "sha256": (HASH,),
    "stage": (one_of(inforequests.ReviewStage),),
    "state": (one_of(consultations.SubmissionState),),
    "submitted_at": (instant,),
    "submitters_told": (number,),
    "taken_at": (instant,),
    "type_withheld": (one_of(register.WithheldType),),
    "unanswered": (several(number),),
    "version": (number,),
    "withheld_type": (one_of(inforequests.WithheldType),),
    "zone": (ZONE,),
}
