"""Entries and sums as the rows that pages show: every figure with unit, year, medium, method and source."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charts.scales import rounded, unit_for
from design.formats import format_number, format_quantity_kg
from register.absences import ABSENCES, Absence, absence_of, withheld_sentence
from register.caveats import Caveat, ViewFacts, caveats_for, methods_in_words
from register.countries import country_name
from register.enums import DiffuseCategory, Medium, Method, Presence, TransferKind, Treatment, WasteType
from register.models import Activity, Facility, Operation, Pollutant, RegisterLoad
from register.selectors import EntryKind, Sum, SumBy


@dataclass(frozen=True)
class Cell:
    """Words with, where there is one, the address they lead to and a line about them."""

    text: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class EntryRow:
    """One entry as a page shows it."""

    year: int
    facility: Cell
    subject: Cell
    destination: str
    medium_code: str
    quantity: str
    absence: Absence | None
    notes: list[str]
    method: str
    load: RegisterLoad | None
    is_dropped: bool


@dataclass(frozen=True)
class SumRow:
    """One sum as a page shows it: the cells of its key, how much, and what it leaves out."""

    cells: list[tuple[str, Cell]]
    quantity: str
    years: str
    entries: int
    method: str
    notes: list[str]


@dataclass
class EntryTable:
    """Rows with what stands below them: marks, sources and caveats."""

    rows: list[EntryRow]
    absences: list[Absence] = field(default_factory=list)
    loads: list[RegisterLoad] = field(default_factory=list)
    caveats: list[Caveat] = field(default_factory=list)


def facility_cell(facility: Facility) -> Cell:
    """Return a facility with its address and town."""
    return Cell(text=facility.title, url=facility.get_absolute_url(), note=facility.city)


def quantity_in_words(entry: Any) -> str:
    """Return an entry's quantity with its unit, digit by digit as reported; empty where there is none."""
    if entry.quantity_kg is None or entry.presence == Presence.ZERO:
        return ""
    return format_quantity_kg(entry.quantity_kg)


def multiple_in_words(quantity_kg: Decimal | None, threshold_kg: Decimal | None) -> str:
    """Return how many times the reporting threshold a quantity is; empty where either is missing."""
    if not quantity_kg or not threshold_kg:
        return ""
    return _("%(times)s times the reporting threshold of %(threshold)s") % {
        "times": format_number(rounded(quantity_kg / threshold_kg)),
        "threshold": format_quantity_kg(threshold_kg),
    }


def entry_row(entry: Any, kind: EntryKind) -> EntryRow:
    """Return an entry with its related records read as a row."""
    notes = []
    if getattr(entry, "accidental_kg", None):
        notes.append(
            _("of it %(quantity)s in accidents and other extraordinary events")
            % {"quantity": format_quantity_kg(entry.accidental_kg)}
        )
    if entry.withheld:
        notes.append(withheld_sentence(entry.withheld))
    if not entry.is_current:
        notes.append(_("No longer held by the newest load of its source."))
    return EntryRow(
        year=entry.reporting_year,
        facility=_source_cell(entry, kind),
        subject=_subject_cell(entry, kind),
        destination=_destination(entry, kind),
        medium_code=getattr(entry, "medium", "transfer"),
        quantity=quantity_in_words(entry),
        absence=absence_of(entry),
        notes=notes,
        method=str(Method(entry.method).label) if entry.method else "",
        load=entry.load,
        is_dropped=not entry.is_current,
    )


def _source_cell(entry: Any, kind: EntryKind) -> Cell:
    """Return who released or sent it."""
    if kind is EntryKind.DIFFUSE:
        return Cell(text=str(DiffuseCategory(entry.category).label), note=entry.area or country_name(entry.country))
    return facility_cell(entry.facility)


def _subject_cell(entry: Any, kind: EntryKind) -> Cell:
    """Return what was released or sent."""
    if kind is EntryKind.WASTE:
        return Cell(text=str(WasteType(entry.waste_type).label))
    return Cell(text=entry.pollutant.name, url=entry.pollutant.get_absolute_url())


def _destination(entry: Any, kind: EntryKind) -> str:
    """Return where it went: a medium, or a treatment with the receiver."""
    if kind in {EntryKind.RELEASES, EntryKind.DIFFUSE}:
        return str(Medium(entry.medium).label)
    if kind is EntryKind.WASTE:
        treatment = str(Treatment(entry.treatment).label)
        what = f"{treatment} ({entry.operation.code})" if entry.operation else treatment
    else:
        what = str(TransferKind(entry.destination).label)
    return ", ".join(part for part in (what, receiver_in_words(entry)) if part)


def receiver_in_words(entry: Any) -> str:
    """Return who received a transfer, as far as it is told."""
    country = country_name(entry.receiver_country) if entry.receiver_country else ""
    return ", ".join(part for part in (entry.receiver_name, entry.receiver_city, country) if part)


