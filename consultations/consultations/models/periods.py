"""When comments are taken."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consultations.enums import PeriodKind
from design.formats import format_instant
from design.languages import localised


class FixedPeriodError(Exception):
    """Somebody tried to change a period that exists: an extension or a re-opening is a row of its own."""


class PeriodQuerySet(models.QuerySet["Period"]):
    """Comment periods."""

    def running(self, at: datetime) -> Self:
        """Return the periods in which comments are taken at an instant."""
        return self.filter(opens_at__lte=at, closes_at__gt=at)

    def overlapping(self, opens_at: datetime, closes_at: datetime) -> Self:
        """Return the periods that have an instant in common with an interval."""
        return self.filter(opens_at__lt=closes_at, closes_at__gt=opens_at)


class Period(models.Model):
    """One comment period: open from `opens_at` on, and no more at `closes_at`. Rows are added and never changed."""

    docket = models.ForeignKey("consultations.Docket", on_delete=models.CASCADE, related_name="periods")
    kind = models.CharField(_("kind"), max_length=20, choices=PeriodKind.choices)
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(_("closes at"))
    zone = models.CharField(
        _("time zone"), max_length=60, help_text=_("The zone in which the authority set both instants.")
    )
    reason_en = models.TextField(_("reason in English"), blank=True)
    reason_fr = models.TextField(_("reason in French"), blank=True)
    reason_ru = models.TextField(_("reason in Russian"), blank=True)
    notice = models.CharField(
        _("where it was announced"),
        max_length=300,
        blank=True,
        help_text=_("For example the number of the official gazette."),
    )
    created_at = models.DateTimeField(_("set at"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["opens_at"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="period_closes_after_it_opens"),
            models.UniqueConstraint(fields=["docket", "opens_at"], name="one_period_opens_at_an_instant"),
        ]
        verbose_name = _("comment period")
        verbose_name_plural = _("comment periods")

    def __str__(self) -> str:
        """Return from when to when."""
        return f"{format_instant(self.opens_at)} – {format_instant(self.closes_at)}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the period; raise FixedPeriodError where it is stored already."""
        if not self._state.adding:
            raise FixedPeriodError("A period is never changed: add an extension or a re-opening.")
        super().save(*args, **kwargs)

    @property
    def reason(self) -> str:
        """Why there is this period, in the language of the page."""
        return localised(self, "reason")
