"""Form fields that the officials' forms share: instants in the authority's zone, one text in three languages."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateTimeInput

from design.formats import authority_zone
from design.forms import PlainForm
from design.languages import CODES
from design.texts import Texts

_IN_LANGUAGE: Final[Mapping[str, Promise]] = {
    "en": pgettext_lazy("language of a text", "in English"),
    "fr": pgettext_lazy("language of a text", "in French"),
    "ru": pgettext_lazy("language of a text", "in Russian"),
}


def _zone_hint() -> str:
    """Return in which zone an instant is typed, and how."""
    now = timezone.now().astimezone(authority_zone())
    return _("Day and time as “2026-03-31 17:00”, in the authority’s time zone (%(zone)s, now %(abbreviation)s).") % {
        "zone": authority_zone().key,
        "abbreviation": now.tzname(),
    }


zone_hint = lazy(_zone_hint, str)


class AuthorityDateTimeField(forms.DateTimeField):
    """A day and time in the authority's zone, wherever the official's own clock is: a deadline has one zone only."""

    widget = AdminDateTimeInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"help_text": zone_hint(), **kwargs})

    def to_python(self, value: Any) -> datetime | None:
        """Read what was typed."""
        with timezone.override(authority_zone()):
            return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """Write an instant as it is typed."""
        with timezone.override(authority_zone()):
            return super().prepare_value(value)


class QuantityInput(forms.NumberInput):
    """Kilograms as somebody would write them: "0.5", not with all the places that the database keeps."""

    def format_value(self, value: Any) -> str | None:
        """Return the number without idle zeros."""
        if isinstance(value, Decimal):
            return f"{value.normalize():f}"
        return super().format_value(value)


class ThreeLanguagesForm(PlainForm):
    """Asks for one text in each of the three languages, `text_en`, `text_fr` and `text_ru`; a form may add others."""

    text_label: Promise | str = gettext_lazy("Reason")
    text_rows = 3
    text_max_length = 2000
    text_help: Promise | str = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_text("text", self.text_label, rows=self.text_rows, longest=self.text_max_length, hint=self.text_help)
        self.order_fields(self.field_order)

    def ask_text(self, name: str, label: Promise | str, *, rows: int, longest: int, hint: Promise | str = "") -> None:
        """Add the fields of one text, `<name>_en` and so on; what is to be known of it stands at the first."""
        for code in CODES:
            self.fields[f"{name}_{code}"] = forms.CharField(
                label=_("%(text)s, %(in_language)s") % {"text": label, "in_language": _IN_LANGUAGE[code]},
                max_length=longest,
                required=False,  # the domain names all that are missing in one sentence
                widget=AdminAutoHeightTextInput(attrs={"rows": rows, "lang": code}),
                help_text=str(hint) if code == CODES[0] else "",
            )

    def given_texts(self, name: str) -> Texts:
        """Return one text as it was typed."""
        return Texts(**{code: self.cleaned_data[f"{name}_{code}"].strip() for code in CODES})

    @property
    def texts(self) -> Texts:
        """What was typed."""
        return self.given_texts("text")
