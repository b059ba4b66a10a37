"""The questions a commenter is asked: first the words, then publication. The law needs no more than that."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from consultations.enums import PublicationPreference, SubmitterType
from consultations.measures import measure_label
from consultations.models import Measure
from design.fields import LineField, TextBoxField
from design.forms import PlainForm
from files.forms import FIELD, Chosen, UploadsField
from notices.addresses import AddressField

LONGEST_COMMENT: Final = 20_000  # characters a box: some ten printed pages
WHOLE: Final = "whole"


class CommentField(TextBoxField):
    """A box for a comment."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            longest=LONGEST_COMMENT,
            too_long=_(
                "This text has %(count)s characters; %(limit)s are possible here. Shorten it, spread it over the "
                "measures, or send it in one of the other ways named on the consultation’s page."
            ),
            no_words=_(
                "There are no words in this text. Say in a few words what you think, so that it can be answered."
            ),
            **kwargs,
        )


class WordsForm(PlainForm):
    """What you want to say: to each measure, and to the whole."""

    def __init__(
        self, data: Any = None, *, measures: Sequence[Measure], chosen: Chosen | None = None, is_whole: bool = True
    ) -> None:
        super().__init__(data)
        self.measures = measures
        self.chosen = chosen or Chosen()
        self.is_whole = is_whole  # not where somebody is only adding files and will write later
        for measure in measures:
            self.fields[field_of(measure)] = CommentField(
                label=_now("%(code)s: %(label)s") % {"code": measure.code, "label": measure_label(measure)}
            )
        self.fields[WHOLE] = CommentField(
            label=_now("The proposal as a whole") if measures else _now("Your comment"),
            help_text=_now("Information, analyses and opinions are all welcome."),
        )
        self.fields[FIELD] = UploadsField(self.chosen)

    def clean(self) -> dict[str, Any]:
        """Insist on a comment somewhere; where that is, nobody has to know."""
        values = super().clean() or {}
        said = any(values.get(name) for name in self.texts)
        if self.is_whole and not self.errors and not said:
            raise ValidationError(_now("Write at least one comment: on a measure, or on the proposal as a whole."))
        return values

    @property
    def texts(self) -> dict[str, forms.Field]:
        """The boxes for words."""
        return {name: field for name, field in self.fields.items() if name != FIELD}

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


class PublicationForm(PlainForm):
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
    email = AddressField(
        label=_("Your e-mail address"),
        required=False,
        help_text=_("For a receipt, and to tell you when you are answered and what was decided. Never published."),
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
