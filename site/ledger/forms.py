"""The filters of the record: sent by GET, and a mistake is a sentence."""

from typing import Any

from django import forms
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.labels import areas

_FIELD = "ledger/parts/field.html"


class DayInput(forms.DateInput):
    """A field with a calendar; what is no day stands in it as it was typed, which only a field of text can show."""

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Choose the type of the field by what stands in it."""
        context = super().get_context(name, value, attrs)
        context["widget"]["type"] = "date" if not value or _is_day(value) else "text"
        return context


def _is_day(value: Any) -> bool:
    try:
        return not isinstance(value, str) or parse_date(value) is not None
    except ValueError:  # the thirtieth of February
        return False


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
        widget=DayInput(),
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
