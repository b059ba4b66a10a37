"""The tree over the entries: positions, tiles of hashes, and signed checkpoints."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.models.entries import Entry
from ledger.models.keys import RecordKey


class Leaf(models.Model):
    """The place of an entry in the tree, given at sealing, with the hash of the entry as it was then."""

    position = models.BigIntegerField(_("position"), primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="leaf", verbose_name=_("entry"))
    hash = models.BinaryField(_("hash"))

    class Meta:
        ordering = ["position"]
        verbose_name = _("leaf of the tree")
        verbose_name_plural = _("leaves of the tree")

    def __str__(self) -> str:
        """Return the position."""
        return f"Leaf {self.position}"


class Tile(models.Model):
    """Up to 256 hashes beside one another at every eighth level, as in C2SP tlog-tiles: a proof reads a handful."""

    level = models.PositiveSmallIntegerField(pgettext_lazy("of the tree", "level"))
    index = models.BigIntegerField(_("index"))
    hashes = models.BinaryField(_("hashes"))

    class Meta:
        ordering = ["level", "index"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["level", "index"], name="one_tile_in_each_place")]
        verbose_name = _("tile of the tree")
        verbose_name_plural = _("tiles of the tree")

    def __str__(self) -> str:
        """Return where in the tree it is."""
        return f"Tile {self.level}/{self.index}"


class Checkpoint(models.Model):
    """What the record was at a size, signed: nobody can change an entry up to there and keep the signature true."""

    size = models.BigIntegerField(_("size"), unique=True)
    root = models.BinaryField(_("root"))
    note = models.TextField(_("signed note"))
    key = models.ForeignKey(RecordKey, models.PROTECT, related_name="checkpoints", verbose_name=_("key"))
    made_at = models.DateTimeField(_("made"))

    class Meta:
        ordering = ["size"]
        get_latest_by = "size"
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")

    def __str__(self) -> str:
        """Return the size."""
        return f"Checkpoint {self.size}"

    def get_absolute_url(self) -> str:
        """Return the address of the checkpoint's page in the language of now."""
        return reverse("ledger:checkpoint", args=[self.size])
