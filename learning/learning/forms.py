"""Forms of learning that are more than one question."""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from design.fields import clean_text
from learning.models import Registration

LONGEST_NAME = Registration._meta.get_field("holder_name").max_length


class BeginForm(forms.Form):
    """Asks for the name that a certificate will bear."""

    name = forms.CharField(
        label=_("Your name, as it should stand on the certificate"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("Whoever has the code of your certificate can read it. Nobody else can."),
        error_messages={"required": _("Write your name: a certificate without one proves nothing.")},
    )

    def clean_name(self) -> str:
        """Return the name on one line; a name has at least one letter."""
        name = " ".join(clean_text(self.cleaned_data["name"]).split())
        if not any(unicodedata.category(character).startswith("L") for character in name):
            raise ValidationError(_("Write your name with letters."))
        return name
