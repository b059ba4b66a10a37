"""The list of requests: by default what is open, what is due first at the top."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, ClassVar, Final

import django_filters
from django import forms
from django.conf import settings
from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import Button

from design.desk.columns import MomentColumn, TagColumn
from design.desk.exports import ExportMixin
from design.desk.searching import any_field_contains
from design.formats import date_of
from inforequests import deadlines
from inforequests.admin.words import request_tags, stage_tag, who_asked
from inforequests.enums import OPEN_REVIEW_STAGES, MessageKind, Stage, Timeliness
from inforequests.models import InformationRequest, Message, RequestItem, ReviewCase
from inforequests.models.requests import InformationRequestQuerySet
from inforequests.permissions import user_can_see_requester
from ledger.searching import number_contains

SOON: Final = timedelta(days=7)
OPEN: Final = "open"
ALL: Final = "all"
# As the condition of the index `clock_running_by_last_day` has it: the list is read from there, however many there are.
_RUNNING: Final = Q(standing__is_current=True, standing__met_on__isnull=True, standing__lapsed_on__isnull=True)

Requests = InformationRequestQuerySet


def with_standing(requests: Requests) -> Requests:
    """Return the requests with the clock that counts now as `standing`, to filter and order by."""
    return requests.annotate(standing=FilteredRelation("clocks", condition=Q(clocks__is_current=True)))


def waiting_at(state: Timeliness) -> Callable[[Requests], Requests]:
    """Return the same filter, for what is still to be answered: who has withdrawn waits for nothing."""
    return lambda requests: running(standing_at(state)(requests))


def standing_at(state: Timeliness) -> Callable[[Requests], Requests]:
    """Return the filter for a state, by the table that gives a clock its label."""
    return lambda requests: requests.filter(deadlines.in_timeliness(state, timezone.now(), prefix="standing__"))


def due_soon(requests: Requests) -> Requests:
    """Return the requests whose last day is one of the next seven, today not among them."""
    today = date_of(timezone.now())
    return requests.filter(_RUNNING, Q(standing__last_day__gt=today, standing__last_day__lte=today + SOON))


def running(requests: Requests) -> Requests:
    """Return the requests of which something is still to be answered: their clock runs."""
    return requests.filter(_RUNNING)


def under_review(requests: Requests) -> Requests:
    """Return the requests with a review that is not decided."""
    return requests.filter(Exists(ReviewCase.objects.filter(request=OuterRef("pk"), stage__in=OPEN_REVIEW_STAGES)))


def with_unread_message(requests: Requests) -> Requests:
    """Return the requests whose requester wrote something that nobody has read."""
    return requests.filter(Exists(Message.objects.unread().filter(request=OuterRef("pk"))))


class RequestFilterSet(WagtailFilterSet):
    """Finds requests by how far they have got, by what is due, and by what they wait for."""

    STANDS_AT: ClassVar[Mapping[str, tuple[Any, Callable[[Requests], Requests]]]] = {
        Stage.RECEIVED.value: (_("asked, not acknowledged"), lambda requests: requests.filter(stage=Stage.RECEIVED)),
        Stage.IN_HAND.value: (Stage.IN_HAND.label, lambda requests: requests.filter(stage=Stage.IN_HAND)),
        Stage.DECIDED.value: (_("answer ready, not sent"), lambda requests: requests.filter(stage=Stage.DECIDED)),
        Stage.SENT.value: (Stage.SENT.label, lambda requests: requests.answered()),
        Stage.WITHDRAWN.value: (Stage.WITHDRAWN.label, lambda requests: requests.withdrawn()),
        ALL: (_("all requests"), lambda requests: requests),
    }
    DUE: ClassVar[Mapping[str, tuple[Any, Callable[[Requests], Requests]]]] = {
        Timeliness.IGNORED.value: (Timeliness.IGNORED.label, waiting_at(Timeliness.IGNORED)),
        Timeliness.DUE_TODAY.value: (Timeliness.DUE_TODAY.label, waiting_at(Timeliness.DUE_TODAY)),
        "soon": (_("within a week"), due_soon),
        Timeliness.IN_TIME.value: (Timeliness.IN_TIME.label, standing_at(Timeliness.IN_TIME)),
        Timeliness.ANSWERED_LATE.value: (Timeliness.ANSWERED_LATE.label, standing_at(Timeliness.ANSWERED_LATE)),
    }
    WAITING: ClassVar[Mapping[str, tuple[Any, Callable[[Requests], Requests]]]] = {
        "review": (_("a review"), under_review),
        "message": (_("a message to be read"), with_unread_message),
        "disclosure": (_("publication"), lambda requests: requests.disclosable()),
    }

    stands_at = django_filters.ChoiceFilter(
        label=_("Stands at"),
        choices=[(name, label) for name, (label, _found) in STANDS_AT.items()],
        empty_label=_("open: something is to be answered"),
        widget=forms.RadioSelect,
        method="filter_stands_at",
    )
    due = django_filters.ChoiceFilter(
        label=_("Last day"),
        choices=[(name, label) for name, (label, _found) in DUE.items()],
        empty_label=_("All"),
        widget=forms.RadioSelect,
        method="filter_due",
    )
    waits_for = django_filters.ChoiceFilter(
        label=_("Waits for"),
        choices=[(name, label) for name, (label, _found) in WAITING.items()],
        empty_label=_("All"),
        widget=forms.RadioSelect,
        method="filter_waits_for",
    )
    way = django_filters.ChoiceFilter(
        field_name="submission__kind",
        label=_("Way"),
        choices=MessageKind.choices,
        empty_label=_("All"),
        widget=forms.RadioSelect,
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
        model = InformationRequest
        fields: ClassVar[list[str]] = []

    def filter_queryset(self, queryset: Requests) -> Requests:
        """Return what was asked for: where nothing was said of how far, what is open."""
        chosen = self.form.cleaned_data
        if not (chosen["stands_at"] or chosen["due"] or chosen["waits_for"] or self.request.GET.get("q")):
            queryset = running(queryset)
        found: Requests = super().filter_queryset(queryset)
        return found

    def filter_stands_at(self, requests: Requests, name: str, value: str) -> Requests:
        """Return the requests that have got so far."""
        return self.STANDS_AT[value][1](requests)

    def filter_due(self, requests: Requests, name: str, value: str) -> Requests:
        """Return the requests that stand so towards their last day."""
        return self.DUE[value][1](requests)

    def filter_waits_for(self, requests: Requests, name: str, value: str) -> Requests:
        """Return the requests that wait for something."""
        return self.WAITING[value][1](requests)


class RequesterColumn(Column):
    """Who asked: for those who handle requests, and for nobody else."""

    def get_cell_context_data(self, instance: InformationRequest, parent_context: Any) -> dict[str, Any]:
        """Ask who is reading."""
        context = super().get_cell_context_data(instance, parent_context)
        knows = user_can_see_requester(parent_context["request"].user)
        return {**context, "value": who_asked(instance) if knows else "–"}


def last_day(request: InformationRequest) -> Any:
    """Return the last day for what is still to be answered, or the one there was."""
    return request.clock.last_day if request.clock else None


def kinds_of_answer(request: InformationRequest) -> str:
    """Return what became of each thing asked, in their order."""
    return ", ".join(str(item.get_disposition_display()) for item in request.sorted_items)


def day_asked(request: InformationRequest) -> Any:
    """Return the day of submission in the authority's zone; the instant is on the desk."""
    return date_of(request.submitted_at)


