"""Asking for a tracking number and its access key."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from design.fields import LineField
from design.forms import PlainForm


class NumberForm(PlainForm):
    """Asks for the number, and for the key that opens what only its holder may see."""

    example: ClassVar[str] = "C-7KQ2-M4XD-9"  # a number of the area that asks

    number = LineField(
        label=_("Tracking number"),
        required=True,
        error_messages={"required": _("Type the tracking number that is on your receipt.")},
    )
    key = LineField(
        label=_("Access key"),
        help_text=_("On your receipt as well. Without it you see only what everybody may see."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Show an example, and keep browsers from remembering or correcting what is typed."""
        super().__init__(*args, **kwargs)
        hint = _now("On your receipt, for example %(number)s. Spaces and dashes do not matter.")
        self.fields["number"].help_text = self.fields["number"].help_text or hint % {"number": self.example}
        for field in self.fields.values():
            field.widget.attrs.update(autocomplete="off", autocapitalize="characters", spellcheck="false")
