"""What was reported: releases, off-site transfers, diffuse releases (Art. 7(5)-(8))."""

import hashlib
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from design.phrases import labelled
from register.enums import (
    WITH_QUANTITY,
    DiffuseCategory,
    LoadKind,
    Medium,
    Method,
    Presence,
    TransferKind,
    Treatment,
    WasteType,
)
from register.models.confidentiality import WithheldInformation
from register.models.facilities import Facility
from register.models.loads import RegisterLoad
from register.models.vocabulary import Operation, Pollutant

LONGEST_KEY = 400
QUANTITY_DIGITS = 24
QUANTITY_PLACES = 9  # a microgram: dioxins are reported in fractions of a gram


def release_key(facility: str, pollutant: str, medium: str, year: int) -> str:
    """Return the key of a release: register number, reporting code, medium and year."""
    return f"{facility}/{pollutant}/{medium}/{year}"


def diffuse_key(*, country: str, area: str, category: str, pollutant: str, medium: str, year: int) -> str:
    """Return the key of a diffuse release: where, which source, what, into what, when."""
    return f"{country}/{area}/{category}/{pollutant}/{medium}/{year}"


def transfer_key(*parts: Any) -> str:
    """Return the key of a transfer: register number, year, what, what for, receiver, and which of several alike.

    Where that is longer than there is room for, the key is what fits of it and the hash of all of it.
    """
    key = "/".join(str(part) for part in parts)
    if len(key) <= LONGEST_KEY:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()
    return f"{key[: LONGEST_KEY - len(digest) - 1]}/{digest}"


class EntryQuerySet(models.QuerySet):
    """Entries of the register."""

    def current(self) -> Self:
        """Return the entries that the newest load still holds."""
        return self.filter(dropped_by=None)

    def dropped(self) -> Self:
        """Return the entries that a later load no longer held."""
        return self.exclude(dropped_by=None)


