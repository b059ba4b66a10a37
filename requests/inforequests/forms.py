"""What an asker is asked: what do you want to know; and, if you like, where to write to you. The law needs no more."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from design.fields import LineField, TextBoxField
from design.forms import PlainForm
from files.forms import FIELD, Chosen, UploadsField
from inforequests.enums import LIMB_SENTENCES, AnswerPrivacy, Limb
from inforequests.models import ReviewBody
from notices.addresses import AddressField
from tracking.forms import NumberForm

LONGEST_QUESTION: Final = 20_000  # characters a box: some ten printed pages
MOST_QUESTIONS: Final = 10
_TOO_LONG: Final = _(
    "This text has %(count)s characters; %(limit)s are possible here. Shorten it, spread it over several questions, or "
    "ask in one of the other ways named on the page “Ask for information”."
)
_NO_WORDS: Final = _("There are no words in this text. Say in a few words what you want to know.")


class QuestionField(TextBoxField):
    """A box for one question."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(longest=LONGEST_QUESTION, too_long=_TOO_LONG, no_words=_NO_WORDS, rows=5, **kwargs)


class QuestionsForm(PlainForm):
    """What you want to know: one box, and as many more as you add. One of them has to be filled."""

    def __init__(self, data: Any = None, *, boxes: int = 1, initial: Any = None, chosen: Chosen | None = None) -> None:
        super().__init__(data, initial=initial)
        self.chosen = chosen or Chosen()
        self.boxes = min(max(boxes, 1), MOST_QUESTIONS)
        written = data or initial or {}
        has_other = any(written.get(name_of(number), "").strip() for number in range(2, self.boxes + 1))
        for number in range(1, self.boxes + 1):
            self.fields[name_of(number)] = QuestionField(
                label=self._label(number),
                help_text=self._hint(number),
                # The first may stay empty only where another one asks something.
                required=number == 1 and not has_other,
                error_messages={"required": _now("Write what you want to know.")},
            )
        self.fields[FIELD] = UploadsField(self.chosen)

    def clean(self) -> dict[str, Any]:
        """Insist on a question somewhere."""
        values = super().clean() or {}
        if not self.errors and not self.questions:
            self.add_error(name_of(1), _now("Write what you want to know."))
        return values

    @property
    def questions(self) -> list[str]:
        """What was asked, without the boxes that were left empty."""
        return [text for name in self.fields if name != FIELD and (text := self.cleaned_data.get(name, ""))]

    def _label(self, number: int) -> str:
        if self.boxes == 1:
            return _now("Your question")
        return _now("Question %(number)s") % {"number": number}

    def _hint(self, number: int) -> str:
        if number > 1:
            return ""
        return _now("Which place, which substance, which years: as far as you know. You need not name a document.")


def name_of(number: int) -> str:
    """Return the name of a question's box."""
    return f"question_{number}"


class ContactForm(PlainForm):
    """Where the answer goes; all of it may stay empty."""

    name = LineField(label=_("Your name"), help_text=_("Only if you like. It is never published."))
    email = AddressField(
        label=_("Your e-mail address"),
        required=False,
        help_text=_("For a receipt and to tell you when there is an answer. You can also look it up here without one."),
    )
    language = forms.ChoiceField(label=_("Language in which we write to you"), choices=settings.LANGUAGES)
    privacy = forms.ChoiceField(
        label=_("Who may read question and answer?"),
        choices=AnswerPrivacy.choices,
        widget=forms.RadioSelect,
        initial=AnswerPrivacy.REQUESTER,
        help_text=_("You can change this later. What you choose has no influence on the answer."),
        error_messages={"required": _("Choose who may read question and answer.")},
    )

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["email"].widget.attrs["autocomplete"] = "email"


class TrackForm(NumberForm):
    """Which request, and the key that opens what only its requester may see."""

    example = "R-7KQ2-M4XD-G"


class MessageForm(PlainForm):
    """Words to the authority."""

    text = TextBoxField(
        label=_("Your message"),
        longest=LONGEST_QUESTION,
        too_long=_("This text has %(count)s characters; %(limit)s are possible here. Please shorten it."),
        no_words=_("There are no words in this text. Write a few, so that it can be understood."),
        required=True,
        error_messages={"required": _("Write the message first.")},
        help_text=_("It goes to the officials who handle your request. It changes no date."),
    )
    seal = forms.CharField(widget=forms.HiddenInput, required=False)


class ReviewForm(PlainForm):
    """Which of the five sentences fits, and before which body."""

    limb = forms.ChoiceField(
        label=_("What went wrong?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the sentence that fits best."),
            "invalid_choice": _("This reason does not fit what has happened so far. Choose another one."),
        },
    )
    body = forms.ModelChoiceField(
        label=_("Who should look at it?"),
        queryset=ReviewBody.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Choose who should look at it."),
            "invalid_choice": _("Choose one of the bodies that are named."),
        },
    )
    words = TextBoxField(
        label=_("Anything you want to add"),
        longest=10_000,
        too_long=_("This text has %(count)s characters; %(limit)s are possible here. Please shorten it."),
        no_words=_("There are no words in this text. Write a few, or leave the field empty."),
        help_text=_("You need not explain anything. The review body reads your request and every answer."),
        rows=5,
    )

    def __init__(self, data: Any = None, *, limbs: Sequence[Limb], bodies: Iterable[ReviewBody]) -> None:
        super().__init__(data)
        self.fields["limb"].choices = [(limb.value, LIMB_SENTENCES[limb]) for limb in limbs]  # type: ignore[attr-defined]  # a ChoiceField
        known = list(bodies)
        self.fields["body"].queryset = ReviewBody.objects.filter(pk__in=[body.pk for body in known])  # type: ignore[attr-defined]  # a ModelChoiceField
        if len(known) == 1:
            self.fields["body"].initial = known[0].pk


class PrivacyForm(PlainForm):
    """Who may read question and answer."""

    privacy = forms.ChoiceField(
        label=_("Who may read question and answer?"),
        choices=AnswerPrivacy.choices,
        widget=forms.RadioSelect,
        help_text=_("Your name is never published. You can change this again; what was published is then taken down."),
        error_messages={"required": _("Choose who may read question and answer.")},
    )


class WithdrawForm(PlainForm):
    """Whether it is really meant."""

    sure = forms.BooleanField(
        label=_("Yes, I no longer want an answer"),
        error_messages={"required": _("Tick the box if you no longer want an answer.")},
    )
