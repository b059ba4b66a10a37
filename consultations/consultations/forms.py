"""The questions a commenter is asked: first the words, then publication. The law needs no more than that."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from consultations.enums import PublicationPreference, SubmitterType
from consultations.measures import measure_label
from consultations.models import Measure
from design.formats import format_number

LONGEST_COMMENT: Final = 20_000  # characters a box: some ten printed pages
LONGEST_NAME: Final = 200
HONEYPOT: Final = "website"
WHOLE: Final = "whole"

# Everything that no keyboard makes, but line ends and tabs; a database would choke on some of it.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LETTERS_AND_DIGITS: Final = frozenset("LN")


class CommentField(forms.CharField):
    """A box for a comment: any language, no markup needed, longer than anybody will write."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        # The field says itself what is too long, with the count and what can be done.
        super().__init__(required=False, strip=True, **kwargs)
        self.validators = []
        self.widget.attrs.update(rows=8, dir="auto")

    def to_python(self, value: Any) -> str:
        """Return the text with one kind of line end and without control characters."""
        text = super().to_python(value) or ""
        return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()

    def validate(self, value: str) -> None:
        """Refuse what is too long to be read, and what has no words to answer."""
        super().validate(value)
        if len(value) > LONGEST_COMMENT:
            raise ValidationError(
                _now(
                    "This text has %(count)s characters; %(limit)s are possible here. Shorten it, spread it over the "
                    "measures, or send it in one of the other ways named on the consultation’s page."
                ),
                params={"count": format_number(len(value)), "limit": format_number(LONGEST_COMMENT)},
            )
        if value and not any(unicodedata.category(character)[0] in _LETTERS_AND_DIGITS for character in value):
            raise ValidationError(
                _now("There are no words in this text. Say in a few words what you think, so that it can be answered.")
            )


class LineField(forms.CharField):
    """One line of text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": LONGEST_NAME, **kwargs})

    default_error_messages = {
        "max_length": _("This has %(show_value)d characters; %(limit_value)d are possible here. Please shorten it."),
    }

    def to_python(self, value: Any) -> str:
        """Return the text without line ends and control characters."""
        return " ".join(_CONTROL.sub("", super().to_python(value) or "").split())


class WordsForm(forms.Form):
    """What you want to say: to each measure, and to the whole."""

    def __init__(self, data: Any = None, *, measures: Sequence[Measure]) -> None:
        super().__init__(data)
        self.measures = measures
        for measure in measures:
            self.fields[field_of(measure)] = CommentField(
                label=_now("%(code)s: %(label)s") % {"code": measure.code, "label": measure_label(measure)}
            )
        self.fields[WHOLE] = CommentField(
            label=_now("The proposal as a whole") if measures else _now("Your comment"),
            help_text=_now("Information, analyses and opinions are all welcome."),
        )

    def clean(self) -> dict[str, Any]:
        """Insist on a comment somewhere; where that is, nobody has to know."""
        values = super().clean() or {}
        if not self.errors and not any(values.values()):
            raise ValidationError(_now("Write at least one comment: on a measure, or on the proposal as a whole."))
        return values

    @property
    def whole(self) -> str:
        """The comment on the whole."""
        return str(self.cleaned_data[WHOLE])

    @property
    def by_measure(self) -> dict[int, str]:
        """The comments on measures that have one, by the number of the measure."""
        said = {measure.number: self.cleaned_data[field_of(measure)] for measure in self.measures}
        return {number: words for number, words in said.items() if words}


def field_of(measure: Measure) -> str:
    """Return the name of a measure's box."""
    return f"measure_{measure.number}"


class PublicationForm(forms.Form):
    """What the public may read, and who you are, if you want to say."""

    preference = forms.ChoiceField(
        label=_("May we publish your comment?"),
        choices=PublicationPreference.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what we may publish.")},
        help_text=_("The authority considers your comment in the same way, whatever you choose."),
    )
    submitter_type = forms.ChoiceField(
        label=_("You write as"),
        choices=SubmitterType.choices,
        widget=forms.RadioSelect,
        required=False,
        initial=SubmitterType.ANONYMOUS,
    )
    name = LineField(label=_("Your name"), help_text=_("Published only if you allow it above."))
    organisation = LineField(
        label=_("Organisation you write for"), help_text=_("Published only if you allow it above.")
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        max_length=254,
        help_text=_("For a receipt, and to tell you when you are answered and what was decided. Never published."),
        error_messages={"invalid": _("This is not a complete e-mail address. It looks like name@example.org.")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["organisation"].widget.attrs["autocomplete"] = "organization"
        self.fields["email"].widget.attrs["autocomplete"] = "email"

    def clean_submitter_type(self) -> str:
        """Take silence for what it is."""
        return self.cleaned_data["submitter_type"] or SubmitterType.ANONYMOUS

    def clean(self) -> dict[str, Any]:
        """Insist on a name where the comment is to be published with one."""
        values = super().clean() or {}
        with_name = values.get("preference") == PublicationPreference.WITH_NAME
        if with_name and not (values.get("name") or values.get("organisation")) and not self.has_error("name"):
            self.add_error(
                "name",
                _now("Give your name or your organisation, or choose to publish your comment without your name."),
            )
        return values


class TrackForm(forms.Form):
    """Which comment, and the key that opens what only its sender may see."""

    number = LineField(
        label=_("Tracking number"),
        help_text=_("On your receipt, for example C-7KQ2-M4XD-9. Spaces and dashes do not matter."),
        required=True,
        error_messages={"required": _("Type the tracking number that is on your receipt.")},
    )
    key = LineField(
        label=_("Access key"),
        help_text=_("On your receipt as well. Without it you see only what everybody may see."),
    )

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        for field in self.fields.values():
            field.widget.attrs.update(autocomplete="off", autocapitalize="characters", spellcheck="false")
