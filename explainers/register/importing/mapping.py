"""How a file says what it says: columns, units, numbers and words, declared in a small TOML file (README.md)."""

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from register.domain.quantities import KILOGRAMS_PER
from register.enums import LoadKind, Medium, Presence, WithheldType, WithholdingGround
from register.importing.errors import MappingRefused
from register.importing.fields import FIELDS, TRANSLATED
from register.importing.numbers import NumberFormat

BUILT_IN: Final = Path(__file__).resolve().parent / "mappings"
MARKABLE: Final = (
    Presence.ZERO,
    Presence.BELOW_THRESHOLD,
    Presence.NOT_REPORTED,
    Presence.CONFIDENTIAL,
    Presence.NOT_MONITORED,
)
ZERO_IS_ZERO: Final = "zero"
ZERO_IS_UNKNOWN: Final = "unknown"
ZERO_IS_UNKNOWN_IF_ALWAYS: Final = "unknown_if_always"
REJECT_REPEATS: Final = "reject"
KEEP_FIRST: Final = "keep_first"


@dataclass(frozen=True)
class MediumColumns:
    """For wide files: the columns whose sum is the release to one medium."""

    medium: str
    columns: tuple[str, ...]
    method: str = ""


@dataclass(frozen=True)
class Withholding:
    """What to say about a value that the file marks as confidential (Art. 12(3))."""

    type_withheld: str = WithheldType.QUANTITY
    ground: str = ""
    reason_en: str = ""
    reason_fr: str = ""
    reason_ru: str = ""


@dataclass(frozen=True)
class FileMapping:
    """One way of writing a file, declared once and used for every edition of it."""

    title: str
    kind: LoadKind
    register: str = ""
    delimiter: str = ","
    encoding: str = "utf-8"
    numbers: NumberFormat = field(default_factory=NumberFormat)
    missing: frozenset[str] = frozenset({""})
    on_repeat: str = REJECT_REPEATS
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unit: str = "kg"
    unit_column: str = ""
    unit_values: Mapping[str, str] = field(default_factory=dict)
    media: tuple[MediumColumns, ...] = ()
    marks: Mapping[str, Presence] = field(default_factory=dict)
    accidental_zero: str = ZERO_IS_ZERO
    withheld_mark: str = ""
    withholding: Withholding = field(default_factory=Withholding)

    def columns_needed(self) -> tuple[str, ...]:
        """Return every column that the file must have, in the order of the mapping."""
        named = [name for names in self.columns.values() for name in names]
        for medium in self.media:
            named += [*medium.columns, *([medium.method] if medium.method else [])]
        if self.unit_column:
            named.append(self.unit_column)
        return tuple(dict.fromkeys(named))


def built_in_mappings() -> list[FileMapping]:
    """Return the mappings that recognise a file by its header alone: the E-PRTR extract's."""
    return [read_mapping(path) for path in sorted(BUILT_IN.glob("eprtr_*.toml"))]


def read_mapping(path: Path) -> FileMapping:
    """Read a mapping; raise MappingRefused with a sentence where it says something that nobody would understand."""
    try:
        with path.open("rb") as file:
            table = tomllib.load(file)
    except FileNotFoundError as problem:
        raise MappingRefused(_("There is no mapping %(path)s.") % {"path": path}) from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise MappingRefused(
            _("The mapping %(path)s is not TOML: %(problem)s.") % {"path": path, "problem": problem}
        ) from problem
    except OSError as problem:
        raise MappingRefused(
            _("The mapping %(path)s cannot be opened: %(problem)s.") % {"path": path, "problem": problem.strerror}
        ) from problem
    return _Reader(path.name, table).mapping()


