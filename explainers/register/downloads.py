"""Search results as CSV: streamed row by row, one documented set of columns a kind, safe to open in a spreadsheet."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC
from decimal import Decimal
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from charts.tables import safe_cell
from register.rows import SumRows
from register.selectors import Criteria, EntryKind, Order, SumBy, as_sum, entries_matching, ordered, sum_keys, sums_of

_CHUNK: Final = 2000
# Spreadsheets take a file without this mark for an 8-bit one, and garble every letter beyond English.
BYTE_ORDER_MARK: Final = "\ufeff"

Column = tuple[str, str | Promise, Callable[[Any], Any]]

_FACILITY: Final[list[Column]] = [
    ("facility_id", _("register number of the facility"), lambda entry: entry.facility.public_id),
    ("facility", _("name of the facility"), lambda entry: entry.facility.title),
    ("operator", _("operator"), lambda entry: entry.facility.operator),
    ("parent_company", _("parent company"), lambda entry: entry.facility.parent_company),
    ("activity_code", _("code of the main activity in Annex I"), lambda entry: _of(entry.facility.activity, "code")),
    ("activity", _("main activity"), lambda entry: _of(entry.facility.activity, "name")),
    ("street", _("street"), lambda entry: entry.facility.street),
    ("postal_code", _("postal code"), lambda entry: entry.facility.postal_code),
    ("city", _("town"), lambda entry: entry.facility.city),
    ("region", _("region"), lambda entry: entry.facility.region),
    ("country", _("country, ISO 3166-1"), lambda entry: entry.facility.country),
    ("latitude", _("latitude, WGS 84"), lambda entry: entry.facility.latitude),
    ("longitude", _("longitude, WGS 84"), lambda entry: entry.facility.longitude),
]
_POLLUTANT: Final[list[Column]] = [
    ("pollutant_code", _("reporting code of the pollutant"), lambda entry: entry.pollutant.code),
    ("pollutant", _("name of the pollutant"), lambda entry: entry.pollutant.name),
    ("cas", _("CAS number"), lambda entry: entry.pollutant.cas),
    (
        "sub_entry_of",
        _("code of the entry in which the quantity is already counted: never add the two"),
        lambda entry: _of(entry.pollutant.part_of, "code"),
    ),
]
_RECEIVER: Final[list[Column]] = [
    ("receiver", _("name of the receiver"), lambda entry: entry.receiver_name),
    ("receiver_city", _("town of the receiver"), lambda entry: entry.receiver_city),
    ("receiver_country", _("country of the receiver, ISO 3166-1"), lambda entry: entry.receiver_country),
]
_VALUE: Final[list[Column]] = [
    ("reporting_year", _("reporting year"), lambda entry: entry.reporting_year),
    ("quantity_kg", _("quantity; empty where there is none"), lambda entry: entry.quantity_kg),
    ("unit", _("unit of the quantity: kilograms a year"), lambda entry: "kg"),
    (
        "presence",
        _("reported, zero, below_threshold, not_reported, confidential or not_monitored: empty is not zero"),
        lambda entry: entry.presence,
    ),
    ("method", _("measured, calculated or estimated"), lambda entry: entry.method),
    ("withheld_type", _("what type of information is withheld"), lambda entry: _of(entry.withheld, "type_withheld")),
    ("withheld_ground", _("letter of the ground in Art. 12(1)"), lambda entry: _of(entry.withheld, "ground")),
    ("withheld_reason", _("reason why it is withheld"), lambda entry: _of(entry.withheld, "reason")),
    ("source", _("who published the value"), lambda entry: _of(entry.load, "source")),
    ("source_file", _("file the value was loaded from"), lambda entry: _of(entry.load, "file_name")),
    ("load", _("number of the load"), lambda entry: _of(entry.load, "pk")),
    ("loaded_at", _("instant of the load, UTC"), lambda entry: _of(entry.load, "loaded_at")),
]

COLUMNS: Final[dict[EntryKind, list[Column]]] = {
    EntryKind.RELEASES: [
        *_FACILITY,
        *_POLLUTANT,
        ("medium", _("air, water or land"), lambda entry: entry.medium),
        *_VALUE[:3],
        (
            "accidental_kg",
            _("of the quantity, from extraordinary events; empty where the source does not tell"),
            lambda entry: entry.accidental_kg,
        ),
        *_VALUE[3:],
    ],
    EntryKind.WASTE: [
        *_FACILITY,
        ("waste_type", _("hazardous or other"), lambda entry: entry.waste_type),
        ("treatment", _("disposal or recovery"), lambda entry: entry.treatment),
        ("operation", _("code of the operation in Annex III"), lambda entry: _of(entry.operation, "code")),
        *_RECEIVER,
        *_VALUE,
    ],
    EntryKind.TRANSFERS: [
        *_FACILITY,
        *_POLLUTANT,
        ("destination", _("waste_disposal, waste_recovery or waste_water"), lambda entry: entry.destination),
        *_RECEIVER,
        *_VALUE,
    ],
    EntryKind.DIFFUSE: [
        ("category", _("diffuse source"), lambda entry: entry.category),
        ("country", _("country, ISO 3166-1"), lambda entry: entry.country),
        ("area", _("area; empty for the whole country"), lambda entry: entry.area),
        *_POLLUTANT,
        ("medium", _("air, water or land"), lambda entry: entry.medium),
        ("methodology", _("type of methodology used"), lambda entry: entry.methodology),
        *_VALUE,
    ],
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
_FACILITY_RELATED: Final = ("facility__activity", "facility__operator", "facility__parent_company")
_COMMON_RELATED: Final = ("load", "withheld")
_RELATED: Final = {
    EntryKind.RELEASES: (*_FACILITY_RELATED, "pollutant__part_of", *_COMMON_RELATED),
    EntryKind.WASTE: (*_FACILITY_RELATED, "operation", *_COMMON_RELATED),
    EntryKind.TRANSFERS: (*_FACILITY_RELATED, "pollutant__part_of", *_COMMON_RELATED),
    EntryKind.DIFFUSE: ("pollutant__part_of", *_COMMON_RELATED),
}


class _Line:
    """A file that hands back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _of(record: Any, name: str) -> Any:
    """Return a value of a record that may not be there."""
    return None if record is None else getattr(record, name)


def _written(value: Any) -> str:
    """Return a value as a cell: numbers and instants as machines read them, words made safe."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, int):
        return str(value)
    if hasattr(value, "astimezone"):
        return str(value.astimezone(UTC).isoformat(timespec="seconds"))
    return safe_cell(str(value))


def csv_lines(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Yield the lines of a CSV file."""
    writer = csv.writer(_Line())
    for row in rows:
        yield writer.writerow([_written(value) for value in row])


def entries_csv(criteria: Criteria, order: Order) -> Iterator[str]:
    """Yield the entries that a search finds, as lines of CSV."""
    entries: QuerySet[Any] = ordered(entries_matching(criteria), criteria.kind, order)
    columns = COLUMNS[criteria.kind]
    found = entries.select_related(*_RELATED[criteria.kind]).iterator(chunk_size=_CHUNK)
    yield BYTE_ORDER_MARK
    yield from csv_lines([[name for name, _meaning, _read in columns]])
    yield from csv_lines([read(entry) for _name, _meaning, read in columns] for entry in found)


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
    yield from csv_lines(rows)
