"""Pages that belong to no area (home, standard page), and who is answerable for the site."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from design.blocks import LINE_FEATURES, BodyBlock
from design.freshness import PublicPageMixin
from design.languages import localised
from design.publisher import Publisher
from design.texts import Texts
from portal.front import front_page_sections
from privacy.blocks import RetentionPeriodsBlock


class HomePage(PublicPageMixin, Page):
    """The first page in a language: says in ten seconds what can be done here."""

    introduction = RichTextField(
        _("introduction"), blank=True, features=LINE_FEATURES, help_text=_("Two sentences: what this register is.")
    )

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction")]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("introduction")]

    parent_page_types: ClassVar = ["wagtailcore.Page"]
    template = "home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what is open now and what the register holds."""
        return {**super().get_context(request, *args, **kwargs), **front_page_sections(request)}


class StandardBlock(BodyBlock):
    """The text of a page, with what only pages about the site itself have."""

    retention_periods = RetentionPeriodsBlock()


class StandardPage(PublicPageMixin, Page):
    """A page of text."""

    introduction = RichTextField(
        _("introduction"),
        blank=True,
        features=LINE_FEATURES,
        help_text=_("What the page is about, in one or two sentences."),
    )
    body = StreamField(StandardBlock(), verbose_name=_("text"), blank=True)
    loaded = models.JSONField(default=dict, editable=False)  # fingerprints, where the text came with the platform

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("body")]

    parent_page_types: ClassVar = [
        "portal.HomePage",
        "portal.StandardPage",
        "explainers.ExplainerIndexPage",
        "learning.LearningIndexPage",
    ]
    template = "standard_page.html"

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the live pages below this one."""
        children = self.get_children().live().in_menu()
        return {**super().get_context(request, *args, **kwargs), "children": children}


@register_setting(icon="home")
class Authority(BaseGenericSetting):
    """Who is answerable for this site: named in the masthead and at the foot of every page."""

    site_name_en = models.CharField(_("name of the site (English)"), max_length=120, blank=True)
    site_name_fr = models.CharField(_("name of the site (French)"), max_length=120, blank=True)
    site_name_ru = models.CharField(_("name of the site (Russian)"), max_length=120, blank=True)
    name_en = models.CharField(_("name of the authority (English)"), max_length=160, blank=True)
    name_fr = models.CharField(_("name of the authority (French)"), max_length=160, blank=True)
    name_ru = models.CharField(_("name of the authority (Russian)"), max_length=160, blank=True)
    party_en = models.CharField(_("Party to the Protocol (English)"), max_length=120, blank=True)
    party_fr = models.CharField(_("Party to the Protocol (French)"), max_length=120, blank=True)
    party_ru = models.CharField(_("Party to the Protocol (Russian)"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address for the public"), blank=True)
    phone = models.CharField(_("telephone for the public"), max_length=60, blank=True)

    panels: ClassVar = [
        MultiFieldPanel(["site_name_en", "site_name_fr", "site_name_ru"], heading=_("Site")),
        MultiFieldPanel(["name_en", "name_fr", "name_ru", "party_en", "party_fr", "party_ru"], heading=_("Authority")),
        MultiFieldPanel(["email", "phone"], heading=_("Contact")),
    ]

    class Meta:
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")

    def __str__(self) -> str:
        """Return the authority's English name."""
        return self.name_en or "–"

    @property
    def site_name(self) -> str:
        """The name of the site in the language of the page."""
        return localised(self, "site_name")

    @property
    def name(self) -> str:
        """The authority's name in the language of the page."""
        return localised(self, "name")

    @property
    def party(self) -> str:
        """The Party's name in the language of the page."""
        return localised(self, "party")


def named_publisher() -> Publisher:
    """Return the same for rooms that do not know this one (`design/publisher.py`)."""
    authority = Authority.load()
    return Publisher(
        site_name=Texts.of(authority, "site_name"),
        name=Texts.of(authority, "name"),
        party=Texts.of(authority, "party"),
        email=authority.email,
    )
