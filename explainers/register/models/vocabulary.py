"""What the annexes of the Protocol list: pollutants, thresholds, activities and operations."""

from typing import Final

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from design.languages import current_code, localised
from register.enums import PollutantGroup, SumGroup, ThresholdKind, ThresholdNote, Treatment

NO_CAPACITY_THRESHOLD: Final = "*"  # the mark of Annex I


class LocalisedName(models.Model):
    """A name in the three equal languages."""

    name_en = models.CharField(_("name in English"), max_length=400)
    name_fr = models.CharField(_("name in French"), max_length=400, blank=True)
    name_ru = models.CharField(_("name in Russian"), max_length=400, blank=True)
    name_fr_reviewed = models.BooleanField(
        _("French name reviewed"),
        default=False,
        help_text=_("A name that nobody has confirmed at its source is shown as awaiting review."),
    )
    name_ru_reviewed = models.BooleanField(
        _("Russian name reviewed"),
        default=False,
        help_text=_("A name that nobody has confirmed at its source is shown as awaiting review."),
    )

    class Meta:
        abstract = True

    @property
    def name_awaits_review(self) -> bool:
        """Return whether nobody has yet confirmed the name in the language of the page; English is the source text."""
        return not getattr(self, f"name_{current_code()}_reviewed", True)

    @property
    def name(self) -> str:
        """Return the name in the language of the page, English where it is missing."""
        return localised(self, "name")


class Pollutant(LocalisedName):
    """A pollutant or group of pollutants of Annex II, or a sub-entry that a register keeps beside one."""

    code = models.CharField(_("reporting code"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    number = models.PositiveSmallIntegerField(
        _("number in Annex II"), null=True, blank=True, help_text=_("Empty where the Annex does not list the entry.")
    )
    cas = models.CharField(_("CAS number"), max_length=20, blank=True)
    group = models.CharField(_("group"), max_length=10, choices=PollutantGroup.choices)
    part_of = models.ForeignKey(
        "self",
        verbose_name=_("sub-entry of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sub_entries",
        help_text=_("A sub-entry is already counted in its entry, and is never added to it."),
    )
    sum_group = models.CharField(
        _("counted in the sum"),
        max_length=10,
        choices=SumGroup.choices,
        blank=True,
        help_text=_("The sum that some thresholds are held against in place of the single pollutant."),
    )
    other_codes = models.JSONField(
        _("codes in other registers"),
        default=list,
        blank=True,
        help_text=_("Codes by which a file may name the entry."),
    )
    in_protocol = models.BooleanField(_("listed in Annex II of the Protocol"), default=True)
    in_eprtr = models.BooleanField(_("listed in Annex II of the E-PRTR Regulation"), default=True)
    position = models.PositiveSmallIntegerField(_("position in the annex"), default=0)

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("pollutant")
        verbose_name_plural = _("pollutants")

    def __str__(self) -> str:
        """Return the name in the language of the page."""
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the pollutant's public page."""
        return reverse("register:pollutant", args=[self.slug])


class ThresholdSet(LocalisedName):
    """A list of thresholds with its legal source, such as the Protocol's Annex II or the E-PRTR Regulation's."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    source = models.CharField(_("legal source"), max_length=300)
    applies = models.BooleanField(
        _("applies here"), default=False, help_text=_("The set by which operators of this register report.")
    )

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["applies"], condition=models.Q(applies=True), name="one_threshold_set_applies"
            )
        ]
        verbose_name = _("threshold set")
        verbose_name_plural = _("threshold sets")

    def __str__(self) -> str:
        """Return the name in the language of the page."""
        return self.name


class Threshold(models.Model):
    """A quantity in kilograms a year above which a facility must report a pollutant (Art. 7(1), Annex II)."""

    threshold_set = models.ForeignKey(ThresholdSet, on_delete=models.CASCADE, related_name="thresholds")
    pollutant = models.ForeignKey(Pollutant, on_delete=models.CASCADE, related_name="thresholds")
    kind = models.CharField(_("applies to"), max_length=30, choices=ThresholdKind.choices)
    quantity_kg = models.DecimalField(_("kilograms a year"), max_digits=20, decimal_places=6)
    note = models.CharField(_("note of the annex"), max_length=2, choices=ThresholdNote.choices, blank=True)

    class Meta:
        ordering = ["pollutant__position", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["threshold_set", "pollutant", "kind"], name="one_threshold_per_kind"),
            models.CheckConstraint(condition=models.Q(quantity_kg__gt=0), name="threshold_above_zero"),
        ]
        verbose_name = _("threshold")
        verbose_name_plural = _("thresholds")

    def __str__(self) -> str:
        """Return what it applies to and how much."""
        return f"{self.pollutant}, {self.get_kind_display()}: {self.quantity_kg} kg"


class Activity(LocalisedName):
    """An activity of Annex I, by which facilities fall under the duty to report (Art. 7(1))."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    sector = models.PositiveSmallIntegerField(_("sector"))
    level = models.PositiveSmallIntegerField(_("level"))
    parent = models.ForeignKey(
        "self", verbose_name=_("part of"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    capacity_threshold_en = models.CharField(
        _("capacity threshold in English"),
        max_length=400,
        blank=True,
        help_text=_("Column 1; an asterisk where every facility is under the duty."),
    )
    capacity_threshold_fr = models.CharField(_("capacity threshold in French"), max_length=400, blank=True)
    capacity_threshold_ru = models.CharField(_("capacity threshold in Russian"), max_length=400, blank=True)
    employee_threshold = models.PositiveSmallIntegerField(
        _("employee threshold"),
        null=True,
        blank=True,
        help_text=_("Column 2: full-time employees or their equivalent."),
    )
    position = models.PositiveSmallIntegerField(_("position in the annex"), default=0)

    class Meta:
        ordering = ["position"]
        verbose_name = _("activity")
        verbose_name_plural = _("activities")

    def __str__(self) -> str:
        """Return code and name."""
        return f"{self.code} {self.name}"

    @property
    def capacity_threshold(self) -> str:
        """Return the capacity threshold of Annex I, column 1, in the language of the page; empty for a heading."""
        if self.capacity_threshold_en == NO_CAPACITY_THRESHOLD:
            return gettext("No capacity threshold: every facility is under the duty to report.")
        return localised(self, "capacity_threshold")


class Operation(LocalisedName):
    """A disposal or recovery operation of Annex III."""

    code = models.CharField(_("code"), max_length=5, unique=True)
    treatment = models.CharField(_("destined for"), max_length=10, choices=Treatment.choices)
    position = models.PositiveSmallIntegerField(_("position in the annex"), default=0)

    class Meta:
        ordering = ["position"]
        verbose_name = _("operation")
        verbose_name_plural = _("operations")

    def __str__(self) -> str:
        """Return code and name."""
        return f"{self.code} {self.name}"
