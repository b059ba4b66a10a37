"""The few questions that following takes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from design.forms import PlainForm
from following.enums import Frequency


class AddressField(forms.EmailField):
    """An e-mail address; a line end or anything else that could begin another header is no part of one."""

    default_error_messages = {
        "invalid": _("This is not a complete e-mail address. It looks like name@example.org."),
        "required": _("Give the e-mail address to which we may write."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Your e-mail address"), max_length=254, **kwargs)
        self.widget.attrs["autocomplete"] = "email"

    def clean(self, value: Any) -> str:
        """Return the address in small letters, as accounts hold it."""
        return str(super().clean(value)).lower()


class FrequencyForm(PlainForm):
    """How often."""

    frequency = forms.ChoiceField(
        label=_("How often?"),
        choices=Frequency.choices,
        widget=forms.RadioSelect,
        initial=Frequency.WEEKLY,
        error_messages={"required": _("Choose how often we may write.")},
    )

    @property
    def chosen(self) -> Frequency:
        """What was chosen; only of a valid form."""
        return Frequency(self.cleaned_data["frequency"])


class FollowForm(FrequencyForm):
    """Where to, and how often."""

    email = AddressField(help_text=_("We ask there first whether you want it. We use it for nothing else."))
    field_order = ("email", "frequency")


class AddressForm(PlainForm):
    """Which address, for a link to what it follows."""

    email = AddressField(help_text=_("The one to which our letters go."))
