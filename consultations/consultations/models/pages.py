"""The permanent addresses: the list of consultations, and one page for each."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from consultations.blocks import TEXT_FEATURES, BackgroundBlock
from consultations.models.dockets import Docket
from design.freshness import PublicPageMixin


class ConsultationIndexPage(PublicPageMixin, Page):
    """The list of consultations in one language."""

    introduction = RichTextField(
        _("introduction"), blank=True, features=TEXT_FEATURES, help_text=_("What one can do here, in two sentences.")
    )

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction")]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("introduction")]

    parent_page_types: ClassVar = ["portal.HomePage"]
    subpage_types: ClassVar = ["consultations.ConsultationPage"]
    max_count_per_parent = 1
    template = "consultations/index_page.html"

    class Meta:
        verbose_name = _("list of consultations")
        verbose_name_plural = _("lists of consultations")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the consultations of each state."""
        from consultations.pages import index_context  # noqa: PLC0415 -- the page's reading side imports the models

        return {**super().get_context(request, *args, **kwargs), **index_context(request)}


class ConsultationPage(PublicPageMixin, Page):
    """The page of one consultation in one language, at the same address from proposal to decision.

    Made and published with its docket (`consultations.domain.publish_docket`); editors write the background only.
    """

    docket = models.ForeignKey(
        Docket, verbose_name=_("consultation"), on_delete=models.PROTECT, related_name="pages", editable=False
    )
    background = StreamField(
        BackgroundBlock(),
        verbose_name=_("background"),
        blank=True,
        help_text=_("Shown below the measures, in this language only."),
    )

    content_panels: ClassVar = [FieldPanel("title", read_only=True), FieldPanel("background")]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("background")]

    parent_page_types: ClassVar = ["consultations.ConsultationIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    is_creatable = False
    template = "consultations/consultation_page.html"

    class Meta:
        verbose_name = _("page of a consultation")
        verbose_name_plural = _("pages of consultations")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add everything the public may know about the docket at this instant."""
        from consultations.pages import consultation_context  # noqa: PLC0415 -- as above

        return {**super().get_context(request, *args, **kwargs), **consultation_context(request, self.docket)}
