"""What the authority says to each point."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.enums import Disposition
from consultations.models.submissions import Point


class OfficialResponseQuerySet(models.QuerySet["OfficialResponse"]):
    """Answers to points."""

    def published(self) -> Self:
        """Return the answers that the public can read."""
        return self.exclude(published_at=None)

    def unpublished(self) -> Self:
        """Return the answers that only officials can read."""
        return self.filter(published_at=None)


class OfficialResponse(models.Model):
    """The answer to one point, in the language in which it was written. Its draft and its publication are two dates."""

    point = models.OneToOneField(Point, on_delete=models.CASCADE, related_name="response")
    disposition = models.CharField(_("disposition"), max_length=20, choices=Disposition.choices)
    language = models.CharField(_("language of the answer"), max_length=2, choices=settings.LANGUAGES)
    reason = models.TextField(_("reason"), max_length=5000, blank=True)
    change_made = models.TextField(
        _("change made because of it"),
        max_length=1000,
        blank=True,
        help_text=_("What is different now in the proposal or the decision."),
    )
    drafted_at = models.DateTimeField(_("drafted at"))
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(_("answered at"), help_text=_("When its words were last set."))
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    objects = OfficialResponseQuerySet.as_manager()

    class Meta:
        ordering = ["point"]
        constraints = [
            models.CheckConstraint(
                condition=Q(disposition=Disposition.ACCEPTED) | ~Q(reason=""), name="response_gives_a_reason"
            )
        ]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")

    def __str__(self) -> str:
        """Return the disposition."""
        return str(self.get_disposition_display())
