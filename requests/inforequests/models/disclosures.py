"""The disclosure log: questions and answers that everybody may read, without the name of who asked."""

from typing import ClassVar, Final, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from design.languages import any_language, code_of_any
from design.phrases import shortened
from inforequests.models.requests import InformationRequest
from register.models import Facility, Pollutant

_SHORT_TITLE: Final = 80  # characters of a question that stand for a title


class DisclosureQuerySet(models.QuerySet["Disclosure"]):
    """Entries of the log."""

    def touching_pollutant(self, pollutant: Pollutant) -> Self:
        """Return the entries with a question about a pollutant."""
        return self.filter(request__items__pollutant=pollutant).distinct()

    def touching_facility(self, facility: Facility) -> Self:
        """Return the entries with a question about a facility."""
        return self.filter(request__items__facility=facility).distinct()


class Disclosure(index.Indexed, models.Model):
    """One answered request in the log. The title is the authority's and names nobody.

    Where it has none, the first words of the question stand for it, in the language in which it was asked.
    """

    request = models.OneToOneField(InformationRequest, on_delete=models.PROTECT, related_name="disclosure")
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    title_fr = models.CharField(_("title in French"), max_length=200, blank=True)
    title_ru = models.CharField(_("title in Russian"), max_length=200, blank=True)
    # Everything of it that is searched: the words asked and the words answered, as they were when published.
    words = models.TextField(_("words to be searched"), editable=False)
    published_at = models.DateTimeField(_("published at"), db_index=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    objects = DisclosureQuerySet.as_manager()

    search_fields: ClassVar = [
        index.SearchField("title_en", boost=2),
        index.SearchField("title_fr", boost=2),
        index.SearchField("title_ru", boost=2),
        index.SearchField("words"),
        index.FilterField("published_at"),
    ]

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = _("entry of the disclosure log")
        verbose_name_plural = _("entries of the disclosure log")

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of question and answer."""
        return reverse("inforequests:disclosure", args=[self.request.tracking_number])

    @property
    def title(self) -> str:
        """The title in the language of the page, or else in one in which it was given, or else the first words."""
        return any_language(self, "title") or shortened(self.request.first_words, _SHORT_TITLE)

    @property
    def title_language(self) -> str:
        """The language in which `title` is written."""
        return code_of_any(self, "title") if self.has_title else self.request.language

    @property
    def has_title(self) -> bool:
        """Whether the authority gave it a title of its own."""
        return bool(any_language(self, "title"))
