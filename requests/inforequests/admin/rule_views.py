"""The pages of what the law of the Party says: lists, what stands in one row, entering and changing it."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views.generic import CreateView, EditView, IndexView, InspectView
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.widgets.button import Button, HeaderButton

from design.desk.columns import MomentColumn, TagColumn
from design.desk.words import Tag
from design.formats import date_of, format_date_short
from design.languages import CODES
from inforequests.enums import RuleUnit
from inforequests.models import Clock, DeadlineRule, Ground, HolidayCalendar, ReviewBody, Withholding
from inforequests.permissions import user_can_change_deadline_rule, user_can_set_rules


def missing_languages(row: Any, *names: str) -> str:
    """Return the languages in which a text is not given, by their codes; nothing where it is there in all."""
    lacking = [code for code in CODES if any(not getattr(row, f"{name}_{code}") for name in names)]
    return ", ".join(lacking)


def body_tags(body: ReviewBody) -> list[Tag]:
    """Return what is to be known of a body at a glance."""
    tags = [Tag(_now("can be turned to"), "open") if body.is_active else Tag(_now("not any more"), "closed")]
    lacking = missing_languages(body, "name", "legal_basis", "how")
    if lacking:
        tags.append(Tag(_now("no text in: %(languages)s") % {"languages": lacking}, "soon"))
    return tags


def articles_of(ground: Ground) -> str:
    """Return the articles of the Protocol that a ground rests on."""
    return f"{ground.citation}, 12(2)" if ground.weighs_releases else ground.citation


def ground_tags(ground: Ground) -> list[Tag]:
    """Return what is to be known of a ground at a glance."""
    if not ground.is_active:
        return [Tag(_now("not used"), "closed")]
    lacking = missing_languages(ground, "legal_basis")
    if len(lacking.split()) == len(CODES):
        return [Tag(_now("no provision is named"), "overdue")]
    tags = [Tag(_now("may be used"), "open")]
    return [*tags, Tag(_now("no text in: %(languages)s") % {"languages": lacking}, "soon")] if lacking else tags


def length_of(rule: DeadlineRule) -> str:
    """Return how long a time limit is, such as "1 month" or "15 calendar days"."""
    words = {
        RuleUnit.MONTH: ngettext("%(count)s month", "%(count)s months", rule.amount),
        RuleUnit.CALENDAR_DAY: ngettext("%(count)s calendar day", "%(count)s calendar days", rule.amount),
        RuleUnit.WORKING_DAY: ngettext("%(count)s working day", "%(count)s working days", rule.amount),
    }
    return words[RuleUnit(rule.unit)] % {"count": rule.amount}


def rule_tags(rule: Any) -> list[Tag]:
    """Return what is to be known of a rule at a glance; of one that the list has annotated."""
    tags = [Tag(_now("governs what comes in today"), "open")] if rule.governs else []
    if rule.is_protocols:
        tags.append(Tag(_now("the Protocol’s, never changed"), "done"))
    elif rule.counted:
        tags.append(Tag(_now("requests were counted by it"), "done"))
    return tags


def in_words(values: list[Any]) -> str:
    """Return a list of years or days with commas."""
    return ", ".join(str(value) for value in values)


class RuleIndexView(IndexView):
    """A list of rules: whoever may change a row comes to its form, everybody else to what stands in it."""

    template_name = "desk/listing.html"
    table_classname = "listing desk-listing"
    any_permission_required: ClassVar = ["view"]
    is_searchable = False
    title_label: ClassVar[Any] = ""  # of the first column, which leads on; `list_display` names its value

    def _get_title_column(self, field_name: str, column_class: type[Column] = TitleColumn, **kwargs: Any) -> Column:
        """Return the first column with words of ours, where the value is no field of the model."""
        with_buttons = self._get_title_column_class(column_class)
        accessor = str if field_name == "__str__" else field_name
        column: Column = with_buttons(
            "title", label=self.title_label, accessor=accessor, get_url=self.get_edit_url, classname="desk-wrap"
        )
        return column

    def get_edit_url(self, instance: Any) -> str:
        """Lead from the row to its form or its page."""
        if self.edit_url_name and self.user_has_permission_for_instance("change", instance):
            return reverse(self.edit_url_name, args=[instance.pk])
        return reverse(self.inspect_url_name, args=[instance.pk])

    def get_list_more_buttons(self, instance: Any) -> list[Button]:
        """Return the ways from a row."""
        read = reverse(self.inspect_url_name, args=[instance.pk])
        buttons = [Button(_now("Show"), url=read, icon_name="view", priority=20)]
        change = self.get_edit_url(instance)
        if change != read:
            buttons.append(Button(_now("Change"), url=change, icon_name="edit", priority=10))
        return buttons


class RuleFormMixin:
    """A form with everything that is wrong named above it; no panel beside it."""

    template_name = "inforequests/admin/rule_form.html"

    def get_side_panels(self) -> Any:
        """Show none: the history has its own page."""
        return MediaContainer([])


class RuleCreateView(RuleFormMixin, CreateView):
    """Enters a row."""

    def get_success_buttons(self) -> list[Any]:
        """Offer none: the list that follows leads everywhere."""
        return []


class RuleEditView(RuleFormMixin, EditView):
    """Changes a row."""

    def get_success_buttons(self) -> list[Any]:
        """Offer none: the list that follows leads everywhere."""
        return []


class RuleInspectView(InspectView):
    """What stands in a row, for those who read only, too."""

    any_permission_required: ClassVar = ["view"]
    template_name = "inforequests/admin/rule.html"
    history_url_name: ClassVar[str | None] = None
    page_title = _("Show")

    def get_edit_url(self) -> str | None:
        """Lead to the form who may change the row."""
        if self.edit_url_name and self.user_has_permission_for_instance("change", self.object):
            return reverse(self.edit_url_name, args=[self.object.pk])
        return None

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """Return the value as people say it."""
        value = super().get_field_display_value(field_name, field)
        if isinstance(value, bool):
            return _now("Yes") if value else _now("No")
        if isinstance(value, date):
            return format_date_short(date_of(value) if isinstance(value, datetime) else value)
        return "–" if value in {None, ""} else value

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Lead to the form and to the history."""
        buttons = []
        if change := self.get_edit_url():
            buttons.append(Button(_now("Change"), url=change, icon_name="edit", priority=10))
        if self.history_url_name:
            history = reverse(self.history_url_name, args=[self.object.pk])
            buttons.append(Button(_now("History"), url=history, icon_name="history", priority=20))
        return buttons


