"""The administration of personal data: how long it is kept, what was erased, and erasing by letter."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import Permission
from django.db import models
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permissions import register_permission_policy

from accounts.policies import RolePolicy
from accounts.roles import Role
from design.desk.act_views import HOME_CRUMBS, ActView
from design.desk.columns import MomentColumn
from design.fields import LineField
from design.formats import format_date_short
from privacy.domain import erase_by_letter
from privacy.holdings import Held, holding_of, holdings
from privacy.models import PostponedErasure, RetentionRule, Tombstone
from privacy.permissions import user_can_erase_for_others
from tracking.numbers import InvalidTrackingNumber, normalise_tracking_number

_READING = frozenset({Role.ADMINISTRATOR, Role.AUDITOR, Role.CASE_OFFICER})
_SETTING = frozenset({Role.ADMINISTRATOR})


class Act(models.TextChoices):
    """What an official can do here; the label is the words on the button."""

    ERASE = "erase", _("Erase somebody who asked by letter")


def register_policies() -> None:
    """Tell Wagtail whom to ask; what is not named nobody may do: no erasure is changed or deleted."""
    register_permission_policy(RetentionRule, RolePolicy(RetentionRule, {"view": _READING, "change": _SETTING}))
    register_permission_policy(Tombstone, RolePolicy(Tombstone, {"view": _READING, "add": _SETTING}))


class RetentionIndexView(IndexView):
    """All rules, as the public reads them."""

    page_title = _("Rules of keeping")
    any_permission_required: ClassVar = ["view", "change"]
    list_display: ClassVar = [
        Column("title", label=_("What is kept"), accessor="title"),
        Column("period", label=_("Period"), accessor=lambda rule: rule.period or "–"),
        Column("counted_from", label=_("Counted"), accessor="counted_from"),
        Column("consequence", label=_("What happens then"), accessor="get_consequence_display"),
        Column(
            "is_active", label=_("Carried out"), accessor=lambda rule: _now("yes") if rule.is_active else _now("no")
        ),
    ]


class RetentionViewSet(ModelViewSet):
    """How long what is kept: the periods are changed, the kinds are code."""

    model = RetentionRule
    name = "retention_rules"
    url_prefix = "privacy/rules"
    icon = "history"
    menu_label = _("Rules of keeping")
    index_view_class = RetentionIndexView
    copy_view_enabled = False
    edit_handler = ObjectList(RetentionRule.panels)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Leave out the pages that there are none of."""
        return {
            **super().get_common_view_kwargs(**kwargs),
            "add_url_name": None,
            "delete_url_name": None,
            "usage_url_name": None,
        }

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """Offer none in the form of a group: what a role may do is written above."""
        return Permission.objects.none()

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the addresses."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/change/", self.edit_view, name="edit"),
            path("<int:pk>/history/", self.history_view, name="history"),
            path("<int:pk>/history/results/", self.history_results_view, name="history_results"),
        ]


def kind_in_words(stone: Tombstone) -> str:
    """Return of what kind the erased thing is."""
    holding = holding_of(stone.holding)
    return str(holding.title) if holding else stone.holding


class TombstoneIndexView(IndexView):
    """All erasures: what, when and why, and nobody's name."""

    page_title = _("Erasures")
    add_item_label = _("Erase by letter")
    any_permission_required: ClassVar = ["view"]
    default_ordering = ("-erased_at", "-pk")
    list_display: ClassVar = [
        "reference",
        Column("kind", label=_("Kind"), accessor=kind_in_words),
        MomentColumn("erased", label=_("Erased"), accessor="erased_at", sort_key="erased_at"),
        Column("cause", label=_("Cause"), accessor="get_cause_display"),
        Column("reason", label=_("Letter"), accessor="reason", classname="desk-wrap"),
    ]