def entry_table(entries: Iterable[Any], kind: EntryKind) -> EntryTable:
    """Return entries as rows, with the marks, sources and caveats that these rows call for."""
    held = list(entries)
    rows = [entry_row(entry, kind) for entry in held]
    met = {entry.presence for entry in held}
    loads = {entry.load_id: entry.load for entry in held if entry.load}
    facts = ViewFacts(
        methods=Counter(Method(entry.method) for entry in held if entry.method),
        confidential=sum(entry.presence == Presence.CONFIDENTIAL for entry in held),
        accidental_unknown=kind is EntryKind.RELEASES and any(load.accidental_unknown for load in loads.values()),
        several_pollutants=len({getattr(entry, "pollutant_id", None) for entry in held}) > 1,
        absent_may_be_below_threshold=kind is not EntryKind.DIFFUSE,
    )
    return EntryTable(
        rows=rows,
        absences=[absence for presence, absence in ABSENCES.items() if presence in met],
        loads=sorted(loads.values(), key=lambda load: load.pk),
        caveats=caveats_for(facts) if held else [],
    )


# More primary keys than this are not named one by one: databases limit how many values a query may carry.
_NAMED_ONE_BY_ONE: Final = 500


def _read(model: type[Model], wanted: set[int]) -> QuerySet[Any]:
    """Return the records with these primary keys, or all of a table of which many are wanted."""
    records = model._default_manager.all()
    return records.filter(pk__in=wanted) if len(wanted) <= _NAMED_ONE_BY_ONE else records


class SumRows:
    """Turns sums into rows; the records that their keys name are read once for all rows of a page."""

    def __init__(self, sums: Sequence[Sum], by: SumBy) -> None:
        self.sums = sums
        self.by = by
        self.records: dict[str, dict[int, Any]] = {
            key: {record.pk: record for record in _read(model, self._wanted(key))}
            for key, model in _RECORDS.items()
            if any(key in held.key for held in sums)
        }

    def _wanted(self, key: str) -> set[int]:
        return {held.key[key] for held in self.sums if held.key.get(key) is not None}

    def rows(self) -> list[SumRow]:
        """Return the rows."""
        return [self._row(held) for held in self.sums]

    def _row(self, held: Sum) -> SumRow:
        quantity = ""
        if held.quantity_kg is not None:
            quantity = unit_for(held.quantity_kg).in_words(held.quantity_kg)
        first, last = held.first_year, held.last_year
        return SumRow(
            cells=[(_heading(key), self._cell(key, value)) for key, value in held.key.items()],
            quantity=quantity,
            years=str(first) if first == last else f"{first}–{last}",
            entries=held.entries,
            method=methods_in_words(Counter(held.methods)),
            notes=_left_out(held),
        )

    def _cell(self, key: str, value: Any) -> Cell:
        """Return one part of a sum's key in words."""
        if key in self.records:
            record = self.records[key].get(value)
            return Cell(_("not stated")) if record is None else _record_cell(record)
        if key == "reporting_year":
            return Cell(str(value))
        if key in _CHOICES:
            return Cell(str(_CHOICES[key](value).label))
        if key in _COUNTRIES:
            return Cell(country_name(value) if value else _("not stated"))
        if key == "area":
            return Cell(value or _("whole country"))
        return Cell(value or _("not stated"))


_RECORDS = {
    "pollutant": Pollutant,
    "facility": Facility,
    "facility__activity": Activity,
    "operation": Operation,
}
_COUNTRIES: Final = frozenset({"country", "receiver_country"})
_CHOICES: dict[str, Any] = {
    "medium": Medium,
    "waste_type": WasteType,
    "treatment": Treatment,
    "destination": TransferKind,
    "category": DiffuseCategory,
}


def _record_cell(record: Any) -> Cell:
    """Return a record by its name, with its page where it has one."""
    if isinstance(record, Facility):
        return facility_cell(record)
    return Cell(text=str(record), url=record.get_absolute_url() if isinstance(record, Pollutant) else "")


def _left_out(held: Sum) -> list[str]:
    """Return what a sum could not hold."""
    notes = []
    if held.withheld:
        notes.append(
            ngettext(
                "%(count)s withheld value is missing from it.",
                "%(count)s withheld values are missing from it.",
                held.withheld,
            )
            % {"count": format_number(held.withheld)}
        )
    if held.without_quantity:
        notes.append(
            ngettext(
                "%(count)s entry without a quantity is missing from it.",
                "%(count)s entries without a quantity are missing from it.",
                held.without_quantity,
            )
            % {"count": format_number(held.without_quantity)}
        )
    return notes


def _heading(key: str) -> str:
    """Return the column title of one part of a sum's key."""
    return {
        "reporting_year": _("Year"),
        "pollutant": _("Pollutant"),
        "medium": _("Released to"),
        "waste_type": _("Waste"),
        "treatment": _("Destined for"),
        "destination": _("Destined for"),
        "facility": _("Facility"),
        "facility__city": _("Town"),
        "facility__activity": _("Activity"),
        "company": _("Operator or owner"),
        "receiver_country": _("Country of the receiver"),
        "operation": _("Operation"),
        "category": _("Diffuse source"),
        "country": _("Country"),
        "area": _("Area"),
    }[key]


def sum_headings(keys: Sequence[str]) -> list[str]:
    """Return the column titles of a sum's key."""
    return [_heading(key) for key in keys]


def sum_caveats(sums: Sequence[Sum], kind: EntryKind) -> list[Caveat]:
    """Return the caveats that the sums of a page call for."""
    facts = ViewFacts(
        methods=sum((Counter(held.methods) for held in sums), Counter[Method]()),
        confidential=sum(held.withheld for held in sums),
        several_pollutants=len({held.key.get("pollutant") for held in sums}) > 1,
        absent_may_be_below_threshold=kind is not EntryKind.DIFFUSE,
    )
    return caveats_for(facts) if sums else []
