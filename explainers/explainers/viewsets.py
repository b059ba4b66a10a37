"""Where officials find the explainers and what they link to: three listings in one group of the menu."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.viewsets.pages import PageListingViewSet

from explainers.models import ExplainerPage, GlossaryTerm, Reference


class ExplainerListing(PageListingViewSet):
    """The explainers of all pollutants in all languages."""

    model = ExplainerPage
    icon = "help"
    menu_label = _("Pages on pollutants")
    name = "explainer_pages"


class GlossaryViewSet(ModelViewSet):
    """The words that the site explains."""

    model = GlossaryTerm
    icon = "openquote"
    menu_label = _("Glossary")
    name = "glossary_terms"
    list_display: ClassVar = ["term_en", "term_fr", "term_ru", "key"]
    search_fields: ClassVar = ["key", "term_en", "term_fr", "term_ru"]
    copy_view_enabled = False


class ReferenceViewSet(ModelViewSet):
    """The sources that the explainers cite."""

    model = Reference
    icon = "doc-full-inverse"
    menu_label = _("References")
    name = "explainer_references"
    list_display: ClassVar = ["key", "author", "title", "year"]
    search_fields: ClassVar = ["key", "author", "title"]
    copy_view_enabled = False


class ExplainersGroup(ViewSetGroup):
    """The part of the menu that belongs to the explainers."""

    menu_label = _("Explainers")
    menu_icon = "help"
    menu_order = 170
    items = (ExplainerListing, GlossaryViewSet, ReferenceViewSet)
