"""Search results as CSV: streamed, one documented set of columns a kind, safe to open in a spreadsheet.

A file may hold every entry of the register. So no entry becomes an object: its own values are read as they are stored,
and what it shares with others (facility, pollutant, load) is read and written once, however many entries point to it.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from charts.tables import safe_cell
from register.models import Facility, Operation, Pollutant, RegisterLoad, WithheldInformation
from register.rows import SumRows
from register.selectors import Criteria, EntryKind, Order, SumBy, as_sum, entries_matching, ordered, sum_keys, sums_of

_CHUNK: Final = 2000
# Spreadsheets take a file without this mark for an 8-bit one, and garble every letter beyond English.
BYTE_ORDER_MARK: Final = "\ufeff"

# Name, meaning, and how the value is read: by a function of the record, or, of the entry itself, from a field.
Column = tuple[str, str | Promise, Callable[[Any], Any]]
OwnColumn = tuple[str, str | Promise, str]
_KILOGRAMS: Final = ""  # in place of a field: the unit, the same in every row


@dataclass(frozen=True)
class Shared:
    """Columns side by side that are read from a record to which many entries point by one of their fields."""

    relation: str
    records: Callable[[], QuerySet[Any]]
    columns: Sequence[Column]


@dataclass(frozen=True)
class Own:
    """Columns side by side of the entry itself."""

    columns: Sequence[OwnColumn]


_FACILITY_COLUMNS: Final[list[Column]] = [
    ("facility_id", _("register number of the facility"), lambda facility: facility.public_id),
    ("facility", _("name of the facility"), lambda facility: facility.title),
    ("operator", _("operator"), lambda facility: facility.operator),
    ("parent_company", _("parent company"), lambda facility: facility.parent_company),
    ("activity_code", _("code of the main activity in Annex I"), lambda facility: _of(facility.activity, "code")),
    ("activity", _("main activity"), lambda facility: _of(facility.activity, "name")),
    ("street", _("street"), lambda facility: facility.street),
    ("postal_code", _("postal code"), lambda facility: facility.postal_code),
    ("city", _("town"), lambda facility: facility.city),
    ("region", _("region"), lambda facility: facility.region),
    ("country", _("country, ISO 3166-1"), lambda facility: facility.country),
    ("latitude", _("latitude, WGS 84"), lambda facility: facility.latitude),
    ("longitude", _("longitude, WGS 84"), lambda facility: facility.longitude),
]
_POLLUTANT_COLUMNS: Final[list[Column]] = [
    ("pollutant_code", _("reporting code of the pollutant"), lambda pollutant: pollutant.code),
    ("pollutant", _("name of the pollutant"), lambda pollutant: pollutant.name),
    ("cas", _("CAS number"), lambda pollutant: pollutant.cas),
    (
        "sub_entry_of",
        _("code of the entry in which the quantity is already counted: never add the two"),
        lambda pollutant: _of(pollutant.part_of, "code"),
    ),
]
_RECEIVER: Final[list[OwnColumn]] = [
    ("receiver", _("name of the receiver"), "receiver_name"),
    ("receiver_city", _("town of the receiver"), "receiver_city"),
    ("receiver_country", _("country of the receiver, ISO 3166-1"), "receiver_country"),
]
_QUANTITY: Final[list[OwnColumn]] = [
    ("reporting_year", _("reporting year"), "reporting_year"),
    ("quantity_kg", _("quantity; empty where there is none"), "quantity_kg"),
    ("unit", _("unit of the quantity: kilograms a year"), _KILOGRAMS),
]
_ACCIDENTAL: Final[list[OwnColumn]] = [
    (
        "accidental_kg",
        _("of the quantity, from extraordinary events; empty where the source does not tell"),
        "accidental_kg",
    ),
]
_STATE: Final[list[OwnColumn]] = [
    (
        "presence",
        _("reported, zero, below_threshold, not_reported, confidential or not_monitored: empty is not zero"),
        "presence",
    ),
    ("method", _("measured, calculated or estimated"), "method"),
]
_MEDIUM: Final[OwnColumn] = ("medium", _("air, water or land"), "medium")

_FACILITY: Final = Shared(
    "facility",
    lambda: Facility.objects.select_related("activity", "operator", "parent_company"),
    _FACILITY_COLUMNS,
)
_POLLUTANT: Final = Shared("pollutant", lambda: Pollutant.objects.select_related("part_of"), _POLLUTANT_COLUMNS)
_OPERATION: Final = Shared(
    "operation",
    Operation.objects.all,
    [("operation", _("code of the operation in Annex III"), lambda operation: operation.code)],
)
_WITHHELD: Final = Shared(
    "withheld",
    WithheldInformation.objects.all,
    [
        ("withheld_type", _("what type of information is withheld"), lambda withheld: withheld.type_withheld),
        ("withheld_ground", _("letter of the ground in Art. 12(1)"), lambda withheld: withheld.ground),
        ("withheld_reason", _("reason why it is withheld"), lambda withheld: withheld.reason),
    ],
)
_LOAD: Final = Shared(
    "load",
    RegisterLoad.objects.all,
    [
        ("source", _("who published the value"), lambda load: load.source_in_words),
        ("source_file", _("file the value was loaded from"), lambda load: load.file_name),
        ("load", _("number of the load"), lambda load: load.pk),
        ("loaded_at", _("instant of the load, UTC"), lambda load: load.loaded_at),
    ],
)
_ORIGIN: Final = (_WITHHELD, _LOAD)

PARTS: Final[dict[EntryKind, Sequence[Shared | Own]]] = {
    EntryKind.RELEASES: (_FACILITY, _POLLUTANT, Own([_MEDIUM, *_QUANTITY, *_ACCIDENTAL, *_STATE]), *_ORIGIN),
    EntryKind.WASTE: (
        _FACILITY,
        Own(
            [
                ("waste_type", _("hazardous or other"), "waste_type"),
                ("treatment", _("disposal or recovery"), "treatment"),
            ]
        ),
        _OPERATION,
        Own([*_RECEIVER, *_QUANTITY, *_STATE]),
        *_ORIGIN,
    ),
    EntryKind.TRANSFERS: (
        _FACILITY,
        _POLLUTANT,
        Own(
            [
                ("destination", _("waste_disposal, waste_recovery or waste_water"), "destination"),
                *_RECEIVER,
                *_QUANTITY,
                *_STATE,
            ]
        ),
        *_ORIGIN,
    ),
    EntryKind.DIFFUSE: (
        Own(
            [
                ("category", _("diffuse source"), "category"),
                ("country", _("country, ISO 3166-1"), "country"),
                ("area", _("area; empty for the whole country"), "area"),
            ]
        ),
        _POLLUTANT,
        Own([_MEDIUM, ("methodology", _("type of methodology used"), "methodology"), *_QUANTITY, *_STATE]),
        *_ORIGIN,
    ),
}
# What a file documents: the name of each column, and what it means.
COLUMNS: Final[dict[EntryKind, list[tuple[str, str | Promise]]]] = {
    kind: [(name, meaning) for part in parts for name, meaning, _read in part.columns] for kind, parts in PARTS.items()
}
# A sum's own columns, after those of its key.
SUM_COLUMNS: Final[list[tuple[str, str | Promise]]] = [
    ("quantity_kg", _("sum; empty where there is nothing to add")),
    ("unit", _("unit of the sum: kilograms")),
    ("first_year", _("first reporting year in the sum")),
    ("last_year", _("last reporting year in the sum")),
    ("entries", _("entries in the sum")),
    ("values_withheld", _("withheld values that are missing from the sum")),
    ("without_quantity", _("entries without a quantity that are missing from the sum")),
    ("methods", _("how many entries are measured, calculated or estimated")),
]
_KEY_COLUMNS: Final = {
    "facility__city": "city",
    "facility__activity": "activity",
    "company": "operator_or_owner",
    "category": "source",
}


def _of(record: Any, name: str) -> Any:
    """Return a value of a record that may not be there."""
    return None if record is None else getattr(record, name)


def _written(value: Any) -> str:
    """Return a value as a cell: numbers and instants as machines read them, words made safe."""
    if isinstance(value, str):
        return safe_cell(value)
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    return safe_cell(str(value))


def _lines(rows: Iterable[Iterable[str]]) -> str:
    """Return rows of cells as lines of CSV."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


