"""Panels that the officials' forms share."""

from typing import Any

from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList, TitleFieldPanel

from design.languages import CODES, FALLBACK


class Tab(ObjectList):
    """A tab with a fixed name, so that links to it work in every language of the admin: "#tab-measures"."""

    def __init__(self, children: Any = (), *args: Any, name: str = "", **kwargs: Any) -> None:
        super().__init__(children, *args, **kwargs)
        self.name = name

    def clone_kwargs(self) -> dict[str, Any]:
        """Return what a copy is made of."""
        return {**super().clone_kwargs(), "name": self.name}

    @property
    def clean_name(self) -> str:
        """The name in links."""
        return self.name


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


class TitleForAddressPanel(TitleFieldPanel):
    """The English title; the address follows it as it is typed, until the file is stored."""

    class BoundPanel(TitleFieldPanel.BoundPanel):
        """The panel with its field."""

        def get_should_apply(self) -> bool:
            """Return whether the address still follows."""
            return self.instance is None or self.instance.pk is None


def languages(name: str, *, classname: str = "") -> FieldRowPanel:
    """Return the three fields of one text side by side, below each other where the screen is narrow."""
    return FieldRowPanel([LanguageFieldPanel(f"{name}_{code}") for code in CODES], classname=classname)
