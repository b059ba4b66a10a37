"""The forms in which points are answered, all points of a submission on one page."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from consultations.acts import Act
from consultations.admin.logs import log_act
from consultations.domain import answer_point
from consultations.enums import Disposition
from consultations.models import OfficialResponse, Point, Submission
from consultations.permissions import user_can_answer_point
from consultations.refusals import IncompleteError, Refusal
from design.desk.conflicts import with_value
from design.desk.words import time_of
from design.forms import PlainForm


class AnswerForm(PlainForm):
    """The answer to one point. It remembers the answer that it was loaded with, in case a colleague was quicker."""

    WRITTEN: ClassVar = ("disposition", "reason", "change_made", "language")

    disposition = forms.ChoiceField(
        label=_("What becomes of it"),
        choices=[("", _("Not answered yet")), *Disposition.choices],
        required=False,
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,  # the domain says where it is needed
        max_length=5000,
        widget=AdminAutoHeightTextInput(attrs={"rows": 3}),
    )
    change_made = forms.CharField(
        label=_("Change made because of it"),
        required=False,
        max_length=1000,
        widget=AdminAutoHeightTextInput(attrs={"rows": 2}),
        help_text=_("What is different now in the proposal or the decision."),
    )
    language = forms.ChoiceField(label=_("Language of the answer"), choices=settings.LANGUAGES)
    loaded = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, point: Point, data: Any = None) -> None:
        self.point = point
        self.stored = point.answer
        self.conflict: OfficialResponse | None = None
        initial = {name: getattr(self.stored, name) for name in self.WRITTEN} if self.stored else {}
        initial.setdefault("language", point.submission.language)
        super().__init__(data, prefix=f"point-{point.pk}", initial={**initial, "loaded": _version(self.stored)})
        self.fields["reason"].widget.attrs["lang"] = self.fields["change_made"].widget.attrs["lang"] = initial[
            "language"
        ]

    @property
    def is_written(self) -> bool:
        """Whether something was typed or changed."""
        return any(name in self.changed_data for name in ("disposition", "reason", "change_made")) or (
            self.stored is not None and "language" in self.changed_data
        )

    def clean(self) -> dict[str, Any] | None:
        """Insist on a disposition, and warn where a colleague has answered meanwhile."""
        cleaned = super().clean()
        if not self.is_written:
            return cleaned
        if not self.cleaned_data.get("disposition") and "disposition" not in self.errors:
            self.add_error("disposition", _now("Choose what becomes of this point: words without that are no answer."))
        if self.data.get(self.add_prefix("loaded"), "") != _version(self.stored) and self.stored is not None:
            self._warn(self.stored)
        return cleaned

    def _warn(self, stored: OfficialResponse) -> None:
        self.conflict = stored
        self.add_error(
            None,
            _now(
                "%(person)s answered this point while you were writing, at %(time)s. Their answer stands below; "
                "yours is kept in the form. If you save again, yours takes its place."
            )
            % {
                "person": str(stored.drafted_by) if stored.drafted_by else _now("Somebody else"),
                "time": time_of(stored.answered_at),
            },
        )
        # Sent again, it is compared with what is stored now.
        self.data = with_value(self.data, self.add_prefix("loaded"), _version(stored))


def _version(answer: OfficialResponse | None) -> str:
    return answer.answered_at.isoformat() if answer else ""


def answer_forms(person: Any, submission: Submission, data: Any = None) -> dict[int, AnswerForm]:
    """Return a form for every point that the person may answer now, by point."""
    forms_by_point = {}
    for point in submission.points.select_related("response__drafted_by", "measure"):
        point.submission = submission  # with its docket and periods, which would else be fetched for every point
        if user_can_answer_point(person, point) and (data is None or f"point-{point.pk}-language" in data):
            forms_by_point[point.pk] = AnswerForm(point, data)
    return forms_by_point


def store_answers(person: Any, submission: Submission, forms_by_point: dict[int, AnswerForm]) -> int | None:
    """Store every answer that was written, all or none; return how many, or None where the forms say what is wrong."""
    written = [form for form in forms_by_point.values() if form.is_written]
    validated = [form.is_valid() for form in written]  # each one, so that everything wrong is marked at once
    if not all(validated):
        return None
    failed: AnswerForm | None = None
    try:
        with transaction.atomic():
            for form in written:
                failed = form
                data = form.cleaned_data
                answer_point(
                    form.point,
                    actor=person,
                    disposition=Disposition(data["disposition"]),
                    reason=data["reason"],
                    change_made=data["change_made"],
                    language=data["language"],
                )
                log_act(Act.ANSWER_POINT, submission, actor=person)
    except Refusal as refusal:
        if failed is not None:
            field = "reason" if isinstance(refusal, IncompleteError) else None
            failed.add_error(field, " ".join(refusal.sentences))
        return None
    return len(written)
