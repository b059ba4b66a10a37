"""Who reports: facilities, their operators and parent companies (Arts. 2(4), 5(1)(a)-(c), 7(5)(a))."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from register.enums import FacilityStatus, LoadKind
from register.models.vocabulary import Activity


class Company(models.Model):
    """A natural or legal person who owns or operates facilities (Arts. 5(1)(c), 7(5)(a))."""

    name = models.CharField(_("name"), max_length=300, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("company")
        verbose_name_plural = _("companies")

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Facility(models.Model):
    """One or more installations on the same or adjoining sites, owned or operated by the same person (Art. 2(4))."""

    load_kind = LoadKind.FACILITIES

    public_id = models.SlugField(_("register number"), max_length=80, unique=True)
    inspire_id = models.CharField(_("INSPIRE identifier"), max_length=250, blank=True)
    name = models.CharField(
        _("name"), max_length=300, blank=True, help_text=_("Empty only where the name is withheld (Art. 12(3)).")
    )
    operator = models.ForeignKey(
        Company, verbose_name=_("operator"), null=True, blank=True, on_delete=models.PROTECT, related_name="operated"
    )
    parent_company = models.ForeignKey(
        Company, verbose_name=_("parent company"), null=True, blank=True, on_delete=models.PROTECT, related_name="owned"
    )
    activity = models.ForeignKey(
        Activity, verbose_name=_("main activity"), null=True, on_delete=models.PROTECT, related_name="facilities"
    )
    status = models.CharField(_("status"), max_length=20, choices=FacilityStatus.choices, blank=True)
    street = models.CharField(_("street"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=20, blank=True)
    region = models.CharField(_("region"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=2, help_text=_("ISO 3166-1, two letters."))
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    described_year = models.PositiveSmallIntegerField(
        _("year of the description"),
        null=True,
        blank=True,
        help_text=_("The last reporting year these details are for."),
    )
    withheld = models.ForeignKey(
        "register.WithheldInformation",
        verbose_name=_("withheld"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    load = models.ForeignKey(
        "register.RegisterLoad",
        verbose_name=_("last confirmed by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        ordering = ["name", "public_id"]
        indexes = [models.Index(fields=["city"], name="facility_by_city")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name="") | models.Q(withheld__isnull=False), name="facility_without_name_says_why"
            ),
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="facility_lies_on_earth",
            ),
        ]
        verbose_name = _("facility")
        verbose_name_plural = _("facilities")

    def __str__(self) -> str:
        """Return the name, or the words that stand for it where it is withheld."""
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the facility's public page."""
        return reverse("register:facility", args=[self.public_id])

    @property
    def title(self) -> str:
        """Return the name, or, where it is withheld, words that say so, in the language of the page."""
        return self.name or gettext("Name withheld (register number %(number)s)") % {"number": self.public_id}

    @property
    def entry_key(self) -> str:
        """Return the key under which the history of the facility's details is kept."""
        return self.public_id
