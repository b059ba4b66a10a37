"""What the look of pages keeps in the database: one number."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublicGeneration(models.Model):
    """The number of what the public can see at present (design/freshness.py); it has one row."""

    number = models.BigIntegerField(_("number"))

    class Meta:
        verbose_name = _("generation of public pages")
        verbose_name_plural = _("generations of public pages")

    def __str__(self) -> str:
        """Return the number."""
        return str(self.number)
