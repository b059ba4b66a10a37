"""What the record's pages say in words: each area names its acts, subjects, facts and commitments here.

An area says in its `wiring.py`:

    from ledger.labels import AreaLabels, describe
    describe("consultations", AreaLabels(title=_("Consultations"), verbs=dict(Verb.choices), …))
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Choices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Role
from design.formats import format_date_long, format_instant, format_number
from design.languages import CODES, current_code
from ledger.domain import PUBLIC_ACTOR, SYSTEM_ACTOR
from ledger.models import Entry

Label = str | Promise
FindAddress = Callable[[str], str]
FindWords = Callable[[str], str]


@dataclass(frozen=True)
class Subject:
    """A kind of subject: what it is called, and how the page about one is found (nothing where there is none)."""

    label: Label
    find_address: FindAddress | None = None


@dataclass(frozen=True)
class AreaLabels:
    """The words of one area: its title; acts, subjects, facts and commitments by name; what the values stand for.

    A value that is a code is told by its `choices`, one that names something stored by what `find_words` returns.
    """

    title: Label
    verbs: Mapping[str, Label] = field(default_factory=dict)
    subjects: Mapping[str, Subject] = field(default_factory=dict)
    facts: Mapping[str, Label] = field(default_factory=dict)
    choices: Mapping[str, Sequence[type[Choices]]] = field(default_factory=dict)
    find_words: Mapping[str, FindWords] = field(default_factory=dict)
    commitments: Mapping[str, Label] = field(default_factory=dict)


_DAY: Final = len("2026-11-30")
_AREAS: Final[dict[str, AreaLabels]] = {}
_ACTORS: Final[Mapping[str, Label]] = {
    PUBLIC_ACTOR: gettext_lazy("somebody from the public"),
    SYSTEM_ACTOR: gettext_lazy("the site itself"),
}


def describe(area: str, labels: AreaLabels) -> None:
    """Say how an area's entries are told; the last to say so counts."""
    _AREAS[area] = labels


def areas() -> Mapping[str, AreaLabels]:
    """Return the areas that have said how their entries are told."""
    return _AREAS


def area_label(entry: Entry) -> Label:
    """Return the title of an entry's area."""
    return _of(entry).title


def verb_label(entry: Entry) -> Label:
    """Return what happened, as a sentence where the area gave one."""
    return _of(entry).verbs.get(entry.verb) or entry.verb.replace("_", " ")


def subject_label(entry: Entry) -> Label:
    """Return what kind of thing the entry is about."""
    subject = _of(entry).subjects.get(entry.subject_kind)
    return subject.label if subject else entry.subject_kind.replace("_", " ")


def subject_address(entry: Entry) -> str:
    """Return the address of the page about the entry's subject; nothing where the public has none. May ask once."""
    subject = _of(entry).subjects.get(entry.subject_kind)
    return subject.find_address(entry.subject_reference) if subject and subject.find_address else ""


def actor_label(entry: Entry) -> Label:
    """Return who acted: a role, never a person."""
    if entry.actor_role in _ACTORS:
        return _ACTORS[entry.actor_role]
    return Role(entry.actor_role).label if entry.actor_role in Role.values else entry.actor_role


def commitment_label(entry: Entry, name: str) -> Label:
    """Return what a commitment is about; numbered ones, such as measure-2, by the label of their first part."""
    labels = _of(entry).commitments
    first, _dash, number = name.rpartition("-")
    if name in labels or first not in labels:
        return labels.get(name, name)
    return f"{labels[first]} {number}"


def facts_in_words(entry: Entry) -> list[tuple[Label, str]]:
    """Return the facts of an entry as labels and values for people; a reason that nobody had to give is left out."""
    labels = _of(entry)
    return [
        (labels.facts.get(name) or name.replace("_", " "), _fact_in_words(labels, name, value))
        for name, value in sorted(entry.facts.items())
        if value != ""
    ]


def _fact_in_words(labels: AreaLabels, name: str, value: Any) -> str:
    find = labels.find_words.get(name)
    found = find(value) if find and isinstance(value, str) else ""
    return found or _in_words(value, labels.choices.get(name, ()))


def _of(entry: Entry) -> AreaLabels:
    return _AREAS.get(entry.area) or AreaLabels(title=entry.area)


def _in_words(value: Any, choices: Sequence[type[Choices]] = ()) -> str:
    """Return a value as people write it: yes, a day, an instant, the label of a code."""
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, list):
        return ", ".join(_in_words(one, choices) for one in value)
    if isinstance(value, dict):
        return _object_in_words(value, choices)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return format_number(value) if isinstance(value, int) else _text_in_words(str(value), choices)


def _object_in_words(value: Mapping[str, Any], choices: Sequence[type[Choices]]) -> str:
    """Return the words of the page's language where a value has several, or what belongs to what."""
    if set(value) <= set(CODES):
        return str(value.get(current_code()) or next(iter(value.values())))
    return "; ".join(f"{name}: {_in_words(one, choices)}" for name, one in value.items())


def _text_in_words(text: str, choices: Sequence[type[Choices]]) -> str:
    for one in choices:
        if text in one.values:
            return str(one(text).label)
    with suppress(ValueError):
        return format_date_long(date.fromisoformat(text)) if len(text) == _DAY else format_instant(_instant(text))
    return text


def _instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("An instant knows its zone; this is some other text.")
    return moment
