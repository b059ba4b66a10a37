"""The two ways to have a receipt checked: its file, or its number."""

from typing import Any

from django import forms
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from design.fields import LineField
from design.forms import PlainForm
from receipts.enums import Problem
from receipts.sentences import sentence_about
from receipts.shape import LARGEST
from tracking.forms import NumberForm


class ReceiptFileField(forms.FileField):
    """A receipt as it was downloaded; one that is empty or too large is answered with what to do."""

    def to_python(self, data: File[Any] | None) -> File[Any] | None:
        """Return the file, whatever it is called."""
        if data is not None and not data.size:
            raise forms.ValidationError(sentence_about(Problem.EMPTY))
        if data is not None and (data.size or 0) > LARGEST:
            raise forms.ValidationError(sentence_about(Problem.TOO_LARGE))
        return super().to_python(data)


class FileForm(PlainForm):
    """Asks for the file."""

    file = ReceiptFileField(
        label=_("Your receipt"),
        max_length=None,
        widget=forms.FileInput(attrs={"accept": ".json,.pdf,application/json,application/pdf"}),
        error_messages={"required": _("Choose the receipt that you have downloaded: the JSON or the PDF.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("The JSON or the PDF, as you downloaded it; at most %(size)s. We check it and keep nothing of it.")
        self.fields["file"].help_text = str(hint) % {"size": filesizeformat(LARGEST)}


class ReceiptNumberForm(NumberForm):
    """Asks for the number, and for the key that opens what only its holder may see."""

    number = LineField(
        label=pgettext_lazy("of a receipt", "Number"),
        help_text=_("In large figures on your receipt, for example C-7KQ2-M4XD-9. Spaces and dashes do not matter."),
        required=True,
        error_messages={"required": _("Type the number that is on your receipt.")},
    )
    key = LineField(
        label=_("Access key"),
        help_text=_("On your receipt as well, if it has one. Without it you see only what everybody may see."),
    )