class _SharedCells:
    """The cells of the records that entries point to by one field, by primary key."""

    def __init__(self, part: Shared) -> None:
        self.part = part
        self.cells: dict[int | None, list[str]] = {None: [""] * len(part.columns)}

    def of(self, keys: Sequence[int | None]) -> list[list[str]]:
        """Return the cells for each key; records not met before are read in one query."""
        new = set(keys) - self.cells.keys()
        for key, record in self.part.records().in_bulk(new).items() if new else ():
            self.cells[key] = [_written(read(record)) for _name, _meaning, read in self.part.columns]
        return [self.cells[key] for key in keys]


def _own_cells(part: Own, columns: Mapping[str, Sequence[Any]], count: int) -> list[tuple[str, ...]]:
    """Return the cells of entries that are their own."""
    fields = [field for _name, _meaning, field in part.columns]
    written = [[_written(value) for value in columns[field]] if field else ["kg"] * count for field in fields]
    return list(zip(*written, strict=True))


def entries_csv(criteria: Criteria, order: Order) -> Iterator[str]:
    """Yield the entries that a search finds, as lines of CSV, many at a time."""
    parts = PARTS[criteria.kind]
    shared = {part.relation: _SharedCells(part) for part in parts if isinstance(part, Shared)}
    own = [field for part in parts if isinstance(part, Own) for _name, _meaning, field in part.columns if field]
    fields = [*own, *(f"{relation}_id" for relation in shared)]
    entries: QuerySet[Any] = ordered(entries_matching(criteria), criteria.kind, order)
    yield BYTE_ORDER_MARK
    yield _lines([[name for name, _meaning in COLUMNS[criteria.kind]]])
    for chunk in _batched(entries.values_list(*fields).iterator(chunk_size=_CHUNK)):
        columns = dict(zip(fields, zip(*chunk, strict=True), strict=True))
        pieces = [
            shared[part.relation].of(columns[f"{part.relation}_id"])
            if isinstance(part, Shared)
            else _own_cells(part, columns, len(chunk))
            for part in parts
        ]
        yield _lines(chain.from_iterable(row) for row in zip(*pieces, strict=True))


