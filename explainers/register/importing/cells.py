"""Takes out of a row what a mapping says stands in it."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache

from django.db import models
from django.utils.translation import gettext as _

from register.domain.quantities import FIRST_YEAR
from register.enums import Presence
from register.importing.errors import RowRejected
from register.importing.lookups import translations
from register.importing.mapping import FileMapping
from register.importing.numbers import shortened

Row = list[str]
Text = Callable[[Row], str]


class Cells:
    """The cells of the rows of one file, by the names of the fields."""

    def __init__(self, mapping: FileMapping, header: tuple[str, ...]) -> None:
        self.mapping = mapping
        self._places = {name: place for place, name in reversed(list(enumerate(header)))}

    def has(self, field: str) -> bool:
        """Return whether the mapping says anything about a field."""
        return field in self.mapping.columns or field in self.mapping.defaults

    def text(self, field: str) -> Text:
        """Return what reads the text of a field: its columns joined, or its default, or nothing."""
        columns = self.mapping.columns.get(field, ())
        default = self.mapping.defaults.get(field, "")
        if not columns:
            return lambda row: default
        read = self.columns(columns)
        if not default:
            return read
        return lambda row: read(row) or default

    def columns(self, columns: tuple[str, ...]) -> Text:
        """Return what reads one or more columns, leaving out cells that say that nothing was written."""
        missing = self.mapping.missing
        places = [self._places[name] for name in columns]
        if len(places) == 1:
            place = places[0]

            def one(row: Row) -> str:
                cell = row[place].strip()
                return "" if cell in missing else cell

            return one

        def joined(row: Row) -> str:
            cells = (row[place].strip() for place in places)
            return " ".join(cell for cell in cells if cell not in missing)

        return joined

    def required(self, field: str) -> Text:
        """Return what reads a field without which a row says nothing."""
        read = self.text(field)

        def present(row: Row) -> str:
            text = read(row)
            if not text:
                raise RowRejected(_("The row says nothing in the field “%(field)s”.") % {"field": field})
            return text

        return present

    def word(
        self,
        field: str,
        own: Iterable[str],
        *,
        letters: Mapping[str, str] | None = None,
        column: str = "",
        required: bool = False,
    ) -> Text:
        """Return what reads a field whose words are a fixed list: the register's own, or the mapping's for them.

        A wide file may have a column of its own for the field of each medium.
        """
        known = translations(self.mapping.values.get(field, {}), own)
        for letter, value in (letters or {}).items():
            known.setdefault(letter.casefold(), value)
        allowed = set(own)
        read = self.columns((column,)) if column else self.required(field) if required else self.text(field)
        found: dict[str, str] = {"": ""}

        def chosen(row: Row) -> str:
            text = read(row)
            value = found.get(text)
            if value is None:
                value = known.get(text.casefold(), "")
                if value not in allowed:
                    raise RowRejected(
                        _("“%(word)s” is not known in the field “%(field)s”; known there: %(known)s.")
                        % {"word": shortened(text), "field": field, "known": ", ".join(sorted(known))}
                    )
                found[text] = value
            return value

        return chosen

    def translated(self, field: str, *, required: bool = True) -> Text:
        """Return what reads a field and translates the words for which the mapping has others."""
        read = self.required(field) if required else self.text(field)
        words = self.mapping.values.get(field, {})
        return (lambda row: words.get((text := read(row)).casefold(), text)) if words else read

    def year(self, last_year: int) -> Callable[[Row], int]:
        """Return what reads the reporting year; a register has none before FIRST_YEAR and none to come."""
        read = self.required("year")
        found: dict[str, int] = {}

        def year(row: Row) -> int:
            text = read(row)
            value = found.get(text)
            if value is None:
                value = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
                if not FIRST_YEAR <= value <= last_year:
                    raise RowRejected(
                        _("“%(year)s” is no reporting year between %(first)d and %(last)d.")
                        % {"year": shortened(text), "first": FIRST_YEAR, "last": last_year}
                    )
                found[text] = value
            return value

        return year

    def unit(self) -> Text:
        """Return what reads the unit of the row."""
        if not self.mapping.unit_column:
            unit = self.mapping.unit
            return lambda row: unit
        read = self.columns((self.mapping.unit_column,))
        units = self.mapping.unit_values

        def of_row(row: Row) -> str:
            text = read(row)
            unit = units.get(text.casefold())
            if unit is None:
                raise RowRejected(
                    _("“%(unit)s” is no unit that the mapping knows; it knows: %(known)s.")
                    % {"unit": shortened(text), "known": ", ".join(units)}
                )
            return unit

        return of_row

    def quantity(self) -> Callable[[str, str], tuple[Presence, Decimal | None]]:
        """Return what turns the text of a quantity and its unit into kilograms, or into one of the absences."""
        exact = {mark: value for mark, value in self.mapping.marks.items() if not mark.endswith("*") or mark == "*"}
        beginnings = [(mark[:-1], self.mapping.marks[mark]) for mark in self.mapping.marks if mark not in exact]
        kilograms = self.mapping.numbers.kilograms

        @lru_cache(maxsize=4096)  # zeros, and the round numbers that estimates are
        def read(text: str, unit: str) -> tuple[Presence, Decimal | None]:
            folded = text.casefold()
            presence = exact.get(folded)
            if presence is None and beginnings:
                presence = next((value for start, value in beginnings if folded.startswith(start)), None)
            if presence is not None:
                return presence, Decimal(0) if presence == Presence.ZERO else None
            if not text:
                raise RowRejected(
                    _(
                        "There is no quantity; if an empty cell means one of the five absences, "
                        "say which under [marks] in the mapping."
                    )
                )
            quantity = kilograms(text, unit)
            return (Presence.REPORTED if quantity else Presence.ZERO), quantity

        return read


def room_for(model: type[models.Model], field: str) -> int:
    """Return how many characters a field of the register takes."""
    return next(one.max_length or 0 for one in model._meta.concrete_fields if one.name == field)


def limited(read: Text, length: int, field: str) -> Text:
    """Return what reads a text and rejects the row where the register has no room for it."""

    def short(row: Row) -> str:
        text = read(row)
        if len(text) > length:
            raise RowRejected(
                _("The field “%(field)s” has %(found)d characters; the register has room for %(length)d.")
                % {"field": field, "found": len(text), "length": length}
            )
        return text

    return short
