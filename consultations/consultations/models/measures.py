"""What would change in the register, as typed rows and not as prose."""

from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from consultations.enums import (
    ACTIVITY_LIST_MEASURES,
    QUANTITY_MEASURES,
    TEXT_MEASURES,
    MeasureKind,
)
from design.languages import localised
from design.phrases import labelled
from register.enums import ThresholdKind
from register.models import Activity, Pollutant
from register.models.entries import QUANTITY_DIGITS, QUANTITY_PLACES

_RELEASE_KINDS: Final = (ThresholdKind.RELEASE_AIR, ThresholdKind.RELEASE_WATER, ThresholdKind.RELEASE_LAND)
_TRANSFER_KINDS: Final = (ThresholdKind.OFFSITE_TRANSFER,)


class Measure(Orderable):
    """One typed change of the register, before and after (Art. 13(2): information on the proposed measures)."""

    docket = ParentalKey("consultations.Docket", on_delete=models.CASCADE, related_name="measures")
    number = models.PositiveSmallIntegerField(_("number"), default=0, editable=False)
    kind = models.CharField(_("what changes"), max_length=40, choices=MeasureKind.choices)
    pollutant = models.ForeignKey(
        Pollutant, verbose_name=_("pollutant"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    activity = models.ForeignKey(
        Activity, verbose_name=_("activity"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    threshold_kind = models.CharField(_("threshold for"), max_length=30, choices=ThresholdKind.choices, blank=True)
    before_quantity_kg = models.DecimalField(
        _("kilograms a year now"),
        max_digits=QUANTITY_DIGITS,
        decimal_places=QUANTITY_PLACES,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Leave empty where there is no threshold now."),
    )
    after_quantity_kg = models.DecimalField(
        _("kilograms a year proposed"),
        max_digits=QUANTITY_DIGITS,
        decimal_places=QUANTITY_PLACES,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Leave empty where there would be no threshold any more."),
    )
    subject_en = models.CharField(
        _("what it is about, in English"),
        max_length=200,
        blank=True,
        help_text=_("Only where neither a pollutant nor an activity of the register says it."),
    )
    subject_fr = models.CharField(_("what it is about, in French"), max_length=200, blank=True)
    subject_ru = models.CharField(_("what it is about, in Russian"), max_length=200, blank=True)
    before_text_en = models.TextField(_("now, in English"), max_length=1000, blank=True)
    before_text_fr = models.TextField(_("now, in French"), max_length=1000, blank=True)
    before_text_ru = models.TextField(_("now, in Russian"), max_length=1000, blank=True)
    after_text_en = models.TextField(_("proposed, in English"), max_length=1000, blank=True)
    after_text_fr = models.TextField(_("proposed, in French"), max_length=1000, blank=True)
    after_text_ru = models.TextField(_("proposed, in Russian"), max_length=1000, blank=True)
    rationale_en = models.TextField(_("why, in English"), max_length=4000)
    rationale_fr = models.TextField(_("why, in French"), max_length=4000, blank=True)
    rationale_ru = models.TextField(_("why, in Russian"), max_length=4000, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("measure")
        verbose_name_plural = _("measures")

    def __str__(self) -> str:
        """Return the number and what changes."""
        return labelled(self.code, self.get_kind_display())

    def clean(self) -> None:
        """Insist on what this kind of measure cannot do without."""
        errors = {}
        if self.kind in QUANTITY_MEASURES:
            errors = self._clean_quantities()
        elif self.kind in TEXT_MEASURES and not (self.before_text_en.strip() or self.after_text_en.strip()):
            errors["after_text_en"] = _("Say in words what would be different.")
        if self._names_nothing():
            errors["subject_en"] = _("Choose an entry of the register, or say what the measure is about.")
        if errors:
            raise ValidationError({field: [message] for field, message in errors.items()})

    def _names_nothing(self) -> bool:
        return not (self.pollutant_id or self.activity_id or self.subject_en.strip())

    def _clean_quantities(self) -> dict[str, object]:
        """Return what is wrong with a change of a threshold."""
        errors: dict[str, object] = {}
        if self.pollutant_id is None:
            errors["pollutant"] = _("Choose the pollutant whose threshold would change.")
        kinds = _RELEASE_KINDS if self.kind == MeasureKind.RELEASE_THRESHOLD_CHANGED else _TRANSFER_KINDS
        if self.threshold_kind not in kinds:
            fitting = ", ".join(str(kind.label) for kind in kinds)
            errors["threshold_kind"] = _("This kind of measure changes one of these thresholds: %(fitting)s.") % {
                "fitting": fitting
            }
        if self.before_quantity_kg is None and self.after_quantity_kg is None:
            errors["after_quantity_kg"] = _("Give the threshold now, the proposed one, or both, in kilograms a year.")
        elif self.before_quantity_kg == self.after_quantity_kg:
            errors["after_quantity_kg"] = _("The proposed threshold is the same as the present one.")
        return errors

    @property
    def code(self) -> str:
        """The number as people quote it: "M1"."""
        return f"M{self.number}" if self.number else "M–"

    @property
    def subject(self) -> str:
        """What the measure is about, in the language of the page: the register's own name where it has one."""
        own = localised(self, "subject")
        if own:
            return own
        if self.kind in ACTIVITY_LIST_MEASURES or self.pollutant is None:
            return str(self.activity) if self.activity else ""
        return self.pollutant.name

    @property
    def rationale(self) -> str:
        """Why, in the language of the page."""
        return localised(self, "rationale")
