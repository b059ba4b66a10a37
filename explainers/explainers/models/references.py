"""Where the claims of the explainers come from."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class Reference(models.Model):
    """A publication that a text cites by its key, as in `[^key]`; titles stay in the language of the publication."""

    key = models.SlugField(_("key"), max_length=60, unique=True, help_text=_("Texts cite it as [^key]."))
    title = models.CharField(_("title"), max_length=300)
    author = models.CharField(_("author"), max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    loaded = models.JSONField(default=dict, editable=False)  # fingerprints of the texts as they were loaded

    panels: ClassVar = [FieldPanel(name) for name in ("key", "title", "author", "year", "publisher", "note")]

    class Meta:
        ordering = ["key"]
        verbose_name = _("reference")
        verbose_name_plural = _("references")

    def __str__(self) -> str:
        """Return author, title and year."""
        return self.in_words

    @property
    def in_words(self) -> str:
        """Return the whole reference in one line, without what is not known."""
        parts = [self.author, self.title, self.publisher, str(self.year or ""), self.note]
        return ". ".join(part.rstrip(".") for part in parts if part) + "."
