"""Lists as files: the same rows in the same order as on the page, every row with its state of publication."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final

from django.utils.encoding import force_str
from wagtail.admin.views.mixins import SpreadsheetExportMixin

# A spreadsheet takes a text that begins so for a formula; what the public wrote must never be run.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def harmless_cell(value: Any) -> Any:
    """Return a value as a spreadsheet will show it and not run it."""
    text = force_str(value, strings_only=True)
    return f"'{text}" if isinstance(text, str) and text.startswith(_FORMULA_STARTS) else text


class ExportMixin:
    """Writes the columns that the view names in `export_columns`, each from the row's object."""

    export_columns: ClassVar[Mapping[str, tuple[Any, Callable[[Any], Any]]]]

    @property
    def list_export(self) -> list[str]:
        """The names of the columns, stable for whoever reads the file by program."""
        return list(self.export_columns)

    @property
    def export_headings(self) -> dict[str, Any]:
        """What stands above each column."""
        return {name: heading for name, (heading, _value) in self.export_columns.items()}

    def to_row_dict(self, item: Any) -> OrderedDict[str, Any]:
        """Return one row."""
        return OrderedDict((name, value(item)) for name, (_heading, value) in self.export_columns.items())

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """Return a cell that no spreadsheet takes for a formula (Wagtail sees to it in XLSX)."""
        cell = super().preprocess_field_value(field, value, export_format)  # type: ignore[misc]  # Wagtail's view
        return harmless_cell(cell) if export_format == SpreadsheetExportMixin.FORMAT_CSV else cell
