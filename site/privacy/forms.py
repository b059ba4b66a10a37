"""The questions of this room's pages."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from design.fields import LineField
from design.forms import PlainForm
from privacy.enums import Reach
from privacy.holdings import Held
from tracking.forms import NumberForm


class AddressForm(PlainForm):
    """To which address a link is to be sent."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("The one you gave with a comment, a request or a subscription."),
        error_messages={
            "required": _("Type your e-mail address."),
            "invalid": _("This is not a complete e-mail address. It looks like name@example.org."),
        },
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["email"].widget.attrs["autocomplete"] = "email"


class HolderForm(NumberForm):
    """Which comment or request, and its key: without it nothing is shown here."""

    key = LineField(
        label=_("Access key"),
        help_text=_("On your receipt as well."),
        required=True,
        error_messages={"required": _("Type the access key that is on your receipt.")},
    )


class EraseForm(PlainForm):
    """What is to be erased, and how far."""

    things = forms.MultipleChoiceField(
        label=_("What shall be erased?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing.")},
    )
    reach = forms.ChoiceField(
        label=_("How much?"),
        choices=Reach.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how much is to be erased.")},
    )

    def __init__(self, data: Any = None, *, things: Sequence[Held], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.held = {held.key: held for held in things}
        self.fields["things"].choices = [(held.key, held.title) for held in things]  # type: ignore[attr-defined]  # a choice field
        if not any(held.shows_name for held in things):
            # Nothing is published with a name: then there is one way only, and no question about it.
            self.fields["reach"].widget = forms.HiddenInput()
            self.fields["reach"].initial = Reach.IDENTITY

    def clean(self) -> dict[str, Any]:
        """Insist that a name can only be taken out where one is published."""
        values = super().clean() or {}
        if values.get("reach") == Reach.NAME:
            shown = [key for key in values.get("things", []) if self.held[key].shows_name]
            if not shown:
                self.add_error("reach", _now("None of what you chose is published with your name."))
            values["things"] = shown
        return values

    @property
    def chosen(self) -> list[Held]:
        """What was chosen."""
        return [self.held[key] for key in self.cleaned_data["things"]]
