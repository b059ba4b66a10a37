"""The public keys by which the record's checkpoints are checked; the private one is not in the database."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class RecordKeyQuerySet(models.QuerySet["RecordKey"]):
    """Public keys of the record."""

    def valid(self, at: datetime) -> Self:
        """Return the keys with which checkpoints were made at an instant."""
        return self.filter(valid_from__lte=at).exclude(valid_until__lte=at)

    def in_use(self) -> Self:
        """Return the key with which checkpoints are made now."""
        return self.filter(valid_until=None)


class RecordKey(models.Model):
    """One key, in the text form of C2SP signed-note, with the time in which it signed."""

    text = models.CharField(_("public key"), max_length=300, unique=True)
    valid_from = models.DateTimeField(_("valid from"))
    valid_until = models.DateTimeField(_("valid until"), null=True, blank=True)

    objects = RecordKeyQuerySet.as_manager()

    class Meta:
        ordering = ["valid_from", "pk"]
        verbose_name = _("key of the record")
        verbose_name_plural = _("keys of the record")

    def __str__(self) -> str:
        """Return the key."""
        return self.text
