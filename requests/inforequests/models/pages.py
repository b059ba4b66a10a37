"""The permanent address of the room: how to ask, what is open, what was answered."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from design.blocks import LINE_FEATURES, BodyBlock
from design.freshness import PublicPageMixin


class RequestIndexPage(PublicPageMixin, Page):
    """The way to ask for information, in one language."""

    introduction = RichTextField(
        _("introduction"), blank=True, features=LINE_FEATURES, help_text=_("What one can ask for, in two sentences.")
    )
    body = StreamField(
        BodyBlock(),
        verbose_name=_("text"),
        blank=True,
        help_text=_("Other ways to ask, what it costs, where a screen stands: shown below the form."),
    )

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    parent_page_types: ClassVar = ["portal.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    template = "inforequests/index_page.html"

    class Meta:
        verbose_name = _("page of requests for information")
        verbose_name_plural = _("pages of requests for information")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the figures, the newest answers and the ways to a review."""
        from inforequests.pages import index_context  # noqa: PLC0415 -- the page's reading side imports the models

        return {**super().get_context(request, *args, **kwargs), **index_context(request)}