class RuleHistoryView(HistoryView):
    """Who entered and changed a row, and when."""

    any_permission_required: ClassVar = ["view"]


class BodyIndexView(RuleIndexView):
    """The review bodies, in the order in which requesters read them."""

    page_title = _("Review bodies")
    title_label = _("Review body")
    add_item_label = _("Enter a review body")
    default_ordering = ("sort_order", "pk")
    list_display: ClassVar = [
        "name",
        Column("route", label=_("Kind"), accessor="get_route_display", classname="desk-wrap"),
        BooleanColumn("receives_here", label=_("Cases here")),
        Column("members", label=_("Members"), accessor=lambda body: len(body.members.all())),
        TagColumn("state", label=_("Stands at"), tags=body_tags),
    ]

    def get_base_queryset(self) -> QuerySet[ReviewBody]:
        """Return the bodies with their members."""
        return ReviewBody.objects.prefetch_related("members")


class GroundIndexView(RuleIndexView):
    """The five grounds, each with the provision of national law that lets the authority use it."""

    page_title = _("Grounds for keeping back")
    title_label = _("Ground")
    default_ordering = ("sort_order", "pk")
    list_display: ClassVar = [
        "get_code_display",
        Column("article", label=_("Article"), accessor=articles_of),
        Column("legal_basis", label=_("National provision"), classname="desk-wrap"),
        TagColumn("state", label=_("Stands at"), tags=ground_tags),
    ]


