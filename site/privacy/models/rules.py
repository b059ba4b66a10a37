"""How long things are kept, on which law that rests, and what was done by it."""

from calendar import monthrange
from datetime import datetime, timedelta
from typing import ClassVar, Final, Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel

from design.languages import localised
from privacy.enums import DONE_BY_THE_JOB, Consequence, PeriodUnit
from privacy.retaining import RetentionKind, retention_kind

_MONTHS: Final = 12
_DAYS: Final = 365
_MOST_YEARS: Final = 100  # beyond what a clock can count back from now, the job would stop


class RetentionRuleQuerySet(models.QuerySet["RetentionRule"]):
    """Rules of keeping."""

    def carried_out(self) -> Self:
        """Return the rules with a period, by which the job acts."""
        return self.filter(is_active=True, consequence__in=DONE_BY_THE_JOB).exclude(amount=None)


class RetentionRule(models.Model):
    """How long one kind of thing is kept. The kinds are code (`retaining.py`); period and law are the Party's."""

    kind = models.CharField(_("what is kept"), max_length=40, unique=True, editable=False)
    amount = models.PositiveSmallIntegerField(
        _("period"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: it has no end, and goes only when the person erases it."),
    )
    unit = models.CharField(_("counted in"), max_length=10, choices=PeriodUnit.choices, default=PeriodUnit.MONTH)
    consequence = models.CharField(_("what happens then"), max_length=20, choices=Consequence.choices, editable=False)
    legal_basis_en = models.CharField(_("legal basis in English"), max_length=400, help_text=_("With the article."))
    legal_basis_fr = models.CharField(_("legal basis in French"), max_length=400, blank=True)
    legal_basis_ru = models.CharField(_("legal basis in Russian"), max_length=400, blank=True)
    is_active = models.BooleanField(
        _("carried out"), default=True, help_text=_("Off: nothing is erased by this rule, and the page says so.")
    )
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = RetentionRuleQuerySet.as_manager()

    panels: ClassVar = [
        HelpPanel(
            content=_(
                "What you set here is carried out every night, and is shown on the page on privacy. What is erased "
                "cannot be brought back: try a shorter period with “manage.py apply_retention --dry-run” first."
            )
        ),
        MultiFieldPanel([FieldPanel("amount"), FieldPanel("unit"), FieldPanel("is_active")], heading=_("Period")),
        MultiFieldPanel(["legal_basis_en", "legal_basis_fr", "legal_basis_ru"], heading=_("Legal basis")),
    ]

    class Meta:
        ordering = ["sort_order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount=None) | models.Q(amount__gte=1), name="retention_period_is_not_nothing"
            )
        ]
        verbose_name = _("rule of keeping")
        verbose_name_plural = _("rules of keeping")

    def __str__(self) -> str:
        """Return what is kept."""
        return self.title

    def clean(self) -> None:
        """Insist that what stays as part of the record has no period, and that a period can be counted."""
        super().clean()
        most = {
            PeriodUnit.DAY: _MOST_YEARS * _DAYS,
            PeriodUnit.MONTH: _MOST_YEARS * _MONTHS,
            PeriodUnit.YEAR: _MOST_YEARS,
        }
        if self.amount is not None and self.amount > most.get(PeriodUnit(self.unit), _MOST_YEARS):
            raise ValidationError(
                {"amount": _("Nothing is kept for more than 100 years: write a shorter period, or leave this empty.")}
            )
        if self.consequence == Consequence.KEEP and self.amount is not None:
            raise ValidationError({"amount": _("What was said stays as part of the record: leave this empty.")})

    @property
    def known_kind(self) -> RetentionKind | None:
        """The kind, where a room that is installed has entered it."""
        return retention_kind(self.kind)

    @property
    def title(self) -> str:
        """What is kept, in the language of the page."""
        return str(self.known_kind.title) if self.known_kind else self.kind

    @property
    def counted_from(self) -> str:
        """From when the period runs, in the language of the page."""
        return str(self.known_kind.counted_from) if self.known_kind else ""

    @property
    def legal_basis(self) -> str:
        """The legal basis in the language of the page."""
        return localised(self, "legal_basis")

    @property
    def period(self) -> str:
        """The period in words; nothing where it has no end."""
        if self.amount is None:
            return ""
        words = {
            PeriodUnit.DAY: ngettext("%(count)s day", "%(count)s days", self.amount),
            PeriodUnit.MONTH: ngettext("%(count)s month", "%(count)s months", self.amount),
            PeriodUnit.YEAR: ngettext("%(count)s year", "%(count)s years", self.amount),
        }
        return words[PeriodUnit(self.unit)] % {"count": self.amount}

    def cutoff(self, at: datetime) -> datetime | None:
        """Return the instant before which a thing's time must have begun for its period to be over at an instant."""
        if self.amount is None:
            return None
        if self.unit == PeriodUnit.DAY:
            return at - timedelta(days=self.amount)
        months = self.amount * (_MONTHS if self.unit == PeriodUnit.YEAR else 1)
        year, month = divmod(at.year * _MONTHS + at.month - 1 - months, _MONTHS)
        return at.replace(year=year, month=month + 1, day=min(at.day, monthrange(year, month + 1)[1]))


class RetentionRun(models.Model):
    """What one rule did in one round: numbers, and nobody's name."""

    rule = models.ForeignKey(RetentionRule, on_delete=models.CASCADE, related_name="runs")
    ran_at = models.DateTimeField(_("carried out at"), db_index=True)
    done = models.PositiveIntegerField(_("erased"), default=0)
    held = models.PositiveIntegerField(_("kept although the period is over"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)

    class Meta:
        ordering = ["-ran_at", "-pk"]
        verbose_name = _("round of keeping")
        verbose_name_plural = _("rounds of keeping")

    def __str__(self) -> str:
        """Return the rule and the numbers."""
        return f"{self.rule.kind}: {self.done}/{self.held}/{self.failed}"
