"""Panels that the forms of consultations share."""

from typing import Any

from wagtail.admin.panels import ObjectList, TitleFieldPanel


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


class TitleForAddressPanel(TitleFieldPanel):
    """The English title; the address follows it as it is typed, until the file is stored."""

    class BoundPanel(TitleFieldPanel.BoundPanel):
        """The panel with its field."""

        def get_should_apply(self) -> bool:
            """Return whether the address still follows."""
            return self.instance is None or self.instance.pk is None
