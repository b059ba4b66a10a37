"""The register in /admin/: listings to read, search and export; only the names of the annexes are edited by hand."""

from typing import Any, ClassVar

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permissions import register_permission_policy

from register.models import (
    Activity,
    Facility,
    Operation,
    Pollutant,
    RegisterLoad,
    RuleChange,
    ThresholdSet,
    WithheldInformation,
)
from register.permissions import OnlyThese
from register.threshold_choice import ApplyThresholdSetView, ThresholdSetEditView, ThresholdSetInspectView

for _named in (Activity, Operation, Pollutant, ThresholdSet):
    register_permission_policy(_named, OnlyThese(_named, "change"))
for _model in (Facility, RegisterLoad, WithheldInformation):
    register_permission_policy(_model, OnlyThese(_model))


class ReadOnlyViewSet(ModelViewSet):
    """A listing with an inspection page, and nothing to change."""

    inspect_view_enabled = True
    copy_view_enabled = False
    exclude_form_fields: ClassVar[list[str]] = []


class NamesViewSet(ReadOnlyViewSet):
    """What an annex lists: names in three languages, and whether somebody has reviewed them."""

    search_fields: ClassVar[list[str]] = ["name_en", "name_fr", "name_ru", "code"]
    list_display: ClassVar[list[str]] = ["name_en", "code", "name_fr_reviewed", "name_ru_reviewed"]
    list_filter: ClassVar[list[str]] = ["name_fr_reviewed", "name_ru_reviewed"]
    list_export: ClassVar[list[str]] = ["code", "name_en", "name_fr", "name_ru"]
    list_per_page = 50
    ordering: ClassVar[tuple[str, ...]] = ("position", "code")
    inspect_view_fields: ClassVar[list[str]] = [
        "code",
        "name_en",
        "name_fr",
        "name_fr_reviewed",
        "name_ru",
        "name_ru_reviewed",
    ]
    panels: ClassVar[list[Panel]] = [
        FieldPanel("code", read_only=True),
        FieldPanel("name_en"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("name_fr"), FieldPanel("name_fr_reviewed")])], heading=_("Name in French")
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("name_ru"), FieldPanel("name_ru_reviewed")])], heading=_("Name in Russian")
        ),
    ]


class ActivityViewSet(NamesViewSet):
    """Activities of Annex I."""

    model = Activity
    icon = "cogs"
    menu_label = _("Activities")
    list_filter: ClassVar[list[str]] = ["sector", *NamesViewSet.list_filter]


class OperationViewSet(NamesViewSet):
    """Disposal and recovery operations of Annex III."""

    model = Operation
    icon = "bin"
    menu_label = _("Operations")
    list_filter: ClassVar[list[str]] = ["treatment", *NamesViewSet.list_filter]


