"""The numbers of a chart as a table for readers and as rows for a file: the same values as in the drawing."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from charts.enums import State
from charts.palette import MARKS, MEDIA
from charts.scales import Unit, units_of
from charts.spec import ChartSpec, Point
from design.formats import format_number

CSV_COLUMNS: Final = (
    "title",
    "year",
    "medium",
    "quantity",
    "unit",
    "quantity_kg",
    "state",
    "values_withheld",
    "methods",
    "caveats",
    "source",
    "data_version",
)
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Table:
    """Column titles, and rows whose first cell is the row's title."""

    columns: list[str]
    rows: list[list[str]]


def table(spec: ChartSpec) -> Table:
    """Return one row a year and one column a medium; an absence stands as mark and words, never as an empty cell."""
    with override(spec.language):
        units = units_of(spec)
        columns = [
            _("Year"),
            *(
                _("%(medium)s, %(unit)s") % {"medium": MEDIA[series.medium].label, "unit": unit.a_year}
                for series, unit in zip(spec.series, units, strict=True)
            ),
        ]
        rows = [
            [
                str(year),
                *(cell(series.points[index], unit) for series, unit in zip(spec.series, units, strict=True)),
            ]
            for index, year in enumerate(spec.years)
        ]
        return Table(columns=columns, rows=rows)


def cell(point: Point, unit: Unit) -> str:
    """Return a point as the text of a cell in the language being made."""
    if point.quantity_kg is None or point.state is State.ZERO:
        mark = MARKS[point.state]
        return f"{mark.glyph} {mark.label}"
    number = format_number(unit.amount(point.quantity_kg))
    return _("%(number)s (part withheld)") % {"number": number} if point.withheld else number


def csv_rows(spec: ChartSpec) -> Iterator[list[str]]:
    """Yield the header and one row for each medium and year; words are codes, numbers have a decimal point."""
    yield list(CSV_COLUMNS)
    for series, unit in zip(spec.series, units_of(spec), strict=True):
        for point in series.points:
            known = point.quantity_kg is not None
            yield [
                spec.title,
                str(point.year),
                series.medium.value,
                format(unit.amount(point.quantity_kg), "f") if point.quantity_kg is not None else "",
                unit.code if known else "",
                format(point.quantity_kg.normalize(), "f") if point.quantity_kg is not None else "",
                point.state.value,
                str(point.withheld),
                " ".join(point.methods),
                " ".join(spec.caveats),
                spec.source,
                spec.data_version,
            ]


def csv_text(spec: ChartSpec) -> str:
    """Return the numbers as a CSV file."""
    buffer = StringIO()
    writer = csv.writer(buffer)
    writer.writerows([safe_cell(value) for value in row] for row in csv_rows(spec))
    return buffer.getvalue()


def safe_cell(value: str) -> str:
    """Return a cell that no spreadsheet runs as a formula: a text that begins like one gets an apostrophe in front."""
    return f"'{value}" if value.startswith(_FORMULA_STARTS) else value