def _batched(rows: Iterator[Any]) -> Iterator[list[Any]]:
    """Yield rows in lists of `_CHUNK`; the last may be shorter."""
    while chunk := list(islice(rows, _CHUNK)):
        yield chunk


def sum_columns(keys: Sequence[str]) -> list[str]:
    """Return the names of the columns that hold the key of a sum."""
    return [_KEY_COLUMNS.get(key, key) for key in keys]


def sums_csv(criteria: Criteria, by: SumBy, order: Order) -> Iterator[str]:
    """Yield the sums that a search finds, as lines of CSV; what a sum leaves out is counted beside it."""
    keys = sum_keys(criteria.kind, by)
    sums = [as_sum(row, keys) for row in sums_of(criteria, by, order)]
    rows: list[list[Any]] = [[*sum_columns(keys), *(name for name, _meaning in SUM_COLUMNS)]]
    for row, held in zip(SumRows(sums, by).rows(), sums, strict=True):
        methods = " ".join(f"{method}:{count}" for method, count in held.methods.items())
        counts = [held.entries, held.withheld, held.without_quantity, methods]
        value = [held.quantity_kg, "kg", held.first_year, held.last_year]
        rows.append([*(cell.text for _title, cell in row.cells), *value, *counts])
    yield BYTE_ORDER_MARK
    yield _lines([_written(value) for value in row] for row in rows)
