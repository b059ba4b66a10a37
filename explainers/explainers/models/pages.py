"""The permanent addresses: the list of pollutants, and one page for each of them."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from design.freshness import PublicPageMixin
from explainers import slots
from explainers.enums import WRITTEN_SLOTS, SlotKind, SlotState
from explainers.forms import ExplainerPageForm
from register.models import Pollutant


class ExplainerIndexPage(PublicPageMixin, Page):
    """The list of all pollutants in one language, each with its explainer, and guidance on reading the numbers."""

    introduction = RichTextField(
        _("introduction"),
        blank=True,
        features=slots.TEXT_FEATURES,
        help_text=_("What one finds here, in two sentences."),
    )

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction")]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("introduction")]

    parent_page_types: ClassVar = ["portal.HomePage"]
    subpage_types: ClassVar = ["explainers.ExplainerPage", "portal.StandardPage"]
    max_count_per_parent = 1
    template = "explainers/index_page.html"

    class Meta:
        verbose_name = _("list of explainers")
        verbose_name_plural = _("lists of explainers")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the pollutants that were asked for, by group, and the pages of guidance."""
        from explainers.pages import index_context  # noqa: PLC0415 -- the page's reading side imports the models

        return {**super().get_context(request, *args, **kwargs), **index_context(request, self)}


class ExplainerPageQuerySet(PageQuerySet):
    """Explainers."""

    def written(self) -> "ExplainerPageQuerySet":
        """Return the explainers of which somebody has dealt with at least one question."""
        nothing = models.Q()
        for kind in WRITTEN_SLOTS:
            nothing &= models.Q(**{kind.value: "", f"{kind.value}_state": SlotState.FILLED})
        return self.exclude(nothing)


ExplainerPageManager = PageManager.from_queryset(ExplainerPageQuerySet)


class ExplainerPage(PublicPageMixin, Page):
    """What one pollutant is, in one language: questions with their answers beside the figures of the register.

    Made for every pollutant by `load_explainers`; editors write the answers. What the register knows is never typed
    here: name, thresholds and figures are read from it with every view.
    """

    pollutant = models.ForeignKey(
        Pollutant, verbose_name=_("pollutant"), on_delete=models.PROTECT, related_name="+", editable=False
    )
    summary = models.CharField(
        _("summary"), max_length=300, blank=True, help_text=_("One sentence, shown first and by search engines.")
    )
    what_is_it = slots.text_field(SlotKind.WHAT_IS_IT)
    what_is_it_state = slots.state_field()
    uses = slots.text_field(SlotKind.USES)
    uses_state = slots.state_field()
    sources = slots.text_field(SlotKind.SOURCES)
    sources_state = slots.state_field()
    fate = slots.text_field(SlotKind.FATE)
    fate_state = slots.state_field()
    exposure = slots.text_field(SlotKind.EXPOSURE)
    exposure_state = slots.state_field()
    health = slots.text_field(SlotKind.HEALTH)
    health_state = slots.state_field()
    children = slots.text_field(SlotKind.CHILDREN)
    children_state = slots.state_field()
    environment = slots.text_field(SlotKind.ENVIRONMENT)
    environment_state = slots.state_field()
    what_can_i_do = slots.text_field(SlotKind.WHAT_CAN_I_DO)
    what_can_i_do_state = slots.state_field()
    agreements = slots.text_field(SlotKind.AGREEMENTS)
    agreements_state = slots.state_field()
    loaded = models.JSONField(default=dict, editable=False)  # fingerprints of the texts as they were loaded
    reviewed_facts = models.JSONField(default=dict, editable=False)  # the figures beside which the text was published
    reviewed_at = models.DateTimeField(_("figures last seen by an editor"), null=True, editable=False)

    objects = ExplainerPageManager()

    content_panels: ClassVar = [
        FieldPanel("title"),
        FieldPanel("summary"),
        *(
            MultiFieldPanel(
                [FieldPanel(kind.value, heading=_("answer")), FieldPanel(f"{kind.value}_state")], heading=kind.label
            )
            for kind in WRITTEN_SLOTS
        ),
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("pollutant_names"),
        *(index.SearchField(kind.value) for kind in WRITTEN_SLOTS),
    ]

    base_form_class = ExplainerPageForm
    parent_page_types: ClassVar = ["explainers.ExplainerIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    is_creatable = False
    template = "explainers/explainer_page.html"

    class Meta:
        verbose_name = _("explainer")
        verbose_name_plural = _("explainers")

    def written_slots(self) -> Iterator[tuple[SlotKind, SlotState, str]]:
        """Yield every question that people answer with its state and its text, in their order."""
        for kind in WRITTEN_SLOTS:
            text = getattr(self, kind.value)
            yield kind, slots.state_of(text, getattr(self, f"{kind.value}_state")), text

    @property
    def is_written(self) -> bool:
        """Return whether somebody has dealt with at least one question."""
        return any(state is not SlotState.UNWRITTEN for _kind, state, _text in self.written_slots())

    @property
    def pollutant_names(self) -> str:
        """Return every name by which the pollutant may be looked for."""
        held = self.pollutant
        return " ".join([held.name_en, held.name_fr, held.name_ru, held.cas, held.code])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the answers, and what the register says at this instant."""
        from explainers.pages import explainer_context  # noqa: PLC0415 -- as above

        return {**super().get_context(request, *args, **kwargs), **explainer_context(request, self)}
