"""Columns of the officials' lists."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from wagtail.admin.ui.tables import Column

from design.desk.words import Tag
from design.formats import format_date_short, format_instant


class TagColumn(Column):
    """States, words first and colour second, with a note below where there is more to say."""

    cell_template_name = "desk/cells/tag.html"

    def __init__(
        self,
        name: str,
        *,
        tags: Callable[[Any], list[Tag]],
        note: Callable[[Any], str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(name, accessor=tags, **kwargs)
        self.note = note

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """Add what is said below the states."""
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "value": self.get_value(instance), "note": self.note(instance) if self.note else ""}


class MomentColumn(Column):
    """A day as "3 March 2025", an instant with its weekday, time and zone."""

    def get_value(self, instance: Any) -> str:
        """Return the moment in words; nothing where there is none."""
        moment: date | datetime | None = super().get_value(instance)
        if moment is None:
            return ""
        return format_instant(moment) if isinstance(moment, datetime) else format_date_short(moment)
