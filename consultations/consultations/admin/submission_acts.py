"""The acts on one submission: mark it read, publish or withhold it, decide whether it counts, take points from it."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from consultations.acts import Act
from consultations.admin.act_views import ConsultationActView, docket_crumbs
from consultations.domain import add_point, decide_admissibility, mark_read, publish_submission, withhold_submission
from consultations.enums import ModerationReason
from consultations.models import Docket, Measure, Submission
from consultations.permissions import require_for_submission
from consultations.refusals import WrongStateError
from design.forms import PlainForm


class SubmissionActView(ConsultationActView):
    """An act on a submission; its words stand beside the form."""

    template_name = "consultations/admin/submission_act.html"
    submission: Submission

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the submission."""
        self.submission = get_object_or_404(
            Submission.objects.with_points().prefetch_related("docket__periods"), pk=kwargs["pk"]
        )
        super().setup(request, *args, **kwargs)

    def get_docket(self) -> Docket:
        """Return the docket that it was sent to."""
        return self.submission.docket

    def refusal_now(self) -> str:
        """Return why the act has no place in the present state; nothing where it has."""
        try:
            require_for_submission(self.act, self.request.user, self.submission)
        except WrongStateError as refusal:
            return " ".join(refusal.sentences)
        return ""

    def log_subject(self) -> Submission:
        """Write it into the submission's history."""
        return self.submission

    def get_page_subtitle(self) -> str:
        """Return what it is about."""
        return self.submission.tracking_number

    def get_back_url(self) -> str:
        """Lead back to the submission."""
        return reverse("submissions:desk", args=[self.submission.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        return [
            *docket_crumbs(self.docket),
            {"url": self.get_back_url(), "label": self.submission.tracking_number},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the submission."""
        return super().get_context_data(**kwargs, submission=self.submission)


class MarkReadView(SubmissionActView):
    """Says that the submission was read."""

    act = Act.MARK_READ
    header_icon = "check"
    done_message = _("Marked as read.")

    def perform(self, form: Any) -> Submission:
        """Mark it."""
        return mark_read(self.submission, actor=self.request.user)


class PublishSubmissionForm(PlainForm):
    """Asks for a second look where a submission is held."""

    despite_suspicion = forms.BooleanField(
        label=_("I have read it, and it is a person’s comment"),
        required=False,
        help_text=_("It was held by a rule against machines; rules can be wrong."),
    )


class PublishSubmissionView(SubmissionActView):
    """Publishes the submission, with or without a name as its submitter wishes."""

    act = Act.PUBLISH_SUBMISSION
    form_class = PublishSubmissionForm
    header_icon = "globe"

    def get_form(self, form_class: Any = None) -> forms.Form:
        """Return the form; the second look is asked for only where there is a reason."""
        form = super().get_form(form_class)
        if not self.submission.suspicion:
            del form.fields["despite_suspicion"]
        return form

    def consequences(self) -> list[str]:
        """Return what will happen."""
        return [
            _now("Everybody can read it on the page of the consultation, in the submitter’s words."),
            _now("Its author is shown as: %(author)s.") % {"author": self.submission.public_author},
        ]

    def perform(self, form: Any) -> Submission:
        """Publish."""
        confirmed = form.cleaned_data.get("despite_suspicion", False)
        return publish_submission(self.submission, actor=self.request.user, despite_suspicion=confirmed)

    def get_done_message(self, result: Submission) -> str:
        """Return what is said when it is done."""
        return _now("%(number)s is public, as from: %(author)s.") % {
            "number": result.tracking_number,
            "author": result.public_author,
        }


class WithholdForm(PlainForm):
    """Asks for one of the published reasons."""

    reason = forms.ChoiceField(
        label=_("Why it is not published"),
        choices=ModerationReason.choices,
        widget=forms.RadioSelect,
        help_text=_("There are no other reasons. The reason is public; the comment is considered all the same."),
    )


class WithholdSubmissionView(SubmissionActView):
    """Keeps the submission from the public, with a reason."""

    act = Act.WITHHOLD_SUBMISSION
    form_class = WithholdForm
    header_icon = "no-view"
    is_grave = True
    done_message = _(
        "The comment is withheld. A note with the reason stands in its place; it is considered all the same."
    )

    def consequences(self) -> list[str]:
        """Return what will happen."""
        return [
            _now("In its place the public reads that a comment was withheld, when, and why."),
            _now("Its words stay in the file, and its points have to be answered like all others."),
        ]

    def perform(self, form: Any) -> Submission:
        """Withhold."""
        reason = ModerationReason(form.cleaned_data["reason"])
        return withhold_submission(self.submission, actor=self.request.user, reason=reason)


class AdmissibilityForm(PlainForm):
    """Asks whether a late submission counts, and why."""

    admissible = forms.ChoiceField(
        label=_("Does it count?"),
        choices=[("yes", _("Yes, it counts")), ("no", _("No, it came too late"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,  # the domain says why it is needed
        max_length=2000,
        widget=AdminAutoHeightTextInput(attrs={"rows": 4}),
        help_text=_("Public. For example: posted before comments closed, see the postmark."),
    )


class AdmissibilityView(SubmissionActView):
    """Decides whether a late submission counts."""

    act = Act.DECIDE_ADMISSIBILITY
    form_class = AdmissibilityForm
    header_icon = "time"
    done_message = _("The decision is stored, and public with its reason.")

    def perform(self, form: Any) -> Submission:
        """Decide."""
        data = form.cleaned_data
        return decide_admissibility(
            self.submission,
            actor=self.request.user,
            admissible=data["admissible"] == "yes",
            reason=data["reason"],
        )


class PointForm(PlainForm):
    """Asks for a passage of the submission, word for word."""

    text = forms.CharField(
        label=_("Passage"),
        required=False,  # the domain says what is wrong
        widget=AdminAutoHeightTextInput(attrs={"rows": 5}),
        help_text=_("Copy it from the comment, word for word."),
    )
    measure = forms.ModelChoiceField(
        label=_("It is about"),
        queryset=Measure.objects.none(),
        required=False,
        empty_label=_("the proposal as a whole"),
    )

    def __init__(self, *args: Any, docket: Docket, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["measure"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Measure.objects.filter(docket=docket)


class AddPointView(SubmissionActView):
    """Takes a passage that raises a matter of its own, so that it gets an answer of its own."""

    act = Act.ADD_POINT
    form_class = PointForm
    header_icon = "plus"
    done_message = _("The passage is a point of its own now.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form which measures there are."""
        return {**super().get_form_kwargs(), "docket": self.docket}

    def perform(self, form: Any) -> Any:
        """Take the point."""
        data = form.cleaned_data
        return add_point(self.submission, actor=self.request.user, text=data["text"], measure=data["measure"])
