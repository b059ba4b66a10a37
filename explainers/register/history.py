"""What later loads changed, in sentences: "quantity revised from 11,000 kg to 12,000 kg by load 4"."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.translation import gettext as _

from design.formats import format_quantity_kg
from register.enums import ChangeKind, LoadKind, Medium, Method, Presence, Treatment, WasteType
from register.models import (
    DiffuseRelease,
    EntryChange,
    Facility,
    PollutantTransfer,
    RegisterLoad,
    Release,
    WasteTransfer,
)

_MODELS: Final[dict[str, type[Model]]] = {
    LoadKind.FACILITIES: Facility,
    LoadKind.RELEASES: Release,
    LoadKind.WASTE_TRANSFERS: WasteTransfer,
    LoadKind.POLLUTANT_TRANSFERS: PollutantTransfer,
    LoadKind.DIFFUSE: DiffuseRelease,
}
# Says only that a newer file describes the facility too: no fact about it has changed.
_NO_NEWS: Final = frozenset({"described_year"})
_WITHHELD_FIELD: Final = "withheld"  # told by whether there is such a record, never by what it says
_QUANTITIES: Final = frozenset({"quantity_kg", "accidental_kg"})
_CHOICES: Final[dict[str, Any]] = {
    "presence": Presence,
    "method": Method,
    "medium": Medium,
    "waste_type": WasteType,
    "treatment": Treatment,
}


@dataclass(frozen=True)
class ChangeRow:
    """One change of one entry: what about, what happened, by which load."""

    year: int | None
    subject: str
    sentences: list[str]
    load: RegisterLoad
    change: ChangeKind


def change_rows(changes: Iterable[EntryChange]) -> list[ChangeRow]:
    """Return changes, with their load and pollutant already read, as rows; without those that are no news."""
    rows = [
        ChangeRow(
            year=change.reporting_year,
            subject=_subject(change),
            sentences=_sentences(change),
            load=change.load,
            change=ChangeKind(change.change),
        )
        for change in changes
    ]
    return [row for row in rows if row.sentences]


def _subject(change: EntryChange) -> str:
    """Return what a change is about: pollutant and medium, or the kind of entry."""
    kind = LoadKind(change.kind)
    if kind is LoadKind.FACILITIES:
        return _("Details of the facility")
    if change.pollutant is None:
        return str(kind.label).capitalize()
    medium = _medium_of(change)
    return f"{change.pollutant.name}, {medium}" if medium else change.pollutant.name


def _medium_of(change: EntryChange) -> str:
    """Return the medium of a changed release, which its key names last but one."""
    if change.kind not in {LoadKind.RELEASES, LoadKind.DIFFUSE}:
        return ""
    parts = change.entry_key.split("/")
    return str(Medium(parts[-2]).label) if len(parts) > 1 and parts[-2] in Medium.values else ""


def _sentences(change: EntryChange) -> list[str]:
    """Return what happened, one sentence a field."""
    if change.change == ChangeKind.DROPPED:
        held = _quantity(change.before.get("quantity_kg"))
        if held:
            return [_("Dropped: the newest file no longer holds it. It was %(quantity)s.") % {"quantity": held}]
        return [_("Dropped: the newest file no longer holds it.")]
    sentences = [_("Restored: a later file holds it again.")] if change.change == ChangeKind.RESTORED else []
    names = [name for name in {**change.before, **change.after} if change.before.get(name) != change.after.get(name)]
    return sentences + [_field_sentence(change, name) for name in names if name not in _NO_NEWS]


def _field_sentence(change: EntryChange, name: str) -> str:
    """Return how one field changed."""
    if name == _WITHHELD_FIELD:
        if change.after.get(name):
            return _("Since this load something about it is withheld; its page says what, and why.")
        return _("Since this load nothing about it is withheld any longer.")
    facts = {
        "field": _field_name(change, name),
        "before": _value(name, change.before.get(name)),
        "after": _value(name, change.after.get(name)),
    }
    if name in _QUANTITIES:
        return _("Revised: %(field)s from %(before)s to %(after)s.") % facts
    return _("Changed: %(field)s from “%(before)s” to “%(after)s”.") % facts


def _field_name(change: EntryChange, name: str) -> str:
    """Return what a field is called on the page."""
    if name == "quantity_kg":
        return _("quantity")
    if name == "accidental_kg":
        return _("accidental quantity")
    try:
        field = _MODELS[change.kind]._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    return str(getattr(field, "verbose_name", name))


def _value(name: str, value: Any) -> str:
    """Return one side of a change in words."""
    if value is None or value == "":
        return _("no value")
    if name in _QUANTITIES:
        return _quantity(value) or str(value)
    choices = _CHOICES.get(name)
    return str(choices(value).label) if choices and value in choices.values else str(value)


def _quantity(value: Any) -> str:
    """Return decimal text in kilograms with its unit; empty where it is none."""
    try:
        return format_quantity_kg(Decimal(str(value))) if value not in {None, ""} else ""
    except InvalidOperation:
        return ""
