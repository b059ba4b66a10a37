"""The papers of a consultation, and the versions of the proposal that people commented on."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from design.languages import localised


class FixedVersionError(Exception):
    """Somebody tried to change a published version of a proposal, or a paper frozen with it."""


class DossierDocument(Orderable):
    """A paper that belongs to the proposal; what the public downloads is a frozen copy of it."""

    docket = ParentalKey("consultations.Docket", on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey(
        "wagtaildocs.Document", verbose_name=_("document"), on_delete=models.PROTECT, related_name="+"
    )
    language = models.CharField(_("language of the document"), max_length=2, choices=settings.LANGUAGES)
    title_en = models.CharField(_("title in English"), max_length=200)
    title_fr = models.CharField(_("title in French"), max_length=200, blank=True)
    title_ru = models.CharField(_("title in Russian"), max_length=200, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("document of the dossier")
        verbose_name_plural = _("dossier")

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    @property
    def title(self) -> str:
        """The title in the language of the page."""
        return localised(self, "title")


def frozen_path(frozen: "FrozenFile", file_name: str) -> str:
    """Return where the bytes lie: by their hash, so that the same paper lies there once."""
    return f"frozen/{frozen.sha256[:2]}/{frozen.sha256}"


class FrozenFile(models.Model):
    """The bytes of a paper as they were when a version of a proposal was published."""

    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    file = models.FileField(_("file"), upload_to=frozen_path)
    file_name = models.CharField(_("name of the file"), max_length=200)
    size_bytes = models.PositiveBigIntegerField(_("size in bytes"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("frozen file")
        verbose_name_plural = _("frozen files")

    def __str__(self) -> str:
        """Return the name of the file."""
        return self.file_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the bytes; raise FixedVersionError where they are stored already."""
        if not self._state.adding:
            raise FixedVersionError("A frozen file is never changed.")
        super().save(*args, **kwargs)


class ProposalVersion(models.Model):
    """What the public was asked about: measures and papers, as they were when this version was published."""

    docket = models.ForeignKey("consultations.Docket", on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(_("content"))
    sha256 = models.CharField(_("SHA-256 of the content"), max_length=64)
    published_at = models.DateTimeField(_("published at"))
    files = models.ManyToManyField(FrozenFile, related_name="versions")

    class Meta:
        ordering = ["docket", "number"]
        constraints = [models.UniqueConstraint(fields=["docket", "number"], name="one_proposal_version_per_number")]
        verbose_name = _("version of the proposal")
        verbose_name_plural = _("versions of the proposal")

    def __str__(self) -> str:
        """Return the reference and the number."""
        return f"{self.docket.reference} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the version; raise FixedVersionError where it is stored already."""
        if not self._state.adding:
            raise FixedVersionError("A published version of a proposal is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: people commented on it."""
        raise FixedVersionError("A published version of a proposal is never deleted.")
