"""What is left when somebody was erased: the day, the cause, and of what; never who."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from privacy.enums import Act, Cause


class Tombstone(models.Model):
    """Somebody's identity was erased here, on this day, for this cause."""

    holding = models.CharField(_("kind"), max_length=40)
    reference = models.CharField(_("number"), max_length=80, db_index=True)
    erased_at = models.DateTimeField(_("erased at"), db_index=True)
    cause = models.CharField(_("cause"), max_length=20, choices=Cause.choices)
    reason = models.CharField(
        _("reason"),
        max_length=300,
        blank=True,
        help_text=_("Where an official did it: which letter, by date and file number. Name nobody here."),
    )

    class Meta:
        ordering = ["-erased_at", "-pk"]
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")

    def __str__(self) -> str:
        """Return of what."""
        return self.reference


class PostponedErasure(models.Model):
    """Somebody asked to be erased where something still stands in the way; the job does it when that has ended."""

    holding = models.CharField(_("kind"), max_length=40)
    reference = models.CharField(_("number"), max_length=80)
    asked_at = models.DateTimeField(_("wanted since"))
    cause = models.CharField(_("cause"), max_length=20, choices=Cause.choices)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["holding", "reference"], name="one_postponed_erasure")]
        verbose_name = _("erasure to come")
        verbose_name_plural = _("erasures to come")

    def __str__(self) -> str:
        """Return of what."""
        return self.reference


class ErasureNote(models.Model):
    """What was done, as the list beside the backups says it (`ledger.repeating`): by it the same is done once only.

    Unlike a tombstone it finds the thing again: where that is an address, by a digest that only this site can make.
    """

    act = models.CharField(_("act"), max_length=20, choices=Act.choices)
    holding = models.CharField(_("kind"), max_length=40)
    reference = models.CharField(_("number"), max_length=80)
    cause = models.CharField(_("cause"), max_length=20, choices=Cause.choices)
    at = models.DateTimeField(_("instant"))

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["act", "holding", "reference", "at"], name="one_erasure_note")]
        verbose_name = _("note of an erasure")
        verbose_name_plural = _("notes of erasures")

    def __str__(self) -> str:
        """Return of what."""
        return self.reference