class LetterForm(forms.Form):
    """Asks whom the letter is about, and which letter it is."""

    number = LineField(
        label=_("Tracking number"),
        required=True,
        help_text=_("Of the comment or the request, as the letter gives it. Make sure that its writer is who sent it."),
        error_messages={"required": _("Type the tracking number.")},
    )
    reason = LineField(
        label=_("Which letter?"),
        required=True,
        max_length=300,
        help_text=_("Its date and file number. This stays: write no name and no address."),
        error_messages={"required": _("Say which letter asked for it, by its date and file number.")},
    )
    sure = forms.BooleanField(
        label=_("I have made sure that the writer is the person, and know that this cannot be undone."),
        error_messages={"required": _("Confirm that you have made sure who wrote the letter.")},
    )

    def clean_number(self) -> str:
        """Find the thing, or say what is wrong with the number."""
        try:
            number = normalise_tracking_number(self.cleaned_data["number"])
        except InvalidTrackingNumber as error:
            raise forms.ValidationError(error.message) from error
        self.held = found_by_number(number)
        if self.held is None:
            raise forms.ValidationError(_now("There is no comment and no request with this number."))
        if self.held.erased_at is not None:
            day = format_date_short(self.held.erased_at)
            raise forms.ValidationError(_now("This was erased already, on %(day)s.") % {"day": day})
        if not self.held.is_identified:
            raise forms.ValidationError(_now("Nobody said who they are here: there is nothing to erase."))
        return number


def found_by_number(number: str) -> Held | None:
    """Return the thing with a tracking number that officials may erase by letter."""
    for holding in holdings():
        subject = holding.by_reference(number) if holding.by_letter else None
        if subject is not None:
            return holding.describe(subject)
    return None


class EraseByLetterView(ActView):
    """Erases somebody who asked for it by letter, with the reason recorded."""

    act = Act.ERASE
    form_class = LetterForm
    header_icon = "bin"
    is_grave = True
    page_title = Act.ERASE.label

    def has_role(self, user: Any) -> bool:
        """Return whether a person may erase for others."""
        return user_can_erase_for_others(user)

    def refusal_now(self) -> str:
        """Return nothing: the form says what stands in the way."""
        return ""

    def consequences(self) -> list[str]:
        """Return what will happen."""
        return [
            _now("Name and addresses are erased for good, and the person gets no further letters."),
            _now("What was said, the answers and the dates stay; everybody reads that a name was erased, and when."),
            _now("Where a review is open, the erasure waits until it is decided, and is then done by itself."),
        ]

    def perform(self, form: Any) -> Any:
        """Erase."""
        return erase_by_letter(form.held, actor=self.request.user, reason=form.cleaned_data["reason"])

    def get_done_message(self, result: Any) -> str:
        """Return whether it is done or waits."""
        if isinstance(result, PostponedErasure):
            return _now("A review is open: the erasure waits, and is done by itself when it is decided.")
        return _now("The name is erased; what was said stays.")

    def log(self) -> None:
        """Write nothing: the erasure is its own line in the list, and in the record."""

    def get_page_subtitle(self) -> str:
        """Return nothing."""
        return ""

    def get_back_url(self) -> str:
        """Lead back to the list."""
        return reverse("erasures:index")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        return [
            *HOME_CRUMBS,
            {"url": self.get_back_url(), "label": _now("Erasures")},
            {"url": "", "label": _now("Letter")},
        ]


class TombstoneViewSet(ModelViewSet):
    """What was erased: read, and added to by letter; never changed."""

    model = Tombstone
    name = "erasures"
    url_prefix = "privacy/erasures"
    icon = "bin"
    menu_label = _("Erasures")
    index_view_class = TombstoneIndexView
    copy_view_enabled = False
    exclude_form_fields: ClassVar[list[str]] = []

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Leave out the pages that there are none of."""
        return {
            **super().get_common_view_kwargs(**kwargs),
            "edit_url_name": None,
            "delete_url_name": None,
            "history_url_name": None,
            "usage_url_name": None,
        }

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """Offer none in the form of a group: what a role may do is written above."""
        return Permission.objects.none()

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the addresses."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("letter/", EraseByLetterView.as_view(), name="add"),
        ]


class PrivacyGroup(ModelViewSetGroup):
    """Its place in the menu."""

    menu_label = _("Personal data")
    menu_icon = "user"
    menu_order = 310
    items: ClassVar[tuple[Any, ...]] = (RetentionViewSet, TombstoneViewSet)