class DeadlineIndexView(RuleIndexView):
    """The time limits; which one governs a request depends on its day of submission."""

    page_title = _("Time limits")
    title_label = _("Rule")
    add_item_label = _("Enter a time limit")
    default_ordering = ("-in_force_from", "code")
    list_display: ClassVar = [
        "code",
        Column("length", label=_("How long"), accessor=length_of),
        Column("citation", label=_("Provision"), classname="desk-wrap"),
        MomentColumn("from", label=_("In force from"), accessor="in_force_from", classname="desk-short"),
        MomentColumn("until", label=_("Until"), accessor="in_force_until", classname="desk-short"),
        TagColumn("state", label=_("Stands at"), tags=rule_tags),
    ]

    def get_base_queryset(self) -> QuerySet[DeadlineRule]:
        """Return the rules, and of each whether requests were counted by it and whether it governs those of today."""
        governing = DeadlineRule.objects.in_force(date_of(timezone.now())).first()
        is_governing = Q(pk=governing.pk if governing else None)
        return DeadlineRule.objects.annotate(
            counted=Exists(Clock.objects.filter(rule=OuterRef("pk"))),
            governs=ExpressionWrapper(is_governing, output_field=BooleanField()),
        )


class DeadlineEditView(RuleEditView):
    """Changes a rule as far as nobody relies on it yet."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead to what stands in the rule where nobody may change it."""
        rule = DeadlineRule.objects.filter(pk=self.kwargs["pk"]).first()
        if rule and user_can_set_rules(request.user) and not user_can_change_deadline_rule(request.user, rule):
            messages.warning(request, _now("This is the Protocol’s own time limit: no Party changes it."))
            return redirect(reverse("deadline_rules:inspect", args=[rule.pk]))
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say why fields are closed, where they are."""
        lock = _now(
            "Requests were counted by this rule: only its end and its calendar can be changed. "
            "For anything else end it, and enter a new one."
        )
        return {**super().get_context_data(**kwargs), "lock": lock if self.object.was_used else ""}


class CalendarIndexView(RuleIndexView):
    """The calendars, the newest version of each first."""

    page_title = _("Holidays")
    title_label = _("Calendar")
    add_item_label = _("Enter a calendar")
    default_ordering = ("code", "-version")
    list_display: ClassVar = [
        "__str__",
        Column("years", label=_("Years covered"), accessor=lambda row: in_words(row.years), classname="desk-wrap"),
        Column("holidays", label=_("Holidays"), accessor=lambda row: len(row.holidays)),
        MomentColumn("created_at", label=_("Entered"), accessor=lambda row: date_of(row.created_at)),
    ]


class CalendarCreateView(RuleCreateView):
    """Enters a calendar, or the next version of one: `?after=<pk>` begins with what that one says."""

    def get_initial(self) -> dict[str, Any]:
        """Begin with the version before."""
        after = self.request.GET.get("after", "")
        before = HolidayCalendar.objects.filter(pk=int(after)).first() if after.isdecimal() else None
        if before is None:
            return super().get_initial()
        return {
            "code": before.code,
            "years_covered": " ".join(map(str, before.years)),
            "days": "\n".join(before.holidays),
        }


class CalendarInspectView(RuleInspectView):
    """One version of a calendar, day by day."""

    def get_years_display_value(self) -> str:
        """Return the years."""
        return in_words(self.object.years)

    def get_holidays_display_value(self) -> str:
        """Return the days."""
        return in_words(self.object.holidays)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Lead to the next version."""
        if not user_can_set_rules(self.request.user):
            return []
        address = f"{reverse('holiday_calendars:add')}?after={self.object.pk}"
        return [HeaderButton(_now("Enter the next version"), url=address, icon_name="plus")]


class GroundEditView(RuleEditView):
    """Changes the provision of a ground, and says who reads it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say that answers which were sent show the new words too, where there are such answers."""
        sent = Withholding.objects.filter(ground=self.object, answer__decision__sent_at__isnull=False).exists()
        note = _now("Answers that were sent name this provision: their pages show from now on what you write here.")
        return {**super().get_context_data(**kwargs), "lock": note if sent else ""}


class GroundInspectView(RuleInspectView):
    """One ground with its article."""

    def get_article_display_value(self) -> str:
        """Return the articles."""
        return articles_of(self.object)


class BodyInspectView(RuleInspectView):
    """One review body with its members."""

    def get_members_display_value(self) -> str:
        """Return who reads its cases."""
        return ", ".join(str(person) for person in self.object.members.order_by("email")) or "–"
