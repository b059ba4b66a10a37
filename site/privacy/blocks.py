"""The block that shows how long what is kept, wherever editors put it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from privacy.queries import last_carried_out, retention_table


class RetentionPeriodsBlock(blocks.StaticBlock):
    """The table of periods: built from the rules themselves, so that the page and what is done never differ."""

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the rules and when they were last carried out; two queries."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return {**context, "rows": retention_table(), "ran_at": last_carried_out()}

    def get_preview_value(self) -> dict[str, Any]:
        """Return something: the block has no value of its own, and shows the rules in its preview as well."""
        return {}

    class Meta:
        icon = "history"
        label = _("Periods of keeping")
        admin_text = _("The table of periods, from Personal data → Rules of keeping.")
        template = "blocks/retention_periods.html"
        description = _("How long what is kept, from the rules that are carried out.")
