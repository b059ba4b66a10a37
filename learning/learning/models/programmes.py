"""What is taught, whatever the language: programmes, their modules and units, and the rules that bind them.

The words that are read stand on pages, one in each language (`models/pages.py`). Progress, assessment and certificates
hold on to these rows by their keys, so that a change of language, or of a page, loses nothing.
"""

from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from design.languages import localised
from learning.enums import Audience, CertificateClass, MoveOn, Purpose

# The second parts of addresses below a programme, and the first ones below Learning (urls.py).
RESERVED_SLUGS = frozenset({"assessment", "exercise", "units", "mine", "verify", "certificates"})


def check_not_reserved(slug: str) -> None:
    """Insist on a key that is not part of an address already; raises ValidationError."""
    if slug in RESERVED_SLUGS:
        raise ValidationError(_("“%(slug)s” is part of another address: choose another key."), params={"slug": slug})


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Programmes."""

    def with_structure(self) -> Self:
        """Return the programmes with their modules and units at hand; two more queries."""
        return self.prefetch_related("modules__units")


class Programme(ClusterableModel):
    """A programme: for whom, why, and when it is passed."""

    slug = models.SlugField(
        _("key"),
        max_length=60,
        unique=True,
        validators=[check_not_reserved],
        help_text=_("The same as in the address of its page; stays for life."),
    )
    audience = models.CharField(_("audience"), max_length=20, choices=Audience.choices, default=Audience.PUBLIC)
    title_en = models.CharField(_("title (English)"), max_length=160)
    title_fr = models.CharField(_("title (French)"), max_length=160)
    title_ru = models.CharField(_("title (Russian)"), max_length=160)
    outcomes_en = models.TextField(
        _("what one can do afterwards (English)"),
        blank=True,
        help_text=_("One outcome a line; they stand on the certificate."),
    )
    outcomes_fr = models.TextField(_("what one can do afterwards (French)"), blank=True)
    outcomes_ru = models.TextField(_("what one can do afterwards (Russian)"), blank=True)
    assessment_minutes = models.PositiveSmallIntegerField(
        _("minutes for the assessment"),
        default=10,
        help_text=_("How long it usually takes; nobody is held to it. Reading is counted by the units."),
    )
    certificate_class = models.CharField(
        _("certificate"), max_length=20, choices=CertificateClass.choices, default=CertificateClass.COMPLETION
    )
    pass_percent = models.PositiveSmallIntegerField(
        _("per cent of the questions to pass"), default=60, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    questions_drawn = models.PositiveSmallIntegerField(
        _("questions drawn from the pool"), default=5, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    waiting_hours = models.PositiveSmallIntegerField(
        _("hours between two tries"), default=1, help_text=_("Counted from handing in a try that was not passed.")
    )
    valid_months = models.PositiveSmallIntegerField(
        _("months for which the certificate holds"),
        null=True,
        blank=True,
        help_text=_("Empty where it holds for good."),
    )

    objects = ProgrammeQuerySet.as_manager()

    panels: ClassVar = [
        FieldPanel("slug"),
        FieldPanel("audience"),
        MultiFieldPanel(["title_en", "title_fr", "title_ru"], heading=_("Title")),
        MultiFieldPanel(["outcomes_en", "outcomes_fr", "outcomes_ru"], heading=_("What one can do afterwards")),
        MultiFieldPanel(
            [
                "certificate_class",
                "pass_percent",
                "questions_drawn",
                "assessment_minutes",
                "waiting_hours",
                "valid_months",
            ],
            heading=_("Assessment and certificate"),
        ),
        InlinePanel("modules", heading=_("Modules"), label=_("Module")),
    ]

    class Meta:
        ordering = ["pk"]
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    def __str__(self) -> str:
        """Return the title in the language of the page."""
        return self.title

    @property
    def title(self) -> str:
        """The title in the language of the page."""
        return localised(self, "title")

    @property
    def reading_minutes(self) -> int:
        """How long its units take; asks nothing of the database where it was fetched `with_structure`."""
        return sum(unit.minutes for module in self.modules.all() for unit in module.units.all())

    @property
    def outcomes(self) -> list[str]:
        """What one can do afterwards, in the language of the page."""
        return outcome_lines(localised(self, "outcomes"))

    @property
    def object_key(self) -> str:
        """What the record calls it."""
        return f"programme:{self.slug}"

    @property
    def ordered_units(self) -> list["Unit"]:
        """The units of all modules, in the order in which they are read."""
        return [unit for module in self.modules.all() for unit in module.units.all()]


def outcome_lines(text: str) -> list[str]:
    """Return the outcomes of a text: one a line, without the marks of a list."""
    return [line.strip().removeprefix("- ").strip() for line in text.splitlines() if line.strip()]


class Module(Orderable, ClusterableModel):
    """A part of a programme: satisfied when its units are."""

    programme = ParentalKey(Programme, on_delete=models.CASCADE, related_name="modules")
    slug = models.SlugField(_("key"), max_length=60, validators=[check_not_reserved])

    panels: ClassVar = [FieldPanel("slug"), InlinePanel("units", heading=_("Units"), label=_("Unit"))]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["programme", "slug"], name="one_module_per_key")]
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    def __str__(self) -> str:
        """Return programme and key."""
        return f"{self.programme.slug}/{self.slug}"


class Unit(Orderable):
    """What is read in one go, and when it counts as done."""

    module = ParentalKey(Module, on_delete=models.CASCADE, related_name="units")
    slug = models.SlugField(_("key"), max_length=60)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=5, help_text=_("How long reading and exercises take.")
    )
    purpose = models.CharField(_("purpose (Art. 15)"), max_length=20, choices=Purpose.choices)
    move_on = models.CharField(_("done"), max_length=24, choices=MoveOn.choices, default=MoveOn.COMPLETED)
    requires = models.CharField(
        _("counts after"),
        max_length=400,
        blank=True,
        help_text=_(
            "Keys of units of the same programme, parted by spaces. The text can be read at any time all the same."
        ),
    )

    panels: ClassVar = [
        FieldPanel("slug"),
        FieldPanel("minutes"),
        FieldPanel("purpose"),
        FieldPanel("move_on"),
        FieldPanel("requires"),
    ]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["module", "slug"], name="one_unit_per_key")]
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    def __str__(self) -> str:
        """Return module and key."""
        return f"{self.module}/{self.slug}"

    @property
    def required_slugs(self) -> tuple[str, ...]:
        """The keys of the units after which this one counts."""
        return tuple(self.requires.split())