class ThresholdSetViewSet(NamesViewSet):
    """Sets of thresholds with their legal source."""

    model = ThresholdSet
    icon = "order"
    menu_label = _("Threshold sets")
    list_display: ClassVar[list[str]] = ["name_en", "code", "applies", "name_fr_reviewed", "name_ru_reviewed"]
    inspect_view_fields: ClassVar[list[str]] = ["applies", "source", *NamesViewSet.inspect_view_fields]
    ordering: ClassVar[tuple[str, ...]] = ("code",)
    edit_view_class = ThresholdSetEditView
    inspect_view_class = ThresholdSetInspectView

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the page on which somebody says that a set applies: the law of the Party, not one of its names."""
        apply = path("<int:pk>/apply/", ApplyThresholdSetView.as_view(), name="apply")
        return [*super().get_urlpatterns(), apply]


class PollutantViewSet(NamesViewSet):
    """Pollutants of Annex II."""

    model = Pollutant
    icon = "tag"
    menu_label = _("Pollutants")
    list_display: ClassVar[list[str]] = ["name_en", "code", "cas", "name_fr_reviewed", "name_ru_reviewed"]
    list_filter: ClassVar[list[str]] = ["group", "name_fr_reviewed", "name_ru_reviewed", "in_protocol", "in_eprtr"]
    list_export: ClassVar[list[str]] = ["number", "code", "cas", "group", "name_en", "name_fr", "name_ru"]
    search_fields: ClassVar[list[str]] = ["name_en", "name_fr", "name_ru", "code", "cas"]
    inspect_view_fields: ClassVar[list[str]] = [
        "number",
        "code",
        "cas",
        "group",
        "part_of",
        "name_en",
        "name_fr",
        "name_fr_reviewed",
        "name_ru",
        "name_ru_reviewed",
    ]
    panels: ClassVar[list[Panel]] = [FieldPanel("cas", read_only=True), *NamesViewSet.panels]


class FacilityViewSet(ReadOnlyViewSet):
    """Facilities as the newest load describes them."""

    model = Facility
    icon = "site"
    menu_label = _("Facilities")
    list_display: ClassVar[list[str]] = ["title", "public_id", "city", "activity", "operator"]
    list_filter: ClassVar[list[str]] = ["status", "country"]
    list_export: ClassVar[list[str]] = [
        "public_id",
        "name",
        "operator",
        "parent_company",
        "activity",
        "street",
        "postal_code",
        "city",
        "region",
        "country",
        "latitude",
        "longitude",
    ]
    search_fields: ClassVar[list[str]] = ["name", "public_id", "city"]
    ordering = ("public_id",)
    list_per_page = 50
    inspect_view_fields: ClassVar[list[str]] = [
        "public_id",
        "name",
        "operator",
        "parent_company",
        "activity",
        "status",
        "street",
        "postal_code",
        "city",
        "region",
        "country",
        "withheld",
        "load",
    ]


class LoadViewSet(ReadOnlyViewSet):
    """Loads: which file made which version, and what it changed."""

    model = RegisterLoad
    icon = "history"
    menu_label = _("Loads")
    list_display: ClassVar[list[str | Column]] = [
        "file_name",
        "kind",
        "loaded_at",
        Column("rows_added", label=_("Added"), sort_key="rows_added"),
        Column("rows_revised", label=_("Revised"), sort_key="rows_revised"),
        Column("rows_dropped", label=_("Dropped"), sort_key="rows_dropped"),
        Column("rows_rejected", label=_("Rejected"), sort_key="rows_rejected"),
    ]
    list_filter: ClassVar[list[str]] = ["kind", "register"]
    list_export: ClassVar[list[str]] = [
        "pk",
        "register",
        "kind",
        "source",
        "file_name",
        "sha256",
        "loaded_at",
        "rows_read",
        "rows_added",
        "rows_unchanged",
        "rows_revised",
        "rows_amended",
        "rows_restored",
        "rows_dropped",
        "rows_rejected",
    ]
    search_fields: ClassVar[list[str]] = ["file_name", "source", "sha256"]
    ordering = ("-loaded_at", "-pk")


class WithheldViewSet(ReadOnlyViewSet):
    """What is withheld, on which ground and for what reason (Art. 12)."""

    model = WithheldInformation
    icon = "lock"
    menu_label = _("Withheld information")
    list_display: ClassVar[list[str]] = ["type_withheld", "ground", "reason", "decided_on"]
    list_filter: ClassVar[list[str]] = ["type_withheld", "ground"]
    list_export: ClassVar[list[str]] = ["type_withheld", "ground", "reason_en", "reason_fr", "reason_ru", "decided_on"]
    search_fields: ClassVar[list[str]] = ["reason_en", "reason_fr", "reason_ru"]
    ordering = ("pk",)


class RuleChangeViewSet(ModelViewSet):
    """Changes of the rules of reporting, across which values are not compared."""

    model = RuleChange
    icon = "warning"
    menu_label = _("Changes of rules")
    copy_view_enabled = False
    list_display: ClassVar[list[str]] = ["year", "pollutant", "medium", "activity", "text_en"]
    list_filter: ClassVar[list[str]] = ["year", "medium"]
    form_fields: ClassVar[list[str]] = ["year", "pollutant", "medium", "activity", "text_en", "text_fr", "text_ru"]
    ordering = ("-year", "pk")


class RegisterViewSetGroup(ModelViewSetGroup):
    """The register's place in the menu of /admin/."""

    menu_label = _("Register")
    menu_icon = "table"
    menu_order = 250
    items: ClassVar[tuple[Any, ...]] = (
        PollutantViewSet("pollutants", url_prefix="register/pollutants"),
        ActivityViewSet("activities", url_prefix="register/activities"),
        OperationViewSet("operations", url_prefix="register/operations"),
        ThresholdSetViewSet("threshold_sets", url_prefix="register/threshold-sets"),
        FacilityViewSet("facilities", url_prefix="register/facilities"),
        LoadViewSet("loads", url_prefix="register/loads"),
        WithheldViewSet("withheld", url_prefix="register/withheld"),
        RuleChangeViewSet("rule_changes", url_prefix="register/rule-changes"),
    )
