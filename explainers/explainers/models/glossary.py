"""The words that the site explains: one list for all three languages, for explainers and for the glossary."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from design.languages import current_code, localised


class GlossaryTerm(models.Model):
    """A word with its definition; its first occurrence on a page leads to the definition."""

    key = models.SlugField(_("key"), max_length=60, unique=True, help_text=_("The last part of its address."))
    term_en = models.CharField(_("term in English"), max_length=120)
    term_fr = models.CharField(_("term in French"), max_length=120)
    term_ru = models.CharField(_("term in Russian"), max_length=120)
    forms_en = models.TextField(
        _("other forms in English"), blank=True, help_text=_("One a line: plurals, cases, other spellings.")
    )
    forms_fr = models.TextField(_("other forms in French"), blank=True)
    forms_ru = models.TextField(_("other forms in Russian"), blank=True)
    definition_en = models.TextField(_("definition in English"))
    definition_fr = models.TextField(_("definition in French"))
    definition_ru = models.TextField(_("definition in Russian"))
    loaded = models.JSONField(default=dict, editable=False)  # fingerprints of the texts as they were loaded

    panels: ClassVar = [
        FieldPanel("key"),
        MultiFieldPanel(["term_en", "forms_en", "definition_en"], heading=_("English")),
        MultiFieldPanel(["term_fr", "forms_fr", "definition_fr"], heading=_("French")),
        MultiFieldPanel(["term_ru", "forms_ru", "definition_ru"], heading=_("Russian")),
    ]

    class Meta:
        ordering = ["key"]
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")

    def __str__(self) -> str:
        """Return the term in the language of the page."""
        return self.term

    def get_absolute_url(self) -> str:
        """Return where the glossary explains it."""
        return f"{reverse('explainers:glossary')}#{self.key}"

    @property
    def term(self) -> str:
        """Return the term in the language of the page."""
        return localised(self, "term")

    @property
    def definition(self) -> str:
        """Return the definition in the language of the page."""
        return localised(self, "definition")

    def forms(self, code: str | None = None) -> list[str]:
        """Return the term and its other forms in a language, none of them twice."""
        language = code or current_code()
        lines = [getattr(self, f"term_{language}"), *getattr(self, f"forms_{language}").splitlines()]
        return list(dict.fromkeys(form.strip() for form in lines if form.strip()))
