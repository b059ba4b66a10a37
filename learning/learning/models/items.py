"""Questions: practice in a unit, and the pool from which an assessment is drawn."""

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from design.languages import localised
from learning.enums import (
    CHOICE_KINDS,
    QUESTIONS_OF_QUANTITY,
    AttemptMode,
    ItemKind,
    MeasuredIn,
    RegisterQuestion,
)
from learning.models.programmes import Programme, Unit
from register.enums import Medium
from register.models import Pollutant


class ItemQuerySet(models.QuerySet["Item"]):
    """Questions."""

    def for_practice(self) -> Self:
        """Return the questions that stand in units."""
        return self.filter(use=AttemptMode.PRACTICE)

    def for_assessment(self) -> Self:
        """Return the questions from which assessments are drawn."""
        return self.filter(use=AttemptMode.ASSESSMENT)

    def whole(self) -> Self:
        """Return the questions with all it takes to ask and score them at hand; one more query."""
        return self.select_related("pollutant", "programme", "unit").prefetch_related("options")


class Item(ClusterableModel):
    """One question in three languages, with what is right and why."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="items"
    )
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="items",
        help_text=_("The unit that teaches it; a practice question counts for this unit."),
    )
    key = models.SlugField(_("key"), max_length=60, help_text=_("Stays for life: progress and records hold on to it."))
    use = models.CharField(_("for"), max_length=20, choices=AttemptMode.choices, default=AttemptMode.PRACTICE)
    kind = models.CharField(_("kind"), max_length=20, choices=ItemKind.choices, default=ItemKind.SINGLE)
    stem_en = models.TextField(_("question (English)"))
    stem_fr = models.TextField(_("question (French)"))
    stem_ru = models.TextField(_("question (Russian)"))
    explanation_en = models.TextField(_("explanation (English)"), blank=True)
    explanation_fr = models.TextField(_("explanation (French)"), blank=True)
    explanation_ru = models.TextField(_("explanation (Russian)"), blank=True)
    answer = models.DecimalField(
        _("right number"), max_digits=24, decimal_places=9, null=True, blank=True, help_text=_("In the unit below.")
    )
    measured_in = models.CharField(
        _("asked for in"), max_length=4, choices=MeasuredIn.choices, default=MeasuredIn.NOTHING, blank=True
    )
    tolerance_percent = models.DecimalField(
        _("tolerance in per cent"),
        max_digits=5,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    feedback_right_en = models.TextField(_("said to a right number (English)"), blank=True)
    feedback_right_fr = models.TextField(_("said to a right number (French)"), blank=True)
    feedback_right_ru = models.TextField(_("said to a right number (Russian)"), blank=True)
    feedback_wrong_en = models.TextField(_("said to a wrong number (English)"), blank=True)
    feedback_wrong_fr = models.TextField(_("said to a wrong number (French)"), blank=True)
    feedback_wrong_ru = models.TextField(_("said to a wrong number (Russian)"), blank=True)
    question = models.CharField(_("asked of the register"), max_length=24, choices=RegisterQuestion.choices, blank=True)
    pollutant = models.ForeignKey(
        Pollutant, verbose_name=_("pollutant"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    medium = models.CharField(_("released to"), max_length=10, choices=Medium.choices, blank=True)

    objects = ItemQuerySet.as_manager()

    panels: ClassVar = [
        MultiFieldPanel(["programme", "unit", "key", "use", "kind"], heading=_("Place and kind")),
        MultiFieldPanel(["stem_en", "stem_fr", "stem_ru"], heading=_("Question")),
        InlinePanel(
            "options",
            heading=_("Answers to choose from"),
            label=_("Answer"),
            help_text=_("For questions with answers to choose from; each says why it is right or wrong."),
        ),
        MultiFieldPanel(
            [
                "answer",
                "measured_in",
                "tolerance_percent",
                "feedback_right_en",
                "feedback_right_fr",
                "feedback_right_ru",
                "feedback_wrong_en",
                "feedback_wrong_fr",
                "feedback_wrong_ru",
            ],
            heading=_("Number"),
            help_text=_("For questions that are answered with a number."),
        ),
        MultiFieldPanel(
            ["question", "pollutant", "medium"],
            heading=_("Find in the register"),
            help_text=_("The right number is then computed from the register itself."),
        ),
        MultiFieldPanel(["explanation_en", "explanation_fr", "explanation_ru"], heading=_("Explanation")),
    ]

    class Meta:
        ordering = ["programme", "pk"]
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="one_item_per_key")]
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        """Return the question in the language of the page."""
        return self.stem

    @property
    def stem(self) -> str:
        """The question in the language of the page."""
        return localised(self, "stem")

    @property
    def object_key(self) -> str:
        """What the record calls it."""
        return f"item:{self.programme.slug}/{self.key}"

    def clean(self) -> None:
        """Insist on what the kind of question needs; what hangs on the answers is checked with them."""
        super().clean()
        problems: dict[str, Any] = {}
        if self.unit and self.programme_id and self.unit.module.programme_id != self.programme_id:
            problems["unit"] = _("This unit belongs to another programme.")
        if self.kind == ItemKind.NUMBER and self.answer is None:
            problems["answer"] = _("Give the right number.")
        if self.kind == ItemKind.FIND_IN_REGISTER:
            problems |= self._missing_for_register()
        if problems:
            raise ValidationError(problems)

    def _missing_for_register(self) -> dict[str, Any]:
        problems: dict[str, Any] = {}
        for name, message in (
            ("question", _("Choose what is asked of the register.")),
            ("pollutant", _("Choose the pollutant.")),
            ("medium", _("Choose where it is released to.")),
        ):
            if not getattr(self, name):
                problems[name] = message
        if self.question in QUESTIONS_OF_QUANTITY and not self.measured_in:
            problems["measured_in"] = _("A quantity is asked for in a unit: choose one.")
        return problems

    @property
    def is_choice(self) -> bool:
        """Whether it is answered by choosing."""
        return self.kind in CHOICE_KINDS


class Option(Orderable):
    """One answer to choose from, right or wrong, and why."""

    item = ParentalKey(Item, on_delete=models.CASCADE, related_name="options")
    text_en = models.TextField(_("answer (English)"))
    text_fr = models.TextField(_("answer (French)"))
    text_ru = models.TextField(_("answer (Russian)"))
    is_correct = models.BooleanField(_("right"), default=False)
    feedback_en = models.TextField(_("why (English)"), blank=True)
    feedback_fr = models.TextField(_("why (French)"), blank=True)
    feedback_ru = models.TextField(_("why (Russian)"), blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("answer to choose from")
        verbose_name_plural = _("answers to choose from")

    def __str__(self) -> str:
        """Return the answer in the language of the page."""
        return localised(self, "text")
