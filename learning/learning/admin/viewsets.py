"""Where the pages of the officials' side are found: one group of the menu."""

from typing import Any, ClassVar

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from learning.admin.awards import AwardDeskView, AwardIndexView, RevokeAwardView
from learning.admin.forms import ItemForm, ModuleForm
from learning.models import Award, Item, Module, Programme


class ItemViewSet(SnippetViewSet):
    """The questions; a snippet, so that the text of a unit can point to one."""

    model = Item
    icon = "help"
    menu_label = _("Questions")
    list_display: ClassVar = ["__str__", "programme", "unit", "get_use_display", "get_kind_display"]
    list_filter: ClassVar = ["programme", "use", "kind"]
    search_fields: ClassVar = ["key", "stem_en", "stem_fr", "stem_ru"]
    search_backend_name = None
    copy_view_enabled = False
    edit_handler = ObjectList(Item.panels, base_form_class=ItemForm)

    def get_queryset(self, request: Any) -> QuerySet[Item]:
        """Return the questions with all that a row shows."""
        return Item.objects.select_related("programme", "unit__module__programme")


class ProgrammeViewSet(SnippetViewSet):
    """The programmes: for whom, and when they are passed."""

    model = Programme
    icon = "list-ol"
    menu_label = _("Programmes")
    list_display: ClassVar = ["__str__", "get_audience_display", "get_certificate_class_display", "pass_percent"]
    copy_view_enabled = False


class ModuleViewSet(SnippetViewSet):
    """The modules with their units, and when each is done."""

    model = Module
    icon = "folder-open-inverse"
    menu_label = _("Units")
    list_display: ClassVar = ["slug", "programme"]
    list_filter: ClassVar = ["programme"]
    ordering: ClassVar = ["programme", "sort_order"]
    copy_view_enabled = False
    edit_handler = ObjectList(Module.panels, base_form_class=ModuleForm)

    def get_queryset(self, request: Any) -> QuerySet[Module]:
        """Return the modules with their programmes."""
        return Module.objects.select_related("programme")


class AwardViewSet(ModelViewSet):
    """The certificates: read, and revoked; nothing of them is ever changed."""

    model = Award
    name = "awards"
    url_prefix = "certificates"
    icon = "success"
    menu_label = _("Certificates")
    index_view_class = AwardIndexView
    copy_view_enabled = False
    export_filename = "certificates"

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Leave out the pages that there are none of."""
        return {
            **super().get_common_view_kwargs(**kwargs),
            "add_url_name": None,
            "delete_url_name": None,
            "history_url_name": None,
            "usage_url_name": None,
        }

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """Offer none in the form of a group: what a role may do is written in `acts.py`."""
        return Permission.objects.none()

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the addresses below /admin/certificates/."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", AwardDeskView.as_view(), name="desk"),
            path("<int:pk>/revoke/", RevokeAwardView.as_view(), name="revoke"),
        ]


class LearningGroup(SnippetViewSetGroup):
    """The part of the menu that belongs to learning."""

    menu_label = _("Learning")
    menu_icon = "help"
    menu_order = 180
    items = (ItemViewSet, ModuleViewSet, ProgrammeViewSet, AwardViewSet)
