"""The reviewers' desk: the cases before the own body, the whole file of each, how far it has got, and its decision."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput
from wagtail.admin.widgets.button import Button

from design.desk import act_views
from design.desk.act_views import HOME_CRUMBS
from design.desk.columns import MomentColumn, TagColumn
from design.desk.exports import ExportMixin
from design.desk.searching import any_field_contains
from design.desk.words import Tag
from design.forms import PlainForm
from design.phrases import labelled, shortened
from inforequests.acts import Act
from inforequests.admin import desk
from inforequests.admin.logs import log_act
from inforequests.admin.words import asked_line, clock_card, language_hint, request_tags
from inforequests.domain import decide_review, record_review_stage
from inforequests.enums import LIMB_SENTENCES, OPEN_REVIEW_STAGES, Limb, ReviewOutcome, ReviewStage
from inforequests.models import RequestItem, ReviewCase
from inforequests.permissions import user_can_decide_review, user_can_record_review_stage, user_has_role_for
from ledger.searching import number_contains


def cases_before(person: Any) -> QuerySet[ReviewCase]:
    """Return the cases that a person may see: those before the bodies of which they are a member."""
    return ReviewCase.objects.before(person).select_related("body", "request", "request__submission")


def case_tag(case: ReviewCase) -> Tag:
    """Return how far a case has got, or what came of it."""
    if case.is_open:
        return Tag(ReviewStage(case.stage).label, "open")
    return Tag(ReviewOutcome(case.outcome).label, "done")


class CaseFilterSet(WagtailFilterSet):
    """Finds cases by whether they are decided."""

    stage = django_filters.ChoiceFilter(
        label=_("Stands at"), choices=ReviewStage.choices, empty_label=_("All"), widget=forms.RadioSelect
    )

    class Meta:
        model = ReviewCase
        fields: ClassVar[list[str]] = []


class CaseIndexView(ExportMixin, IndexView):
    """The cases before the reviewer's own body."""

    filterset_class = CaseFilterSet
    page_title = _("Reviews")
    template_name = "desk/listing.html"
    table_classname = "listing desk-listing"
    is_searchable = True
    search_backend_name = None
    search_fields: ClassVar = ["request__tracking_number", "file_number"]
    any_permission_required: ClassVar = ["view"]
    default_ordering = ("-opened_at", "-pk")
    list_display: ClassVar = [
        "reference",
        Column("limb", label=_("Reason"), accessor="get_limb_display", classname="desk-wrap"),
        TagColumn("stage", label=_("Stands at"), tags=lambda case: [case_tag(case)]),
        MomentColumn("opened_at", label=_("Asked for"), sort_key="opened_at"),
        Column("file_number", label=_("File number"), accessor="file_number"),
    ]
    export_columns: ClassVar = {
        "reference": (_("Reference"), lambda case: case.reference),
        "limb": (_("Reason"), lambda case: case.get_limb_display()),
        "opened_at": (_("Asked for"), lambda case: case.opened_at),
        "file_number": (_("File number"), lambda case: case.file_number),
        "stage": (_("Stands at"), lambda case: case.get_stage_display()),
        "outcome": (_("Outcome"), lambda case: case.get_outcome_display()),
        "comply_by": (_("To be complied with by"), lambda case: case.comply_by),
    }

    def get_base_queryset(self) -> QuerySet[ReviewCase]:
        """Return the cases that the person may see, and no others."""
        return cases_before(self.request.user)

    def search_queryset(self, queryset: QuerySet[ReviewCase]) -> QuerySet[ReviewCase]:
        """Return the cases with this number, of the request however it is typed or of the body's own file."""
        if not self.is_searching:
            return queryset
        words = self.search_query
        of_request = number_contains(words, "request__tracking_number")
        return queryset.filter(of_request | any_field_contains(["file_number"], words))

    def get_edit_url(self, instance: ReviewCase) -> str:
        """Lead from the row to the case."""
        return reverse("reviews:desk", args=[instance.pk])

    def get_list_more_buttons(self, instance: ReviewCase) -> list[Button]:
        """Return the way from a row."""
        return [Button(_now("Open the case"), url=self.get_edit_url(instance), icon_name="view", priority=10)]


class CaseMixin:
    """Finds a case before the person's own body; of any other it does not even say that there is one."""

    kwargs: dict[str, Any]
    case: ReviewCase

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the case."""
        super().setup(request, *args, **kwargs)  # type: ignore[misc]  # mixed into a view
        found = cases_before(request.user).prefetch_related(
            "reopened_items",
            "request__clocks",
            "request__items__answers__decision",
            "request__items__answers__withholdings__ground",
            "request__items__pollutant",
            "request__items__facility",
            "request__reviews",
            "request__messages",
        )
        if not user_has_role_for(request.user, Act.READ_CASE):
            raise PermissionDenied
        self.case = get_object_or_404(found, pk=self.kwargs["pk"])

    def crumbs(self) -> list[dict[str, Any]]:
        """Return the way from the admin's home page to the case."""
        return [
            *HOME_CRUMBS,
            {"url": reverse("reviews:index"), "label": _now("Reviews")},
            {"url": reverse("reviews:desk", args=[self.case.pk]), "label": self.case.reference},
        ]


