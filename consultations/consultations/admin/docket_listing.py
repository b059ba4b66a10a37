"""The list of dockets."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final

import django_filters
from django import forms
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import Button

from consultations.admin.words import DRAFT_LABEL, comments_line, docket_tags
from consultations.enums import DisplayState, EditorialState, SubmissionState
from consultations.models import Docket
from consultations.models.dockets import DocketQuerySet
from consultations.permissions import user_can_change_docket, user_can_record_submission
from design.desk.columns import MomentColumn, TagColumn
from design.desk.exports import ExportMixin
from design.desk.searching import any_field_contains
from design.formats import format_number

_COUNTING: Final = ~Q(submissions__state=SubmissionState.INADMISSIBLE)


def with_counts(dockets: QuerySet[Docket]) -> QuerySet[Docket]:
    """Return the dockets with how many submissions they have, and how many of these wait to be read."""
    return dockets.annotate(
        submission_count=Count("submissions", distinct=True),
        unread_count=Count("submissions", filter=Q(submissions__read_at=None) & _COUNTING, distinct=True),
    )


class DocketFilterSet(WagtailFilterSet):
    """Finds dockets by the state the public is told, and by what is due."""

    DEADLINES: ClassVar[Mapping[str, tuple[Any, Callable[[DocketQuerySet], DocketQuerySet]]]] = {
        "closing_soon": (_("comments close within a week"), lambda dockets: dockets.published().closing_soon()),
        "overdue": (_("decision overdue"), lambda dockets: dockets.published().overdue()),
        "to_decide": (_("decision awaited"), lambda dockets: dockets.published().under_consideration()),
    }

    state = django_filters.ChoiceFilter(
        label=_("Stands at"),
        choices=[(EditorialState.DRAFT.value, DRAFT_LABEL), *DisplayState.choices],
        empty_label=_("All"),
        widget=forms.RadioSelect,
        method="filter_state",
    )
    deadline = django_filters.ChoiceFilter(
        label=_("Deadline"),
        choices=[(name, label) for name, (label, _dockets) in DEADLINES.items()],
        empty_label=_("All"),
        widget=forms.RadioSelect,
        method="filter_deadline",
    )

    class Meta:
        model = Docket
        fields: ClassVar[list[str]] = []

    def filter_state(self, dockets: DocketQuerySet, name: str, value: str) -> DocketQuerySet:
        """Return the dockets in a state."""
        if value == EditorialState.DRAFT:
            return dockets.drafts()
        return dockets.published().in_state(DisplayState(value))

    def filter_deadline(self, dockets: DocketQuerySet, name: str, value: str) -> DocketQuerySet:
        """Return the dockets for which something is due."""
        return self.DEADLINES[value][1](dockets)


def _count(name: str) -> Callable[[Any], str]:
    return lambda docket: format_number(getattr(docket, name))


class DocketIndexView(ExportMixin, IndexView):
    """All dockets: where each stands, until when comments are taken, what is unread, when a decision is due."""

    filterset_class = DocketFilterSet
    page_title = _("Consultations")
    add_item_label = _("New consultation")
    template_name = "desk/listing.html"
    table_classname = "listing desk-listing"
    search_fields: ClassVar = ["reference", "title_en", "title_fr", "title_ru"]
    search_backend_name = None  # the site's search finds published dockets only
    any_permission_required: ClassVar = ["view"]
    default_ordering = ("-created_at", "-pk")
    list_display: ClassVar = [
        "reference",
        Column("title", label=_("Title"), accessor="title", sort_key="title_en", classname="desk-wrap"),
        TagColumn("state", label=_("Stands at"), tags=docket_tags),
        Column("comments", label=_("Comments"), accessor=comments_line, classname="desk-wrap"),
        Column("unread", label=_("Unread"), accessor=_count("unread_count"), sort_key="unread_count"),
        MomentColumn("decision_expected_by", label=_("Decision expected by"), sort_key="decision_expected_by"),
    ]
    export_columns: ClassVar = {
        "reference": (_("Reference"), lambda docket: docket.reference),
        "title_en": (_("Title in English"), lambda docket: docket.title_en),
        "title_fr": (_("Title in French"), lambda docket: docket.title_fr),
        "title_ru": (_("Title in Russian"), lambda docket: docket.title_ru),
        "visible": (_("Visible"), lambda docket: docket.get_editorial_state_display()),
        "state": (_("Stands at"), lambda docket: ", ".join(str(tag) for tag in docket_tags(docket))),
        "comments": (_("Comments"), comments_line),
        "submissions": (_("Submissions"), lambda docket: docket.submission_count),
        "unread": (_("Unread"), lambda docket: docket.unread_count),
        "decision_expected_by": (_("Decision expected by"), lambda docket: docket.decision_expected_by),
        "published_at": (_("Published at"), lambda docket: docket.published_at),
    }

    def get_base_queryset(self) -> QuerySet[Docket]:
        """Return the dockets with all that a row shows."""
        return with_counts(Docket.objects.with_periods())

    def search_queryset(self, queryset: QuerySet[Docket]) -> QuerySet[Docket]:
        """Return the dockets with these words in reference or title, whatever their capitals."""
        if not self.is_searching:
            return queryset
        return queryset.filter(any_field_contains(self.search_fields, self.search_query))

    def get_edit_url(self, instance: Docket) -> str:
        """Lead from the row to the desk: there everything begins."""
        return reverse("dockets:desk", args=[instance.pk])

    def get_list_more_buttons(self, instance: Docket) -> list[Button]:
        """Return the ways from a row."""
        person, now = self.request.user, timezone.now()
        buttons = [Button(_now("Desk"), url=self.get_edit_url(instance), icon_name="clipboard-list", priority=10)]
        if user_can_change_docket(person, instance, now):
            address = reverse("dockets:edit", args=[instance.pk])
            buttons.append(Button(_now("Change the file"), url=address, icon_name="edit", priority=20))
        if user_can_record_submission(person, instance, now):
            address = reverse("dockets:enter", args=[instance.pk])
            buttons.append(Button(_now("Enter a comment"), url=address, icon_name="mail", priority=30))
        submissions = f"{reverse('submissions:index')}?docket={instance.pk}"
        buttons.append(Button(_now("Submissions"), url=submissions, icon_name="list-ul", priority=40))
        history = reverse("dockets:history", args=[instance.pk])
        buttons.append(Button(_now("History"), url=history, icon_name="history", priority=50))
        return buttons

    @cached_property
    def verbose_name_plural(self) -> str:
        """What there is none of, when the list is empty."""
        return str(Docket._meta.verbose_name_plural)
