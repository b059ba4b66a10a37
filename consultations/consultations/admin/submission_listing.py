"""The list of submissions."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, ClassVar

import django_filters
from django import forms
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import Button

from consultations.admin.words import consideration_tag, publication_tag, who_sent
from consultations.enums import Channel, ConsiderationState, PublicationState
from consultations.models import Docket, Point, Submission
from consultations.models.submissions import SubmissionQuerySet
from consultations.permissions import user_can_see_submitter
from design.desk.columns import MomentColumn, TagColumn
from design.desk.exports import ExportMixin
from design.desk.searching import any_field_contains
from design.formats import date_of, format_number
from design.phrases import labelled
from ledger.searching import number_contains


class SubmissionFilterSet(WagtailFilterSet):
    """Finds submissions by each of their axes, by how they came, and by what they wait for."""

    WAITING: ClassVar[Mapping[str, tuple[Any, Callable[[SubmissionQuerySet], SubmissionQuerySet]]]] = {
        "held": (_("held: somebody must look first"), lambda submissions: submissions.held()),
        "pending": (_("a word on publication"), lambda submissions: submissions.pending()),
        "late": (_("a word on whether it counts"), lambda submissions: submissions.undetermined()),
        "unread": (_("being read"), lambda submissions: submissions.countable().unread()),
        "answers": (_("answers"), lambda submissions: submissions.countable().read()),
    }

    docket = django_filters.ModelChoiceFilter(
        label=_("Consultation"), queryset=Docket.objects.published(), empty_label=_("All"), widget=forms.Select
    )
    waits_for = django_filters.ChoiceFilter(
        label=_("Waits for"),
        choices=[(name, label) for name, (label, _found) in WAITING.items()],
        empty_label=_("All"),
        widget=forms.RadioSelect,
        method="filter_waits_for",
    )
    publication_state = django_filters.ChoiceFilter(
        label=_("Publication"), choices=PublicationState.choices, empty_label=_("All"), widget=forms.RadioSelect
    )
    consideration = django_filters.ChoiceFilter(
        label=_("Consideration"),
        choices=ConsiderationState.choices,
        empty_label=_("All"),
        widget=forms.RadioSelect,
        method="filter_consideration",
    )
    channel = django_filters.ChoiceFilter(
        label=_("Way"), choices=Channel.choices, empty_label=_("All"), widget=forms.RadioSelect
    )
    # Not "language": that in an address chooses the language of the page itself (portal/middleware/language.py).
    written_in = django_filters.ChoiceFilter(
        field_name="language",
        label=_("Language"),
        choices=settings.LANGUAGES,
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Submission
        fields: ClassVar[list[str]] = []

    def filter_waits_for(self, submissions: SubmissionQuerySet, name: str, value: str) -> SubmissionQuerySet:
        """Return the submissions that wait for something."""
        return self.WAITING[value][1](submissions)

    def filter_consideration(self, submissions: SubmissionQuerySet, name: str, value: str) -> SubmissionQuerySet:
        """Return the submissions in a state of consideration."""
        return submissions.considered_as(ConsiderationState(value))


def day_received(submission: Submission) -> date:
    """Return the day of receipt in the authority's zone; the instant is on the submission's own page."""
    return date_of(submission.received_at)


def way_and_language(submission: Submission) -> str:
    """Return how it came and in which language, such as "post, Français"."""
    return f"{submission.get_channel_display()}, {submission.get_language_display()}"


def points_line(submission: Submission) -> str:
    """Return how many of the points are answered, such as "2 of 3"."""
    points = list(submission.points.all())
    answered = sum(point.is_answered for point in points)
    return _now("%(answered)s of %(points)s") % {
        "answered": format_number(answered),
        "points": format_number(len(points)),
    }


def points_note(submission: Submission) -> str:
    """Return the same as a note below the state."""
    return _now("answered: %(count)s") % {"count": points_line(submission)}


def full_text(submission: Submission) -> str:
    """Return all that was said, in the order of the points as they were sent."""
    points = submission.points.all()
    parts = [
        labelled(point.measure_code, point.text) if point.measure_code else point.text
        for point in points
        if not point.is_passage
    ]
    return "\n\n".join(parts)


class SenderColumn(Column):
    """Who sent it: as officials who handle comments know it, and for everybody else as the public is told."""

    def get_cell_context_data(self, instance: Submission, parent_context: Any) -> dict[str, Any]:
        """Ask who is reading."""
        context = super().get_cell_context_data(instance, parent_context)
        knows = user_can_see_submitter(parent_context["request"].user)
        return {**context, "value": who_sent(instance) if knows else instance.public_author}


class SubmissionIndexView(ExportMixin, IndexView):
    """All submissions: who, when, how, and how far each of their axes has got."""

    filterset_class = SubmissionFilterSet
    page_title = _("Submissions")
    template_name = "desk/listing.html"
    table_classname = "listing desk-listing"
    is_searchable = True
    search_backend_name = None
    any_permission_required: ClassVar = ["view"]
    default_ordering = ("-received_at", "-pk")
    list_display: ClassVar = [
        "tracking_number",
        Column("docket", label=_("Consultation"), accessor="docket.reference", sort_key="docket__reference"),
        SenderColumn("sender", label=_("From"), classname="desk-wrap"),
        MomentColumn(
            "received", label=_("Received"), accessor=day_received, sort_key="received_at", classname="desk-short"
        ),
        Column(
            "channel", label=_("Way and language"), accessor=way_and_language, sort_key="channel", classname="desk-wrap"
        ),
        TagColumn(
            "publication",
            label=_("Publication"),
            tags=lambda submission: [publication_tag(submission)],
            sort_key="publication_state",
        ),
        TagColumn(
            "consideration",
            label=_("Consideration"),
            tags=lambda submission: [consideration_tag(submission)],
            note=points_note,
        ),
    ]
    export_columns: ClassVar = {
        "tracking_number": (_("Tracking number"), lambda submission: submission.tracking_number),
        "docket": (_("Consultation"), lambda submission: submission.docket.reference),
        "received_at": (_("Received"), lambda submission: submission.received_at),
        "received_late": (_("Received late"), lambda submission: submission.received_late),
        "channel": (_("Way"), lambda submission: submission.get_channel_display()),
        "language": (_("Language"), lambda submission: submission.language),
        "author": (_("Author as the public is told"), lambda submission: submission.public_author),
        "publication": (_("Publication"), lambda submission: publication_tag(submission).label),
        "withheld_reason": (_("Withheld because"), lambda submission: submission.get_withheld_reason_display()),
        "counts": (_("Counts"), lambda submission: submission.get_state_display()),
        "consideration": (_("Consideration"), lambda submission: consideration_tag(submission).label),
        "answered": (_("Answered"), points_line),
        "text": (_("Text"), full_text),
    }

    def get_base_queryset(self) -> QuerySet[Submission]:
        """Return the submissions with all that a row shows."""
        return Submission.objects.select_related("submitter", "docket").prefetch_related("points__response")

    def search_queryset(self, queryset: QuerySet[Submission]) -> QuerySet[Submission]:
        """Return the submissions with these words in number or text, or in the sender's names or e-mail address.

        The number is found however it is typed; who sent it is found only by those who may know it.
        """
        if not self.is_searching:
            return queryset
        saying = Point.objects.filter(any_field_contains(["text"], self.search_query), submission=OuterRef("pk"))
        found = number_contains(self.search_query) | Q(Exists(saying))
        if user_can_see_submitter(self.request.user):
            who = ["submitter__name", "submitter__organisation", "submitter__email"]
            found |= any_field_contains(who, self.search_query)
        return queryset.filter(found)

    def get_edit_url(self, instance: Submission) -> str:
        """Lead from the row to the submission."""
        return reverse("submissions:desk", args=[instance.pk])

    def get_list_more_buttons(self, instance: Submission) -> list[Button]:
        """Return the ways from a row."""
        docket = reverse("dockets:desk", args=[instance.docket_id])
        history = reverse("submissions:history", args=[instance.pk])
        return [
            Button(_now("Read"), url=self.get_edit_url(instance), icon_name="view", priority=10),
            Button(_now("Desk of the consultation"), url=docket, icon_name="clipboard-list", priority=20),
            Button(_now("History"), url=history, icon_name="history", priority=30),
        ]
