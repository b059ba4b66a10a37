"""The filters of the record: sent by GET, and a mistake is a sentence."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.labels import areas

_FIELD = "ledger/parts/field.html"


class EntryFilter(forms.Form):
    """Which entries to show; every field may be left out."""

    area = forms.ChoiceField(label=pgettext_lazy("part of the site", "Area"), required=False)
    verb = forms.ChoiceField(label=_("What happened"), required=False)
    reference = forms.CharField(
        label=_("Number or reference"),
        required=False,
        max_length=80,
        help_text=_("For example the tracking number on your receipt."),
    )
    day = forms.DateField(
        label=_("Day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as year, month and day, such as 2026-11-30.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer what the areas of the site have named."""
        super().__init__(*args, **kwargs)
        named = areas()
        choices: dict[str, list[tuple[Any, Any]]] = {
            "area": [(area, labels.title) for area, labels in named.items()],
            "verb": [(labels.title, list(labels.verbs.items())) for labels in named.values()],
        }
        for name, own in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", _("all")), *own]
        for field in self.fields.values():
            field.template_name = _FIELD  # type: ignore[attr-defined]  # the stubs do not know it