class CaseDeskView(CaseMixin, WagtailAdminTemplateMixin, TemplateView):
    """One case with the whole file of its request; who asked is not in it, unless they wrote it themselves."""

    template_name = "inforequests/admin/case.html"
    header_icon = "lock-open"

    def get_page_title(self) -> str:
        """Return the reference."""
        return self.case.reference

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        return [*self.crumbs()[:-1], {"url": "", "label": self.case.reference}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the case and the file."""
        case, person, now = self.case, self.request.user, timezone.now()
        subject = case.request
        return super().get_context_data(
            **kwargs,
            case=case,
            subject=subject,
            tag=case_tag(case),
            tags=request_tags(subject, now),
            asked_line=asked_line(subject),
            sentence=LIMB_SENTENCES[Limb(case.limb)],
            clocks=[clock_card(clock, now) for clock in subject.clocks.all()],
            rows=desk.item_rows(person, subject),
            thread=desk.thread_of(subject),
            timeline=desk.timeline(subject),
            can_record_stage=user_can_record_review_stage(person, case),
            can_decide=user_can_decide_review(person, case),
        )


class CaseActView(CaseMixin, act_views.ActView):
    """The page of an act on a case."""

    act: ClassVar[Act]

    def has_role(self, user: Any) -> bool:
        """Return whether a person has a role for the act; whether the case is theirs was asked when it was found."""
        return user_has_role_for(user, self.act)

    def refusal_now(self) -> str:
        """Return why the act has no place now; nothing where it has."""
        return "" if self.case.is_open else _now("This review is decided: it stands as it is.")

    def log(self) -> None:
        """Write the act into the history of the case."""
        log_act(self.act, self.case, actor=self.request.user)

    def get_back_url(self) -> str:
        """Lead back to the case."""
        return reverse("reviews:desk", args=[self.case.pk])

    def get_page_subtitle(self) -> str:
        """Return what it is about."""
        return labelled(self.case.reference, self.case.get_limb_display())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        return [*self.crumbs(), {"url": "", "label": self.get_page_title()}]


class StageForm(PlainForm):
    """Asks how far the review has got."""

    stage = forms.ChoiceField(
        label=_("Stage"),
        choices=[(stage.value, stage.label) for stage in OPEN_REVIEW_STAGES],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how far the review has got.")},
    )
    file_number = forms.CharField(
        label=_("File number"),
        required=False,
        max_length=80,
        help_text=_("Your own, by which both sides write to you."),
    )


class RecordStageView(CaseActView):
    """Records how far the review has got; the requester and the authority see it."""

    act = Act.RECORD_REVIEW_STAGE
    form_class = StageForm
    header_icon = "edit"
    submit_label = _("Record it")
    done_message = _("Recorded. Both sides can see it.")

    def get_initial(self) -> dict[str, Any]:
        """Begin with what is stored."""
        return {"stage": self.case.stage, "file_number": self.case.file_number}

    def perform(self, form: Any) -> ReviewCase:
        """Record it."""
        data = form.cleaned_data
        return record_review_stage(
            self.case, actor=self.request.user, stage=ReviewStage(data["stage"]), file_number=data["file_number"]
        )


class DecisionForm(PlainForm):
    """Asks for outcome and reasons, and for what an order needs; what is missing, the domain says."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=ReviewOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the outcome.")},
    )
    reasons = forms.CharField(
        label=_("Reasons"),
        required=False,
        max_length=20_000,
        widget=AdminAutoHeightTextInput(attrs={"rows": 8}),
        help_text=_("Both sides read them."),
    )
    language = forms.ChoiceField(
        label=_("Language in which the reasons are written"),
        choices=settings.LANGUAGES,
        help_text=_("Readers of the other languages are told, and a screen reader speaks it right."),
    )
    items = forms.ModelMultipleChoiceField(
        label=_("To be answered anew"),
        queryset=RequestItem.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only where the decision is overturned, wholly or in part."),
    )
    comply_by = forms.DateField(
        label=_("To be complied with by"),
        required=False,
        widget=AdminDateInput,
        help_text=_("The last day on which the authority complies in time."),
    )

    def __init__(self, *args: Any, case: ReviewCase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("language", case.request.language)
        items = self.fields["items"]
        if isinstance(items, forms.ModelMultipleChoiceField):
            items.queryset = RequestItem.objects.filter(request=case.request)
            items.label_from_instance = _label  # type: ignore[method-assign]  # Django's own way


def _label(obj: RequestItem) -> str:
    """Return a question as a choice."""
    return f"{obj.number}. {shortened(obj.text, 160)}"


class DecideReviewView(CaseActView):
    """Records the decision; what is overturned is open again, with a day by which to comply."""

    act = Act.DECIDE_REVIEW
    form_class = DecisionForm
    header_icon = "check"
    submit_label = _("Decide the review")
    done_message = _("The review is decided. Both sides are told.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form which questions there are."""
        return {**super().get_form_kwargs(), "case": self.case}

    def consequences(self) -> list[str]:
        """Return what will happen."""
        return [
            language_hint(self.case.request),
            _now("A decided review stands as it is: it cannot be changed here any more."),
            _now("What is overturned is open again: the authority has to answer it by the day that you set."),
        ]

    def perform(self, form: Any) -> ReviewCase:
        """Record it."""
        data = form.cleaned_data
        return decide_review(
            self.case,
            actor=self.request.user,
            outcome=ReviewOutcome(data["outcome"]),
            reasons=data["reasons"],
            language=data["language"],
            reopened_items=list(data["items"]),
            comply_by=data["comply_by"],
        )
