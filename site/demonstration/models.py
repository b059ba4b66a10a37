"""What the demonstration remembers of itself: what it made, what it changed, and the mail that was not sent."""

import re
from typing import Final, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from demonstration.enums import Stage

_LANGUAGE: Final = re.compile(r'<html[^>]* lang="([a-z]{2})"')


class Build(models.Model):
    """One stage of the demonstration that stands: when it was built, and how."""

    stage = models.CharField(_("stage"), max_length=20, choices=Stage.choices, unique=True)
    built_at = models.DateTimeField(_("built at"), help_text=_("The instant from which all its dates are counted."))
    seed = models.PositiveIntegerField(_("seed"))
    is_quick = models.BooleanField(_("small, for tests"), default=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("stage of the demonstration")
        verbose_name_plural = _("stages of the demonstration")

    def __str__(self) -> str:
        """Return the stage."""
        return str(self.get_stage_display())


class MadeRows(models.Model):
    """Rows of one table that a stage made, as an unbroken run of keys; nobody else's rows lie between.

    `bundle` names what belongs together, such as one consultation: while something of somebody else's stands on a part
    of it, all of it stays.
    """

    build = models.ForeignKey(Build, on_delete=models.CASCADE, related_name="made")
    bundle = models.CharField(_("belongs to"), max_length=120, blank=True)
    model = models.CharField(_("table"), max_length=120)
    first_key = models.BigIntegerField(_("first key"))
    last_key = models.BigIntegerField(_("last key"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("rows made by the demonstration")
        verbose_name_plural = _("rows made by the demonstration")

    def __str__(self) -> str:
        """Return the table and the keys."""
        return f"{self.model} {self.first_key}–{self.last_key}"


class ChangedRow(models.Model):
    """A row that was there before and that a stage changed: the values before and after, to be put back."""

    build = models.ForeignKey(Build, on_delete=models.CASCADE, related_name="changed")
    model = models.CharField(_("table"), max_length=120)
    key = models.BigIntegerField(_("key"))
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("row changed by the demonstration")
        verbose_name_plural = _("rows changed by the demonstration")

    def __str__(self) -> str:
        """Return the table and the key."""
        return f"{self.model} {self.key}"


class KeptMailQuerySet(models.QuerySet["KeptMail"]):
    """Kept mail."""

    def to(self, address: str) -> Self:
        """Return the mail to one address, however it is capitalised."""
        return self.filter(recipients__icontains=address.strip())


class KeptMail(models.Model):
    """A letter that a real site would have sent."""

    build = models.ForeignKey(
        Build,
        verbose_name=_("written while building"),
        null=True,
        on_delete=models.CASCADE,
        related_name="letters",
        help_text=_("Empty for mail that somebody caused by using the site."),
    )
    kept_at = models.DateTimeField(_("written at"), db_index=True)
    sender = models.CharField(_("from"), max_length=300)
    recipients = models.TextField(_("to"))
    subject = models.CharField(_("subject line"), max_length=500)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("text with markup"), blank=True)
    attachments = models.JSONField(_("attachments"), default=list, help_text=_("Names of the attached files."))
    message_id = models.CharField(
        _("number of the letter"),
        max_length=200,
        null=True,  # unique where there is one: mail without a number is no duplicate of another
        blank=True,
        unique=True,
        help_text=_("A letter that was handed over twice is kept once."),
    )

    objects = KeptMailQuerySet.as_manager()

    class Meta:
        ordering = ["-kept_at", "-pk"]
        verbose_name = _("kept mail")
        verbose_name_plural = _("kept mail")

    def __str__(self) -> str:
        """Return the subject line."""
        return self.subject

    def get_absolute_url(self) -> str:
        """Return the page on which it can be read."""
        return reverse("demonstration:letter", args=[self.pk])

    @property
    def language(self) -> str:
        """The language it is written in, as its markup says; nothing where it has none."""
        found = _LANGUAGE.search(self.html)
        return found[1] if found else ""
