"""Panels that the officials' forms share: one text in three languages."""

from typing import Any

from wagtail.admin.panels import FieldPanel, FieldRowPanel

from design.languages import CODES, FALLBACK


class LanguageFieldPanel(FieldPanel):
    """A text in one language: browsers check its spelling in that language, screen readers read it so."""

    class BoundPanel(FieldPanel.BoundPanel):
        """The panel with its field."""

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            if self.bound_field is None:
                return
            name, _underscore, code = self.field_name.rpartition("_")
            self.bound_field.field.widget.attrs["lang"] = code
            # The hint is the same in each column; it is written with the English field only.
            self.help_text: Any = self.help_text or self.form.fields[f"{name}_{FALLBACK}"].help_text


def languages(name: str, *, classname: str = "") -> FieldRowPanel:
    """Return the three fields of one text side by side, below each other where the screen is narrow."""
    return FieldRowPanel([LanguageFieldPanel(f"{name}_{code}") for code in CODES], classname=classname)
