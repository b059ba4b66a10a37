"""What is read: the list of programmes, and pages for programmes, modules and units, one in each language."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from design.blocks import LINE_FEATURES
from design.freshness import PublicPageMixin
from learning.blocks import UnitBodyBlock
from learning.models.programmes import Module, Programme, Unit


class LearningPageMixin(PublicPageMixin):
    """For pages that show a reader's own progress: kept for others only where there is none to show."""

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Serve the page; one that shows somebody's progress is theirs alone."""
        from learning.progress import has_progress, keep_private  # noqa: PLC0415 -- the reading side imports the models

        response = super().serve(request, *args, **kwargs)
        if has_progress(request):
            keep_private(response)
        return response


class LearningIndexPage(LearningPageMixin, Page):
    """The list of programmes in one language; guidance pages stand below it as well."""

    introduction = RichTextField(
        _("introduction"), blank=True, features=LINE_FEATURES, help_text=_("What one can learn here, in two sentences.")
    )

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction")]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("introduction")]

    parent_page_types: ClassVar = ["portal.HomePage"]
    subpage_types: ClassVar = ["learning.ProgrammePage", "portal.StandardPage"]
    max_count_per_parent = 1
    template = "learning/index_page.html"

    class Meta:
        verbose_name = _("list of programmes")
        verbose_name_plural = _("lists of programmes")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the programmes, how far the reader has got in each, and the guidance below."""
        from learning.pages import index_context  # noqa: PLC0415 -- as above

        return {**super().get_context(request, *args, **kwargs), **index_context(request, self)}


class ProgrammePage(LearningPageMixin, Page):
    """A programme in one language."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="pages"
    )
    introduction = RichTextField(_("introduction"), blank=True, features=LINE_FEATURES)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("programme"), FieldPanel("introduction")]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("introduction")]

    parent_page_types: ClassVar = ["learning.LearningIndexPage"]
    subpage_types: ClassVar = ["learning.ModulePage"]
    template = "learning/programme_page.html"

    class Meta:
        verbose_name = _("page of a programme")
        verbose_name_plural = _("pages of programmes")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add modules and units, and how far the reader has got."""
        from learning.pages import programme_context  # noqa: PLC0415 -- as above

        return {**super().get_context(request, *args, **kwargs), **programme_context(request, self)}


class ModulePage(LearningPageMixin, Page):
    """A module in one language."""

    module = models.ForeignKey(Module, verbose_name=_("module"), on_delete=models.PROTECT, related_name="pages")
    introduction = RichTextField(_("introduction"), blank=True, features=LINE_FEATURES)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("module"), FieldPanel("introduction")]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("introduction")]

    parent_page_types: ClassVar = ["learning.ProgrammePage"]
    subpage_types: ClassVar = ["learning.UnitPage"]
    template = "learning/module_page.html"

    class Meta:
        verbose_name = _("page of a module")
        verbose_name_plural = _("pages of modules")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the units, and how far the reader has got."""
        from learning.pages import module_context  # noqa: PLC0415 -- as above

        return {**super().get_context(request, *args, **kwargs), **module_context(request, self)}


class UnitPage(LearningPageMixin, Page):
    """A unit in one language: text, with exercises where they belong."""

    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="pages")
    introduction = RichTextField(_("introduction"), blank=True, features=LINE_FEATURES)
    body = StreamField(UnitBodyBlock(), verbose_name=_("text"), blank=True)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("unit"),
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("body")]

    parent_page_types: ClassVar = ["learning.ModulePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "learning/unit_page.html"

    class Meta:
        verbose_name = _("page of a unit")
        verbose_name_plural = _("pages of units")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the exercises, the way on, and whether the reader is done with it."""
        from learning.pages import unit_context  # noqa: PLC0415 -- as above

        return {**super().get_context(request, *args, **kwargs), **unit_context(request, self)}
