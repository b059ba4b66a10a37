"""Choosing files in a form: what was chosen once stays chosen while the form comes back, without any script.

The files are held under the token of the form's seal. The form brings back the codes of those that it has shown, so
that one which was held too long is missed, and not quietly left out.
"""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from files.domain import drop_files, held_files, hold_files
from files.domain.holding import digest_of
from files.domain.keeping import gone_sentence
from files.kinds import all_endings, limits_in_words
from files.models import StoredFile
from tracking.guards import HOUR, count_from, new_seal, read_seal

FIELD: Final = "files"  # the control in which files are chosen
LISTED: Final = "file"  # codes of files that are held
REMOVED: Final = "remove_file"  # codes of files that are not wanted after all
_MOST_FROM_ONE_CONNECTION: Final = 60  # in an hour; a library or an office has one connection


class Chosen:
    """The files of one form: those held for it, and what is to be said about others."""

    def __init__(self, form_token: str = "") -> None:
        self.form_token = form_token
        self.held: Sequence[StoredFile] = held_files(form_token)
        self.refusals: list[str] = []
        self.remarks: list[str] = []

    @classmethod
    def from_request(cls, request: HttpRequest, form_token: str) -> "Chosen":
        """Return the files of a form that was sent: forgets what is not wanted, and takes what has come with it."""
        unwanted = request.POST.getlist(REMOVED)
        drop_files(unwanted, form_token=form_token)
        chosen = cls(form_token)
        listed = set(request.POST.getlist(LISTED)) - set(unwanted)
        if listed and StoredFile.objects.under(digest_of(form_token)).filter(code__in=listed).count() < len(listed):
            chosen.refusals.append(gone_sentence())
        uploads = request.FILES.getlist(FIELD)
        if uploads and form_token:
            chosen.add(request, uploads)
        return chosen

    def add(self, request: HttpRequest, uploads: Sequence[Any]) -> None:
        """Take what has come now."""
        taken = [one for one in uploads if count_from(request, "file", HOUR) <= _MOST_FROM_ONE_CONNECTION]
        if len(taken) < len(uploads):
            self.refusals.append(
                _("Very many files have come from your connection within an hour. Wait a while before you add more.")
            )
        outcome = hold_files(taken, form_token=self.form_token)
        self.held = outcome.held
        self.refusals += outcome.refusals
        self.remarks += outcome.remarks


def seal_and_files(request: HttpRequest) -> tuple[str, Chosen]:
    """Return the seal of a form that was sent, and the files that are held under it.

    Files need a seal to be held under: where there is none that is good, they get a new one. That the form came without
    one is not forgotten by that (`tracking.guards.why_suspicious` asks what was sent).
    """
    text = request.POST.get("seal", "")
    seal = read_seal(text)
    if seal is None and request.FILES.getlist(FIELD):
        text = new_seal()
        seal = read_seal(text)
    return text, Chosen.from_request(request, seal.token if seal else "")


class UploadsWidget(forms.Widget):
    """The control for several files, and the list of those that are held already, each with a box to remove it."""

    template_name = "files/parts/chooser.html"
    needs_multipart_form = True

    def __init__(self, chosen: Chosen) -> None:
        super().__init__()
        self.chosen = chosen

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Chosen:
        """Return what was found before the form was made."""
        return self.chosen

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Say that the answer is always there."""
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add what is held, and the names of the controls."""
        return {
            **super().get_context(name, None, attrs),
            "chosen": self.chosen,
            "accepted": ",".join(f".{ending}" for ending in all_endings()),
            "listed": LISTED,
            "removed": REMOVED,
        }


class UploadsField(forms.Field):
    """Asks for files; gives those that are held."""

    widget: UploadsWidget

    def __init__(self, chosen: Chosen | None = None, **kwargs: Any) -> None:
        self.chosen = chosen or Chosen()
        super().__init__(
            **{
                "required": False,
                "label": gettext_lazy("Files"),
                "help_text": " ".join(limits_in_words()),
                "widget": UploadsWidget(self.chosen),
                **kwargs,
            }
        )

    def clean(self, value: Any) -> Sequence[StoredFile]:
        """Return the files that are held; what could not be taken is a mistake with its sentences."""
        if self.chosen.refusals:
            raise ValidationError(list(self.chosen.refusals))
        return self.chosen.held
