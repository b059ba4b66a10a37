"""The salts of commitments: kept apart from the entries, because they may be destroyed."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.models.entries import Entry


class Opening(models.Model):
    """The salt of one commitment: whoever has it and the words can show that the entry is about these words.

    It may be destroyed, but not changed (ledger/models/triggers.py). Then nobody can show any more, or guess by trying,
    what the commitment stood for.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="openings", verbose_name=_("entry"))
    name = models.CharField(pgettext_lazy("of a commitment", "name"), max_length=40)
    salt = models.BinaryField(_("salt"))

    class Meta:
        ordering = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "name"], name="one_opening_for_each_name")]
        verbose_name = _("opening of a commitment")
        verbose_name_plural = _("openings of commitments")

    def __str__(self) -> str:
        """Return of what it is the salt."""
        return f"{self.name} of entry {self.entry_id}"
