"""What the worker keeps about itself: who works, and when each scheduled job last ran."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkerQuerySet(models.QuerySet["Worker"]):
    """Workers."""

    def alive(self) -> Self:
        """Return those that have neither ended nor been found dead."""
        return self.filter(ended_at=None, lost_at=None)

    def gone(self) -> Self:
        """Return those that have ended or been found dead."""
        return self.exclude(ended_at=None, lost_at=None)


class Worker(models.Model):
    """One process that works, and the beats by which the others see that it lives.

    Whether it lives is never asked of a clock: see `jobs/workers.py`. The instants are for people.
    """

    name = models.CharField(_("name"), max_length=64, unique=True)
    host = models.CharField(_("machine"), max_length=200)
    process = models.PositiveIntegerField(_("process"))
    beats = models.PositiveBigIntegerField(_("beats"), default=0)
    started_at = models.DateTimeField(_("started at"))
    seen_at = models.DateTimeField(_("last seen at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    lost_at = models.DateTimeField(_("found dead at"), null=True, blank=True)

    objects = WorkerQuerySet.as_manager()

    class Meta:
        ordering = ["-seen_at", "-pk"]
        verbose_name = _("worker")
        verbose_name_plural = _("workers")

    def __str__(self) -> str:
        """Return where it runs."""
        return f"{self.host} ({self.process})"


class ScheduledJob(models.Model):
    """What is remembered of one job of the schedule; when it is due says the code (`jobs/schedule.py`)."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    slot = models.DateTimeField(_("last slot"), null=True, blank=True)
    result = models.CharField(_("number of the last task"), max_length=64, blank=True)
    started_at = models.DateTimeField(_("last started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("last finished at"), null=True, blank=True)
    succeeded = models.BooleanField(_("succeeded"), null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("scheduled job")
        verbose_name_plural = _("scheduled jobs")

    def __str__(self) -> str:
        """Return the name of its task."""
        return self.name