class RequestIndexView(ExportMixin, IndexView):
    """The requests: what was asked, how far it has got, by when it is due."""

    filterset_class = RequestFilterSet
    page_title = _("Requests")
    add_item_label = _("Enter a request")
    template_name = "desk/listing.html"
    table_classname = "listing desk-listing"
    is_searchable = True
    search_backend_name = None
    any_permission_required: ClassVar = ["view"]
    default_ordering = ("standing__last_day", "pk")
    list_display: ClassVar = [
        "tracking_number",
        Column("title", label=_("Question"), accessor="title", classname="desk-wrap"),
        RequesterColumn("requester", label=_("From"), classname="desk-wrap"),
        MomentColumn("asked", label=_("Asked"), accessor=day_asked, sort_key="submitted_at", classname="desk-short"),
        TagColumn("state", label=_("Stands at"), tags=request_tags),
        MomentColumn(
            "last_day", label=_("Last day"), accessor=last_day, sort_key="standing__last_day", classname="desk-short"
        ),
    ]
    export_columns: ClassVar = {
        "tracking_number": (_("Tracking number"), lambda request: request.tracking_number),
        "submitted_at": (_("Submitted at"), lambda request: request.submitted_at),
        "way": (_("Way"), lambda request: request.submission.get_kind_display()),
        "language": (_("Language"), lambda request: request.language),
        "question": (_("Question"), lambda request: request.submission.text),
        "stage": (_("Stands at"), lambda request: str(stage_tag(request))),
        "answers": (_("Answers"), kinds_of_answer),
        "last_day": (_("Last day"), last_day),
        "timeliness": (_("In time"), lambda request: request.timeliness().label if request.clock else ""),
        "sent_at": (_("Answered at"), lambda request: request.sent_at),
        "review": (_("Review"), lambda request: request.review_state.label),
    }

    def get_base_queryset(self) -> QuerySet[InformationRequest]:
        """Return the requests with all that a row shows."""
        requests = InformationRequest.objects.select_related("submission", "requester")
        return with_standing(requests.prefetch_related("clocks", "items", "reviews"))

    def search_queryset(self, queryset: QuerySet[InformationRequest]) -> QuerySet[InformationRequest]:
        """Return the requests with these words in number or question, or in the requester's name or e-mail address.

        The number is found however it is typed; who asked is found only by those who may know it.
        """
        if not self.is_searching:
            return queryset
        asking = RequestItem.objects.filter(any_field_contains(["text"], self.search_query), request=OuterRef("pk"))
        found = number_contains(self.search_query) | Q(Exists(asking))
        if user_can_see_requester(self.request.user):
            found |= any_field_contains(["requester__name", "requester__email"], self.search_query)
        return queryset.filter(found)

    def get_edit_url(self, instance: InformationRequest) -> str:
        """Lead from the row to the desk: there everything begins."""
        return reverse("requests:desk", args=[instance.pk])

    def get_list_more_buttons(self, instance: InformationRequest) -> list[Button]:
        """Return the ways from a row."""
        history = reverse("requests:history", args=[instance.pk])
        return [
            Button(_now("Desk"), url=self.get_edit_url(instance), icon_name="clipboard-list", priority=10),
            Button(_now("History"), url=history, icon_name="history", priority=20),
        ]
