"""Certificates as officials see them: the list, one of them with what happened to it, and revoking it."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log

from design.desk.act_views import HOME_CRUMBS, ActView, RoleRequiredMixin
from design.desk.columns import MomentColumn, TagColumn
from design.desk.exports import ExportMixin
from design.desk.searching import any_field_contains
from design.desk.words import Tag
from design.formats import date_of
from learning.acts import Act
from learning.certificates import printed, standing_in_words
from learning.domain import revoke_award, standing_of
from learning.enums import CertificateStatus
from learning.models import Award, Programme
from learning.permissions import user_can_revoke_award, user_has_role_for

REVOKE_ACTION = "learning.revoke_award"


def status_tag(award: Award) -> Tag:
    """Return what a certificate is worth, as lists show it."""
    label, tone, _sentence = standing_in_words(standing_of(award))
    return Tag(label, tone)


class AwardFilterSet(WagtailFilterSet):
    """Finds certificates by their programme."""

    programme = django_filters.ModelChoiceFilter(
        field_name="registration__programme",
        label=_("Programme"),
        queryset=Programme.objects.all(),
        empty_label=_("All"),
        widget=forms.Select,
    )

    class Meta:
        model = Award
        fields: ClassVar[list[str]] = []


class AwardIndexView(ExportMixin, IndexView):
    """All certificates: whose, of which programme, since when, and what they are worth."""

    filterset_class = AwardFilterSet
    page_title = _("Certificates")
    template_name = "desk/listing.html"
    table_classname = "listing desk-listing"
    is_searchable = True
    search_backend_name = None
    any_permission_required: ClassVar = ["view"]
    default_ordering = ("-issued_at", "-pk")
    list_display: ClassVar = [
        "code",
        Column("name", label=_("Name"), accessor=lambda award: award.public_name, classname="desk-wrap"),
        Column("programme", label=_("Programme"), accessor="registration.programme", classname="desk-wrap"),
        MomentColumn(
            "issued", label=_("Issued"), accessor=lambda award: date_of(award.issued_at), sort_key="issued_at"
        ),
        TagColumn("status", label=_("Status"), tags=lambda award: [status_tag(award)]),
    ]
    export_columns: ClassVar = {
        "code": (_("Code"), lambda award: award.code),
        "name": (_("Name"), lambda award: award.public_name),
        "programme": (_("Programme"), lambda award: award.facts["programme"]),
        "class": (_("Kind"), lambda award: award.facts["class"]),
        "issued": (_("Issued"), lambda award: award.issued_at),
        "expires": (_("Holds until"), lambda award: award.expires_on),
        "status": (_("Status"), lambda award: status_tag(award).label),
    }

    def get_base_queryset(self) -> QuerySet[Award]:
        """Return the certificates with all that a row shows."""
        return Award.objects.select_related("registration__programme").prefetch_related("registration__records")

    def search_queryset(self, queryset: QuerySet[Award]) -> QuerySet[Award]:
        """Return the certificates with these words in code or name."""
        if not self.is_searching:
            return queryset
        return queryset.filter(any_field_contains(["code", "holder_name"], self.search_query))

    def get_edit_url(self, instance: Award) -> str:
        """Lead from the row to the certificate."""
        return reverse("awards:desk", args=[instance.pk])

    def get_list_more_buttons(self, instance: Award) -> list[Button]:
        """Return the way from a row."""
        return [Button(_now("Read"), url=self.get_edit_url(instance), icon_name="view", priority=10)]


class OneAwardMixin:
    """Finds the certificate, and knows the way to it."""

    award: Award

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the certificate."""
        found = Award.objects.select_related("registration__programme", "registration__user")
        self.award = get_object_or_404(found, pk=kwargs["pk"])
        super().setup(request, *args, **kwargs)  # type: ignore[misc]  # mixed into a view

    def has_role(self, user: Any) -> bool:
        """Return whether a person has a role for the act of the view."""
        return user_has_role_for(user, self.act)  # type: ignore[attr-defined]  # of the view

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way here."""
        listing = {"url": reverse("awards:index"), "label": _now("Certificates")}
        return [*HOME_CRUMBS, listing, {"url": "", "label": self.award.code}]


class AwardDeskView(OneAwardMixin, RoleRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """One certificate: what is printed on it, what it is worth, what happened to it."""

    act = Act.READ_AWARDS
    template_name = "learning/admin/award.html"
    header_icon = "success"

    def get_page_title(self) -> str:
        """Return the code."""
        return self.award.code

    def acts(self) -> list[Button]:
        """Return what can be done."""
        standing = standing_of(self.award)
        if standing.status is CertificateStatus.REVOKED or not user_can_revoke_award(self.request.user, self.award):
            return []
        address = reverse("awards:revoke", args=[self.award.pk])
        return [Button(str(Act.REVOKE_AWARD.label), url=address)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add all that the page shows."""
        standing = standing_of(self.award)
        label, tone, sentence = standing_in_words(standing)
        return super().get_context_data(
            **kwargs,
            award=self.award,
            printed=printed(self.award),
            tags=[Tag(label, tone)],
            sentence=sentence,
            reason=standing.reason,
            successor=Award.objects.filter(code=standing.successor).first() if standing.successor else None,
            records=self.award.registration.records.filter(attempt__in=[0, self.award.attempt]),
            buttons=self.acts(),
        )


class RevokeForm(forms.Form):
    """Asks why."""

    reason = forms.CharField(
        label=_("Why is it revoked?"),
        widget=AdminAutoHeightTextInput,
        help_text=_("The holder is told this by e-mail. Whoever checks the certificate sees the day only."),
        error_messages={"required": _("Say why the certificate is revoked.")},
    )


class RevokeAwardView(OneAwardMixin, ActView):
    """Revokes a certificate, with a reason."""

    act = Act.REVOKE_AWARD
    form_class = RevokeForm
    header_icon = "cross"
    is_grave = True
    done_message = _("The certificate is revoked, and its holder is written to.")

    def refusal_now(self) -> str:
        """Return why there is nothing to revoke; nothing where there is."""
        if standing_of(self.award).status is CertificateStatus.REVOKED:
            return _now("This certificate is revoked already.")
        return ""

    def consequences(self) -> list[str]:
        """Return what will happen."""
        return [
            _now("Everybody who checks the code reads from now on that the certificate is revoked."),
            _now("It cannot be made valid again; its holder can pass once more and get a new one."),
        ]

    def perform(self, form: Any) -> Award:
        """Revoke it."""
        return revoke_award(self.award, actor=self.request.user, reason=form.cleaned_data["reason"])

    def log(self) -> None:
        """Write it into the history of the certificate."""
        log(self.award, REVOKE_ACTION, user=self.request.user)

    def get_page_subtitle(self) -> str:
        """Return which."""
        return f"{self.award.code}, {self.award.public_name}"

    def get_back_url(self) -> str:
        """Lead back to the certificate."""
        return reverse("awards:desk", args=[self.award.pk])
