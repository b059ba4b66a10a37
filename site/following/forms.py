"""The few questions that following takes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from design.forms import PlainForm
from following.enums import Frequency
from notices.addresses import AddressField


class OwnAddressField(AddressField):
    """The reader's own address, in small letters as accounts hold it."""

    def __init__(self, **kwargs: Any) -> None:
        needed = {"required": _("Give the e-mail address to which we may write.")}
        super().__init__(label=_("Your e-mail address"), error_messages=needed, **kwargs)
        self.widget.attrs["autocomplete"] = "email"

    def to_python(self, value: Any) -> str:
        """Return the address; a line end or anything else that could begin another header is no part of one."""
        return super().to_python(value).lower()


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

    email = OwnAddressField(help_text=_("We ask there first whether you want it. We use it for nothing else."))
    field_order = ("email", "frequency")


class AddressForm(PlainForm):
    """Which address, for a link to what it follows."""

    email = OwnAddressField(help_text=_("The one to which our letters go."))
