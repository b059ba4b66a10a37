"""How forms look and speak: one renderer for every form of the site, and one way of saying what is missing."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _


class Renderer(TemplatesSetting):
    """Renders forms as question pages: error summary on top, hint under the label, error above the control.

    Django adds `aria-invalid` and `aria-describedby` to the controls; the ids they name are in `field.html`.
    """

    form_template_name = "design/forms/form.html"
    field_template_name = "design/forms/field.html"


class PlainForm(forms.Form):
    """A form that names what is missing and says how to mend it, where Django would say "This field is required."."""

    def full_clean(self) -> None:
        """Check what was sent; a field that has a sentence of its own keeps it."""
        name_what_is_missing(self.fields)
        super().full_clean()


def name_what_is_missing(fields: Mapping[str, forms.Field]) -> None:
    """Give each field that has only Django's words for it a sentence with its label."""
    usual = forms.Field.default_error_messages["required"]
    for name, field in fields.items():
        if field.error_messages.get("required") == usual:
            label = str(field.label or name.replace("_", " ")).rstrip(" \u00a0:")
            field.error_messages["required"] = _missing(field) % {"label": label}


def _missing(field: Any) -> str:
    """Return the sentence for what a field asks of people: to tick, to choose, to give a day, or to write."""
    if isinstance(field, forms.BooleanField):
        return _("Tick the box “%(label)s”.")
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return _("Make a choice under “%(label)s”.")
    if isinstance(field, forms.FileField):
        return _("Choose a file under “%(label)s”.")
    if isinstance(field, forms.DateField):
        return _("Give the day under “%(label)s”, for example 2026-03-31.")
    if isinstance(field, forms.DateTimeField):
        return _("Give the day and the time under “%(label)s”, for example 2026-03-31 17:00.")
    return _("Fill in “%(label)s”: it is empty.")