class Entry(models.Model):
    """What every entry has: year, quantity or the absence of one, method, and the load it comes from."""

    load_kind: ClassVar[LoadKind]

    reporting_year = models.PositiveSmallIntegerField(_("reporting year"))
    presence = models.CharField(
        _("state of the value"), max_length=20, choices=Presence.choices, default=Presence.REPORTED
    )
    quantity_kg = models.DecimalField(
        _("quantity in kilograms"), max_digits=QUANTITY_DIGITS, decimal_places=QUANTITY_PLACES, null=True, blank=True
    )
    method = models.CharField(_("method"), max_length=20, choices=Method.choices, blank=True)
    withheld = models.ForeignKey(
        WithheldInformation,
        verbose_name=_("withheld"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    load = models.ForeignKey(
        RegisterLoad, verbose_name=_("last confirmed by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Which load brought it first: what is new in a load is told to those who follow. Looked for only among the entries
    # of one pollutant or facility, so it has no index of its own.
    added_by = models.ForeignKey(
        RegisterLoad,
        verbose_name=_("first loaded by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    dropped_by = models.ForeignKey(
        RegisterLoad, verbose_name=_("dropped by"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(presence__in=WITH_QUANTITY, quantity_kg__isnull=False, quantity_kg__gte=0)
                | (~models.Q(presence__in=WITH_QUANTITY) & models.Q(quantity_kg=None)),
                name="%(class)s_quantity_fits_presence",
            ),
            models.CheckConstraint(
                condition=~models.Q(presence=Presence.CONFIDENTIAL) | models.Q(withheld__isnull=False),
                name="%(class)s_confidential_says_why",
            ),
        ]

    @property
    def is_current(self) -> bool:
        """Return whether the newest load still holds the entry."""
        return self.dropped_by_id is None


class Release(Entry):
    """A release of one pollutant from one facility to one medium in one year (Art. 7(5)(c), Annex II)."""

    load_kind = LoadKind.RELEASES

    # Neither needs an index of its own: the unique constraint begins with one, release_by_pollutant with the other.
    facility = models.ForeignKey(Facility, on_delete=models.CASCADE, related_name="releases", db_index=False)
    pollutant = models.ForeignKey(Pollutant, on_delete=models.PROTECT, related_name="releases", db_index=False)
    medium = models.CharField(_("medium"), max_length=10, choices=Medium.choices)
    accidental_kg = models.DecimalField(
        _("of it in extraordinary events, in kilograms"),
        max_digits=QUANTITY_DIGITS,
        decimal_places=QUANTITY_PLACES,
        null=True,
        blank=True,
        help_text=_("Empty where the source does not tell it from zero (Art. 7(6))."),
    )

    class Meta(Entry.Meta):
        ordering = ["-reporting_year", "facility__name", "pollutant__position", "medium"]
        indexes = [
            models.Index(fields=["pollutant", "medium", "reporting_year"], name="release_by_pollutant"),
            models.Index(fields=["reporting_year"], name="release_by_year"),
        ]
        constraints = [
            *Entry.Meta.constraints,
            models.UniqueConstraint(
                fields=["facility", "pollutant", "medium", "reporting_year"], name="one_release_per_medium_and_year"
            ),
            models.CheckConstraint(
                condition=models.Q(accidental_kg=None)
                | models.Q(accidental_kg__gte=0, accidental_kg__lte=models.F("quantity_kg")),
                name="release_accidental_within_total",
            ),
        ]
        verbose_name = _("release")
        verbose_name_plural = _("releases")

    def __str__(self) -> str:
        """Return what left where, when."""
        return f"{self.pollutant} ({self.get_medium_display()}), {self.reporting_year}"

    @property
    def entry_key(self) -> str:
        """Return the key under which the entry's history is kept."""
        return release_key(self.facility.public_id, self.pollutant.code, self.medium, self.reporting_year)


class Transfer(Entry):
    """What every off-site transfer has: who received it (Arts. 5(1)(f), 7(5)(d)-(e))."""

    facility = models.ForeignKey(Facility, on_delete=models.CASCADE, related_name="%(class)ss")
    receiver_name = models.CharField(_("receiver"), max_length=300, blank=True)
    receiver_street = models.CharField(_("receiver's street"), max_length=200, blank=True)
    receiver_city = models.CharField(_("receiver's city"), max_length=200, blank=True)
    receiver_postal_code = models.CharField(_("receiver's postal code"), max_length=40, blank=True)
    receiver_country = models.CharField(
        _("receiver's country"), max_length=2, blank=True, help_text=_("ISO 3166-1; empty where it is not told.")
    )
    entry_key = models.CharField(_("key of the entry"), max_length=LONGEST_KEY, unique=True)

    class Meta(Entry.Meta):
        abstract = True


class WasteTransfer(Transfer):
    """An off-site transfer of hazardous or other waste for disposal or recovery (Art. 7(5)(d)(ii), Annex III)."""

    load_kind = LoadKind.WASTE_TRANSFERS

    waste_type = models.CharField(_("kind of waste"), max_length=10, choices=WasteType.choices)
    treatment = models.CharField(_("destined for"), max_length=10, choices=Treatment.choices)
    operation = models.ForeignKey(
        Operation, verbose_name=_("operation"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(Transfer.Meta):
        abstract = False
        ordering = ["-reporting_year", "facility__name", "entry_key"]
        indexes = [models.Index(fields=["reporting_year"], name="waste_transfer_by_year")]
        verbose_name = _("transfer of waste")
        verbose_name_plural = _("transfers of waste")

    def __str__(self) -> str:
        """Return what was sent, what for, when."""
        return f"{self.get_waste_type_display()}, {self.get_treatment_display()}, {self.reporting_year}"


class PollutantTransfer(Transfer):
    """An off-site transfer of a pollutant, in waste (Art. 7(5)(d)(i)) or in waste water (Art. 7(5)(e))."""

    load_kind = LoadKind.POLLUTANT_TRANSFERS

    pollutant = models.ForeignKey(Pollutant, on_delete=models.PROTECT, related_name="transfers", db_index=False)
    destination = models.CharField(
        _("destined for"), max_length=20, choices=TransferKind.choices, default=TransferKind.WASTE_WATER
    )

    class Meta(Transfer.Meta):
        abstract = False
        ordering = ["-reporting_year", "facility__name", "entry_key"]
        indexes = [models.Index(fields=["pollutant", "reporting_year"], name="transfer_by_pollutant")]
        verbose_name = _("transfer of a pollutant")
        verbose_name_plural = _("transfers of pollutants")

    def __str__(self) -> str:
        """Return what was sent, when."""
        return f"{self.pollutant}, {self.reporting_year}"


class DiffuseRelease(Entry):
    """A release of one pollutant from the many smaller sources of one category (Arts. 2(9), 5(2), 7(7)-(8))."""

    load_kind = LoadKind.DIFFUSE

    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("ISO 3166-1, two letters."))
    category = models.CharField(_("diffuse source"), max_length=30, choices=DiffuseCategory.choices)
    pollutant = models.ForeignKey(Pollutant, on_delete=models.PROTECT, related_name="diffuse_releases")
    medium = models.CharField(_("medium"), max_length=10, choices=Medium.choices)
    area = models.CharField(_("area"), max_length=120, blank=True, help_text=_("Empty for the whole country."))
    methodology = models.CharField(
        _("methodology"), max_length=300, blank=True, help_text=_("Art. 7(8): the type of methodology used.")
    )

    class Meta(Entry.Meta):
        ordering = ["-reporting_year", "category", "pollutant__position", "medium"]
        constraints = [
            *Entry.Meta.constraints,
            models.UniqueConstraint(
                fields=["country", "category", "pollutant", "medium", "area", "reporting_year"],
                name="one_diffuse_release_per_year",
            ),
        ]
        verbose_name = _("release from diffuse sources")
        verbose_name_plural = _("releases from diffuse sources")

    def __str__(self) -> str:
        """Return the source, pollutant and year."""
        return labelled(self.get_category_display(), f"{self.pollutant}, {self.reporting_year}")

    @property
    def entry_key(self) -> str:
        """Return the key under which the entry's history is kept."""
        return diffuse_key(
            country=self.country,
            area=self.area,
            category=self.category,
            pollutant=self.pollutant.code,
            medium=self.medium,
            year=self.reporting_year,
        )
