"""Drafting the decision, seeing it as the public will, and publishing it past the coverage gate."""

from functools import cache
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.views.generic.mixins import PanelMixin
from wagtail.admin.widgets import AdminAutoHeightTextInput

from consultations.acts import Act
from consultations.admin.act_views import ConsultationActView
from consultations.admin.desk import progress_of
from consultations.admin.logs import log_act
from consultations.admin.words import letters_line
from consultations.domain import draft_decision, missing_for_decision, publish_decision
from consultations.models import Decision, Docket, Submission
from consultations.refusals import Refusal
from design.desk.conflicts import ConflictAwareMixin
from design.desk.panels import languages
from design.formats import date_of
from design.forms import PlainForm
from design.languages import CODES

_FROM_DOCKET: Final = ("authority", "legal_basis")


class DecisionForm(ConflictAwareMixin, WagtailAdminModelForm):
    """The draft of a decision with its considerations."""

    @property
    def log_subject(self) -> Docket:
        """In whose history it stands who saved it last: that of the file."""
        docket: Docket = self.instance.docket
        return docket


@cache
def decision_panels() -> Any:
    """Return the panels of the form, bound to the model once."""
    panels = ObjectList(
        [
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("kind"), FieldPanel("decided_on")]), languages("authority")],
                heading=_("The decision"),
            ),
            MultiFieldPanel([languages("summary")], heading=_("What was decided")),
            InlinePanel(
                "considerations",
                heading=_("Considerations"),
                label=_("consideration"),
                panels=[languages("heading"), languages("text")],
                help_text=_(
                    "On what the decision rests, one matter each: what comments said, what weighed for and against. "
                    "The Protocol asks that these be public together with the decision (Art. 13(3))."
                ),
            ),
            MultiFieldPanel([languages("register_change")], heading=_("What changes in the register")),
            MultiFieldPanel([languages("legal_basis")], heading=_("Legal basis")),
            MultiFieldPanel([languages("review")], heading=_("How to challenge it")),
        ],
        base_form_class=DecisionForm,
    )
    return panels.bind_to_model(Decision)


def new_decision(docket: Docket) -> Decision:
    """Return an unsaved decision with what the file and the office's last decision already say."""
    decision = Decision(docket=docket, decided_on=date_of(timezone.now()))
    latest = Decision.objects.exclude(published_at=None).order_by("-published_at").first()
    for code in CODES:
        for name in _FROM_DOCKET:
            setattr(decision, f"{name}_{code}", getattr(docket, f"{name}_{code}"))
        if latest is not None:
            setattr(decision, f"review_{code}", getattr(latest, f"review_{code}"))
    return decision


class DraftDecisionView(PanelMixin, ConsultationActView):
    """Writes the decision, as often as it takes; nobody but officials sees it before it is published."""

    act = Act.DRAFT_DECISION
    template_name = "consultations/admin/decision_form.html"
    header_icon = "edit"
    done_message = _("The draft of the decision is saved. The public does not see it yet.")

    def get_page_subtitle(self) -> str:
        """Return what is decided on."""
        return _now("Decision on %(docket)s") % {"docket": self.docket}

    def get_panel(self) -> Any:
        """Return the panels."""
        return decision_panels()

    def get_form(self, form_class: Any = None) -> Any:
        """Return the form on the stored draft, or on a new one."""
        decision = getattr(self.docket, "decision", None) or new_decision(self.docket)
        form_class = self.panel.get_form_class()
        data = self.request.POST if self.request.method == "POST" else None
        return form_class(data, instance=decision, for_user=self.request.user)

    def form_valid(self, form: Any) -> HttpResponse:
        """Store the draft, or show what is wrong with it."""
        try:
            with transaction.atomic():
                draft_decision(self.docket, form.save(commit=False), actor=self.request.user)
                log_act(self.act, self.docket, actor=self.request.user)
        except Refusal as refusal:
            sentences = list(refusal.sentences)
        except ValidationError as error:
            sentences = error.messages
        else:
            messages.success(self.request, self.get_done_message(None))
            return redirect(self.get_back_url())
        for sentence in sentences:
            form.add_error(None, sentence)
        return self.form_invalid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show what is wrong; every word is kept."""
        messages.validation_error(self.request, _now("The draft is not saved yet: see what is marked."), form)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what Wagtail's form page needs."""
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "action_url": self.request.path,
            "submit_button_label": _now("Save the draft"),
            "submit_button_active_label": _now("Saving…"),
            "has_unsaved_changes": context["form"].is_bound,
            "progress": progress_of(self.docket),
        }


class OverrideForm(PlainForm):
    """Asks why a decision is published before every point is answered."""

    override_reason = forms.CharField(
        label=_("Publish all the same, because"),
        required=False,
        max_length=2000,
        widget=AdminAutoHeightTextInput(attrs={"rows": 4}),
        help_text=_("Public for ever, with the number of points left out. Leave empty to answer them first."),
    )


class PublishDecisionView(ConsultationActView):
    """Publishes the decision, if every point is covered or the decision-maker says publicly why not."""

    act = Act.PUBLISH_DECISION
    form_class = OverrideForm
    template_name = "consultations/admin/publish_decision.html"
    header_icon = "success"
    submit_label = _("Yes, publish the decision")

    def get_form(self, form_class: Any = None) -> forms.Form:
        """Return the form; a reason is asked for only where something is left out."""
        form = super().get_form(form_class)
        if progress_of(self.docket).coverage.is_complete:
            del form.fields["override_reason"]
        return form

    def consequences(self) -> list[str]:
        """Return what will happen."""
        told = (
            Submission.objects.filter(docket=self.docket)
            .exclude(submitter=None)
            .exclude(submitter__email="")
            .values("submitter__email")
            .distinct()
            .count()
        )
        return [
            _now(
                "The decision and its considerations appear at the address of the consultation. This cannot be undone."
            ),
            _now("Answers that are drafted are published with it."),
            *letters_line(told),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the decision, what it lacks, and what of the comments is still open."""
        return super().get_context_data(
            **kwargs,
            decision=getattr(self.docket, "decision", None),
            missing=missing_for_decision(self.docket),
            progress=progress_of(self.docket),
            draft_url=reverse("dockets:decision", args=[self.docket.pk]),
            preview_url=reverse("dockets:preview", args=[self.docket.pk]),
        )

    def perform(self, form: Any) -> Decision:
        """Publish."""
        reason = form.cleaned_data.get("override_reason", "")
        return publish_decision(self.docket, actor=self.request.user, override_reason=reason)

    def get_done_message(self, result: Decision) -> str:
        """Return what is said when it is done."""
        return _now("The decision is public.")

    def get_done_buttons(self) -> list[Any]:
        """Lead to the public page."""
        return [messages.button(self.docket.get_absolute_url(), _now("See the public page"))]
