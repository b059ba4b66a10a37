"""Doing again what was erased after a backup, when that backup has come back."""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from design.formats import format_date_short
from design.refusals import Refusal
from ledger.repeating import Erasure, Repeated
from privacy.domain.erasing import HeldBackError, erase_held, hide_name, postpone_erasure
from privacy.enums import Act, Cause
from privacy.holdings import Held, holding_of
from privacy.models import ErasureNote

logger = logging.getLogger(__name__)

_DONE: Final = "done"
_POSTPONED: Final = "postponed"
_ABSENT: Final = "absent"


def noted_here() -> Iterator[Erasure]:
    """Yield what this site remembers, as lines of the list."""
    for note in ErasureNote.objects.order_by("at", "pk").iterator():
        yield Erasure(note.act, note.holding, note.reference, note.cause, at=note.at)


def repeat_here(erasures: Iterable[Erasure], at: datetime) -> Repeated:
    """Carry out what stands in a list and is not remembered here, each thing once; return the numbers.

    What is remembered was done before the backup was taken. An account that began after the erasure is another one
    under the same number, and stays. Side effects, in order and for each by itself, so that one that fails keeps no
    other: those of the erasure, with an entry that says what it repeats; the line is remembered.
    """
    known = set(noted_here())
    counts = {_DONE: 0, _POSTPONED: 0, _ABSENT: 0}
    failed = 0
    for lines in _by_thing(erasure for erasure in erasures if erasure not in known):
        try:
            with transaction.atomic():
                counts[_repeat(lines[-1], at)] += 1
                ErasureNote.objects.bulk_create([_as_note(line) for line in lines], ignore_conflicts=True)
        except (DatabaseError, Refusal):
            failed += 1
            logger.exception("One erasure of the kind %s could not be done again.", lines[-1].holding)
    return Repeated(done=counts[_DONE], postponed=counts[_POSTPONED], absent=counts[_ABSENT], failed=failed)


def _by_thing(erasures: Iterable[Erasure]) -> list[list[Erasure]]:
    """Return the lines about the same thing together, the oldest first; whether the name alone went, or all, apart."""
    things: dict[tuple[bool, str, str], list[Erasure]] = {}
    for erasure in sorted(erasures, key=lambda erasure: erasure.at):
        things.setdefault((erasure.act == Act.NAME_HIDDEN, erasure.holding, erasure.reference), []).append(erasure)
    return list(things.values())


def _repeat(erasure: Erasure, at: datetime) -> str:
    """Do one again, and return what came of it."""
    held = _find(erasure)
    if held is None:
        return _ABSENT
    if erasure.act == Act.NAME_HIDDEN:
        if not held.shows_name:
            return _ABSENT
        hide_name(held, at=at, repeats=erasure.at)
        return _DONE
    cause = Cause(erasure.cause) if erasure.cause in Cause.values else Cause.ASKED
    reason = _("Done again after a backup came back; first done on %(day)s.") % {"day": format_date_short(erasure.at)}
    try:
        done = erase_held(held, cause=cause, was_asked=True, reason=reason, at=at, repeats=erasure.at)
    except HeldBackError:
        postpone_erasure(held, cause=cause, was_asked=True, reason=reason, at=at)
        return _POSTPONED
    return _DONE if done else _ABSENT


def _find(erasure: Erasure) -> Held | None:
    """Return what a line is about, as it is here; None where it is not, or began only afterwards."""
    holding = holding_of(erasure.holding)
    subject = holding.by_reference(erasure.reference) if holding else None
    if holding is None or subject is None:
        return None
    began = holding.began_at(subject)
    return None if began and began > erasure.at else holding.describe(subject)


def _as_note(line: Erasure) -> ErasureNote:
    return ErasureNote(act=line.act, holding=line.holding, reference=line.reference, cause=line.cause, at=line.at)