class _Reader:
    """Reads one TOML table, and complains in sentences that name the mapping and the place in it."""

    def __init__(self, name: str, table: dict[str, Any]) -> None:
        self.name = name
        self.table = table

    def mapping(self) -> FileMapping:
        self._only(self.table, _TABLES, "")
        kind = LoadKind(self._one_of("kind", self.table.get("kind"), LoadKind.values))
        file = self._table("file", ["delimiter", "encoding", "decimal", "thousands", "missing", "on_repeat"])
        units = self._table("units", ["quantity", "column", "values"])
        withheld = self._table("withheld", ["mark", "type", "ground", "reason_en", "reason_fr", "reason_ru"])
        mapping = FileMapping(
            title=self._text("title", self.table.get("title", self.name)),
            kind=kind,
            register=self._text("register", self.table.get("register", "")),
            delimiter=self._delimiter(file.get("delimiter", ",")),
            encoding=self._encoding(file.get("encoding", "utf-8")),
            numbers=self._numbers(file),
            missing=frozenset({"", *self._texts("file.missing", file.get("missing", []))}),
            on_repeat=self._one_of(
                "file.on_repeat", file.get("on_repeat", REJECT_REPEATS), [REJECT_REPEATS, KEEP_FIRST]
            ),
            columns=self._columns(kind),
            defaults=self._defaults(kind),
            values=self._values(kind),
            unit=self._unit("units.quantity", units.get("quantity", "kg")),
            unit_column=self._text("units.column", units.get("column", "")),
            unit_values={
                str(word).casefold(): self._unit(f"units.values.{word}", unit)
                for word, unit in self._inner(units, "values", "units.values").items()
            },
            media=tuple(self._media(kind)),
            marks=self._marks(),
            accidental_zero=self._one_of(
                "accidental.zero",
                self._table("accidental", ["zero"]).get("zero", ZERO_IS_ZERO),
                [ZERO_IS_ZERO, ZERO_IS_UNKNOWN, ZERO_IS_UNKNOWN_IF_ALWAYS],
            ),
            withheld_mark=self._text("withheld.mark", withheld.get("mark", "")),
            withholding=self._withholding(withheld, kind),
        )
        self._complete(mapping)
        return mapping

    def _refuse(self, sentence: str) -> MappingRefused:
        return MappingRefused(_("In the mapping %(name)s: %(problem)s") % {"name": self.name, "problem": sentence})

    def _only(self, table: Mapping[str, Any], known: Iterable[str], place: str) -> None:
        known = list(known)
        for key in table:
            if key not in known:
                guess = difflib.get_close_matches(key, known, n=1)
                hint = guess[0] if guess else ", ".join(known)
                raise self._refuse(
                    _("“%(key)s” means nothing here; is it %(hint)s?")
                    % {"key": f"{place}.{key}" if place else key, "hint": hint}
                )

    def _inner(self, table: Mapping[str, Any], key: str, place: str) -> dict[str, Any]:
        inner = table.get(key, {})
        if not isinstance(inner, dict):
            raise self._refuse(_("“%(place)s” has to be a table.") % {"place": place})
        return inner

    def _table(self, key: str, known: Iterable[str]) -> dict[str, Any]:
        table = self._inner(self.table, key, key)
        self._only(table, known, key)
        return table

    def _text(self, place: str, value: Any) -> str:
        if not isinstance(value, str):
            raise self._refuse(_("“%(place)s” has to be a text in quotation marks.") % {"place": place})
        return value

    def _texts(self, place: str, value: Any) -> tuple[str, ...]:
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self._refuse(_("“%(place)s” has to be a text or a list of texts.") % {"place": place})
        return tuple(value)

    def _one_of(self, place: str, value: Any, known: Iterable[str]) -> str:
        known = [str(one) for one in known]
        if value not in known:
            raise self._refuse(
                _("“%(place)s” has to be one of: %(known)s.") % {"place": place, "known": ", ".join(known)}
            )
        return str(value)

    def _unit(self, place: str, value: Any) -> str:
        return self._one_of(place, value, KILOGRAMS_PER)

    def _delimiter(self, value: Any) -> str:
        if not isinstance(value, str) or len(value) != 1 or value in '"\r\n':
            raise self._refuse(_("“file.delimiter” has to be one character, such as “;” or a tabulator."))
        return value

    def _encoding(self, value: Any) -> str:
        try:
            "a".encode(self._text("file.encoding", value))
        except LookupError as problem:
            raise self._refuse(
                _("“%(encoding)s” is no encoding; usual ones are utf-8, cp1252 and cp1251.") % {"encoding": value}
            ) from problem
        return str(value)

    def _numbers(self, file: Mapping[str, Any]) -> NumberFormat:
        decimal = self._one_of("file.decimal", file.get("decimal", "."), [".", ","])
        thousands = self._one_of("file.thousands", file.get("thousands", ""), ["", ".", ",", " ", "'"])
        if decimal == thousands:
            raise self._refuse(_("the decimal mark and the separator of thousands cannot be the same."))
        return NumberFormat(decimal, thousands)

    def _columns(self, kind: LoadKind) -> dict[str, tuple[str, ...]]:
        table = self._table("columns", FIELDS[kind].all())
        return {name: self._texts(f"columns.{name}", value) for name, value in table.items()}

    def _defaults(self, kind: LoadKind) -> dict[str, str]:
        table = self._table("defaults", FIELDS[kind].all())
        return {name: self._text(f"defaults.{name}", value) for name, value in table.items()}

    def _values(self, kind: LoadKind) -> dict[str, dict[str, str]]:
        table = self._table("values", [name for name in FIELDS[kind].all() if name in TRANSLATED])
        return {
            name: {
                str(word).casefold(): self._text(f"values.{name}.{word}", value)
                for word, value in self._inner(table, name, f"values.{name}").items()
            }
            for name in table
        }

    def _media(self, kind: LoadKind) -> Iterable[MediumColumns]:
        entries = self.table.get("media", [])
        if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
            raise self._refuse(_("“media” has to be a list of tables, each beginning with [[media]]."))
        if entries and kind != LoadKind.RELEASES:
            raise self._refuse(_("only releases have media as columns."))
        for entry in entries:
            self._only(entry, ["medium", "columns", "method"], "media")
            yield MediumColumns(
                medium=self._one_of("media.medium", entry.get("medium"), Medium.values),
                columns=self._texts("media.columns", entry.get("columns", [])),
                method=self._text("media.method", entry.get("method", "")),
            )

    def _marks(self) -> dict[str, Presence]:
        table = self._inner(self.table, "marks", "marks")
        return {
            str(mark).casefold(): Presence(self._one_of(f"marks.{mark}", value, MARKABLE))
            for mark, value in table.items()
        }

    def _withholding(self, table: Mapping[str, Any], kind: LoadKind) -> Withholding:
        usual = WithheldType.FACILITY if kind == LoadKind.FACILITIES else WithheldType.QUANTITY
        return Withholding(
            type_withheld=self._one_of("withheld.type", table.get("type", usual.value), WithheldType.values),
            ground=self._one_of("withheld.ground", table.get("ground", ""), ["", *WithholdingGround.values]),
            **{name: self._text(f"withheld.{name}", table.get(name, "")) for name in _REASONS},
        )

    def _complete(self, mapping: FileMapping) -> None:
        given = {*mapping.columns, *mapping.defaults}
        if mapping.media:
            given |= {"medium", "quantity"}
        missing = [name for name in FIELDS[mapping.kind].required if name not in given]
        if missing:
            raise self._refuse(
                _("it does not say where to find: %(missing)s. Name the columns under [columns], or a fixed value "
                  "under [defaults].") % {"missing": ", ".join(missing)}
            )  # fmt: skip


_TABLES: Final = (
    *("title", "kind", "register", "file", "columns", "defaults", "values", "units", "media", "marks", "accidental"),
    "withheld",
)
_REASONS: Final = ("reason_en", "reason_fr", "reason_ru")
