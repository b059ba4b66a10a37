"""Reads: what is held about somebody, how long things are kept, and what was erased."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from design.formats import format_instant
from files.models import StoredFile
from ledger.models import Entry
from notices.models import Message
from privacy.enums import Consequence
from privacy.holdings import Held, Part, Proof, holdings
from privacy.lower_rooms import LETTERS, file_data, file_part, held_file, letter_data, letter_part
from privacy.models import RetentionRule, RetentionRun


def what_is_held(proof: Proof) -> list[Held]:
    """Return everything that is held about whoever has shown who she is, each with its letters and its lines of record.

    Three queries besides those of the holdings, however many things there are.
    """
    found = [held for holding in holdings() for held in holding.find(proof)]
    told = _letters_about([held.about for held in found if held.about])
    recorded = _recorded(found)
    files = _files(found)
    abouts = {held.about for held in found if held.about}
    complete = []
    for held in found:
        if held.holding.key == LETTERS:
            rest = _without(held, abouts)
            complete += [rest] if rest else []
            continue
        letters = told.get(held.about, []) if held.about else []
        entries = recorded.get((held.holding.subject_kind, held.reference), [])
        complete.append(
            _complete(
                held,
                letters=letters,
                entries=entries,
                sent=files.get((held.holding.subject_kind, held.reference), []),
            )
        )
    return complete


def _complete(held: Held, *, letters: Sequence[Message], entries: Sequence[Entry], sent: Sequence[StoredFile]) -> Held:
    """Return a thing with its files, its letters and its lines of the record."""
    goes = list(held.goes)
    if any(not file.is_erased for file in sent):
        goes.append(_("The files you sent with it, those that were published included."))
    told = [dataclasses.replace(letter_part(letter), label=_("Letter")) for letter in letters]
    return dataclasses.replace(
        held,
        goes=goes,
        files=[held_file(file) for file in sent if file.can_be_opened],
        parts=[*held.parts, *(file_part(file) for file in sent), *told],
        data={
            **held.data,
            "files_sent": [file_data(file) for file in sent],
            "letters": [letter_data(letter) for letter in letters],
            "record": [_entry_data(entry) for entry in entries],
        },
    )


def _letters_about(abouts: Sequence[str]) -> dict[str, list[Message]]:
    letters: dict[str, list[Message]] = {}
    for letter in Message.objects.filter(about__in=abouts).order_by("written_at", "pk"):
        letters.setdefault(letter.about, []).append(letter)
    return letters


def _files(found: Sequence[Held]) -> dict[tuple[str, str], list[StoredFile]]:
    files: dict[tuple[str, str], list[StoredFile]] = {}
    references = [held.reference for held in found]
    for file in StoredFile.objects.bound().filter(subject_reference__in=references).order_by("position"):
        files.setdefault((file.subject_kind, file.subject_reference), []).append(file)
    return files


def _recorded(found: Sequence[Held]) -> dict[tuple[str, str], list[Entry]]:
    entries: dict[tuple[str, str], list[Entry]] = {}
    references = [held.reference for held in found]
    for entry in Entry.objects.filter(subject_reference__in=references).order_by("instant", "pk"):
        entries.setdefault((entry.subject_kind, entry.subject_reference), []).append(entry)
    return entries


def _entry_data(entry: Entry) -> dict[str, Any]:
    return {"number": entry.pk, "instant": entry.instant, "act": entry.verb, "facts": entry.facts}


def _without(held: Held, abouts: set[str]) -> Held | None:
    """Return the letters that are about nothing else that is shown; they are the same thing, and erased as one."""
    letters = [letter for letter in held.data["letters"] if letter["about"] not in abouts]
    skips = [skip for skip in held.data["not_written"] if skip["about"] not in abouts]
    if not letters and not skips:
        return None
    lines = [Part(format_instant(letter["written_at"]), letter["subject"]) for letter in letters]
    return dataclasses.replace(held, parts=lines, data={**held.data, "letters": letters, "not_written": skips})


@dataclass(frozen=True)
class Kept:
    """One line of the table on the page about privacy."""

    title: str
    period: str
    counted_from: str
    legal_basis: str
    consequence: str
    is_active: bool
    stays: bool  # without end, as part of the public record


def retention_table() -> list[Kept]:
    """Return how long each kind of thing is kept, in the language of the page; one query."""
    return [
        Kept(
            title=rule.title,
            period=rule.period,
            counted_from=rule.counted_from,
            legal_basis=rule.legal_basis,
            consequence=str(rule.get_consequence_display()),
            is_active=rule.is_active,
            stays=rule.consequence == Consequence.KEEP,
        )
        for rule in RetentionRule.objects.all()
        if rule.known_kind is not None
    ]


def last_carried_out() -> datetime | None:
    """Return when the periods were last carried out; one query."""
    run = RetentionRun.objects.order_by("-ran_at").first()
    return run.ran_at if run else None
