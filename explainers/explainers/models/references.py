"""Where the claims of the explainers come from."""

from typing import ClassVar

from django.core.validators import RegexValidator
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
    language = models.CharField(
        _("language of the publication"),
        max_length=12,
        default="en",
        validators=[RegexValidator(r"^[a-z]{2,3}(-[A-Za-z]{2,4})?\Z", _("Give a code such as en, fr, ru or fi."))],
        help_text=_("Its code, such as en, fr, ru or fi: screen readers then read the title aloud rightly."),
    )
    loaded = models.JSONField(default=dict, editable=False)  # fingerprints of the texts as they were loaded

    panels: ClassVar = [
        FieldPanel(name) for name in ("key", "title", "author", "year", "publisher", "note", "language")
    ]

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
