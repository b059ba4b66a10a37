"""Form fields for what people write: any language, kept as typed but for what no keyboard makes."""

import re
import unicodedata
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from design.formats import format_number

LONGEST_LINE: Final = 200

# Everything that no keyboard makes, but line ends and tabs; a database would choke on some of it.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LETTERS_AND_DIGITS: Final = frozenset("LN")


def clean_text(text: str) -> str:
    """Return a text with one kind of line end and without control characters."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


class TextBoxField(forms.CharField):
    """A box for a text: no markup needed, longer than anybody will write, and never only punctuation.

    `too_long` (with %(count)s and %(limit)s) and `no_words` are sentences that say how to mend it.
    """

    widget = forms.Textarea

    def __init__(
        self,
        *,
        longest: int,
        too_long: str | Promise,
        no_words: str | Promise,
        required: bool = False,
        rows: int = 8,
        **kwargs: Any,
    ) -> None:
        super().__init__(required=required, strip=True, **kwargs)
        # The field says itself what is too long, with the count and what can be done.
        self.validators = []
        self.longest, self.too_long, self.no_words = longest, too_long, no_words
        self.widget.attrs.update(rows=rows, dir="auto")

    def to_python(self, value: Any) -> str:
        """Return the text with one kind of line end and without control characters."""
        return clean_text(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        """Refuse what is too long to be read, and what has no words to answer."""
        super().validate(value)
        if len(value) > self.longest:
            params = {"count": format_number(len(value)), "limit": format_number(self.longest)}
            raise ValidationError(str(self.too_long), params=params)
        if value and not any(unicodedata.category(character)[0] in _LETTERS_AND_DIGITS for character in value):
            raise ValidationError(str(self.no_words))


class LineField(forms.CharField):
    """One line of text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": LONGEST_LINE, **kwargs})

    default_error_messages = {
        "max_length": _("This has %(show_value)d characters; %(limit_value)d are possible here. Please shorten it."),
    }

    def to_python(self, value: Any) -> str:
        """Return the text without line ends and control characters."""
        return " ".join(_CONTROL.sub("", super().to_python(value) or "").split())
