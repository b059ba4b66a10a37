"""Links that prove that somebody reads an address: used once, and only for a short time."""

from datetime import datetime
from typing import Final, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

DIGEST_LENGTH: Final = 64


class ProofLinkQuerySet(models.QuerySet["ProofLink"]):
    """Links."""

    def usable(self, at: datetime | None = None) -> Self:
        """Return the links whose time is not over at an instant."""
        return self.filter(expires_at__gt=at or timezone.now())

    def expired(self, at: datetime | None = None) -> Self:
        """Return the links whose time is over at an instant."""
        return self.filter(expires_at__lte=at or timezone.now())


class ProofLink(models.Model):
    """One link sent to one address. Only a digest of its key is stored; the row goes when it is used."""

    digest = models.CharField(max_length=DIGEST_LENGTH, unique=True)
    address = models.EmailField(_("e-mail address"))
    made_at = models.DateTimeField(_("made at"))
    expires_at = models.DateTimeField(_("usable until"), db_index=True)

    objects = ProofLinkQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("link that proves an address")
        verbose_name_plural = _("links that prove an address")

    def __str__(self) -> str:
        """Return the beginning of the digest, never the address."""
        return self.digest[:8]
