"""Time limits as data: the rules with the provisions they rest on, the calendars, and the clock of each request."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from design.languages import localised
from design.phrases import labelled
from inforequests import deadlines
from inforequests.enums import ClockKind, RuleAnchor, RuleRoll, RuleUnit, SilenceEffect, Timeliness

if TYPE_CHECKING:
    from inforequests.deadlines import Calendar, Line, Rule


class FixedRowError(Exception):
    """Somebody tried to change a calendar, a rule or a clock that people rely on: a change is a new row."""


class HolidayCalendar(models.Model):
    """One version of a calendar of holidays. Rows are added and never changed: clocks name the version they used."""

    code = models.SlugField(_("code"), max_length=40, help_text=_("For example the country’s letters."))
    version = models.PositiveIntegerField(_("version"))
    years = models.JSONField(_("years covered"), default=list)
    holidays = models.JSONField(_("holidays"), default=list, help_text=_("Days written as 2026-12-25."))
    created_at = models.DateTimeField(_("loaded at"), default=timezone.now, editable=False)

    class Meta:
        ordering = ["code", "-version"]
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="one_calendar_of_a_version")]
        verbose_name = _("calendar of holidays")
        verbose_name_plural = _("calendars of holidays")

    def __str__(self) -> str:
        """Return code and version, as explanations name it."""
        return f"{self.code}-{self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the calendar; raise FixedRowError where it is stored already."""
        if not self._state.adding:
            raise FixedRowError("A calendar is never changed: load a new version.")
        super().save(*args, **kwargs)

    def as_calendar(self) -> "Calendar":
        """Return the calendar by which days are counted."""
        return deadlines.Calendar(
            version=str(self),
            years_covered=frozenset(self.years),
            holidays=frozenset(date.fromisoformat(day) for day in self.holidays),
        )


class DeadlineRuleQuerySet(models.QuerySet["DeadlineRule"]):
    """Rules; which one governs depends on the day of submission."""

    def in_force(self, day: date) -> Self:
        """Return the rules in force on a day, the latest first."""
        ended = Q(in_force_until__lt=day)
        return self.filter(~ended, in_force_from__lte=day).order_by("-in_force_from", "-pk")

    def governing(self, day: date) -> "DeadlineRule":
        """Return the rule for requests submitted on a day: the one that came into force last.

        Raises DoesNotExist for a day before any rule.
        """
        rule = self.in_force(day).select_related("calendar").first()
        if rule is None:
            raise self.model.DoesNotExist(f"No rule is in force on {day}.")
        return rule


class DeadlineRule(models.Model):
    """A rule on time limits with its provision. The Protocol's own (Art. 11(2)) is planted by a migration.

    The Protocol's is never changed. Of another by which requests were counted only the end and the calendar change:
    what governed a request stays to be read. No change moves the clock of a request that was received.
    """

    code = models.SlugField(_("code"), max_length=60, unique=True)
    unit = models.CharField(_("counted in"), max_length=20, choices=RuleUnit.choices)
    amount = models.PositiveSmallIntegerField(_("how many"))
    anchor = models.CharField(_("runs from"), max_length=20, choices=RuleAnchor.choices, default=RuleAnchor.SUBMISSION)
    roll = models.CharField(
        _("a last day that is no working day"), max_length=20, choices=RuleRoll.choices, default=RuleRoll.NONE
    )
    silence = models.CharField(
        _("what silence means"), max_length=20, choices=SilenceEffect.choices, default=SilenceEffect.IGNORED
    )
    pause_allowed = models.BooleanField(_("may stand still"), default=False)
    extension_limit = models.PositiveSmallIntegerField(_("may be extended by at most"), default=0)
    calendar = models.ForeignKey(
        HolidayCalendar, verbose_name=_("calendar"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    citation_en = models.CharField(_("provision in English"), max_length=300)
    citation_fr = models.CharField(_("provision in French"), max_length=300)
    citation_ru = models.CharField(_("provision in Russian"), max_length=300)
    in_force_from = models.DateField(_("in force from"))
    in_force_until = models.DateField(_("in force until"), null=True, blank=True)

    objects = DeadlineRuleQuerySet.as_manager()

    class Meta:
        ordering = ["-in_force_from", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(in_force_until__isnull=True) | Q(in_force_until__gte=F("in_force_from")),
                name="deadline_rule_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(amount__gte=1), name="deadline_rule_has_a_length"),
        ]
        verbose_name = _("rule on time limits")
        verbose_name_plural = _("rules on time limits")

    def __str__(self) -> str:
        """Return the code."""
        return self.code

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the rule; raise FixedRowError where it would change what it was when requests were counted by it."""
        if not self._state.adding and (fixed := self.fixed_fields):
            stored = type(self).objects.get(pk=self.pk)
            if any(getattr(stored, name) != getattr(self, name) for name in fixed):
                raise FixedRowError("Requests were counted by this rule: end it, and enter a new one.")
        super().save(*args, **kwargs)

    @property
    def citation(self) -> str:
        """The provision, in the language of the page."""
        return localised(self, "citation")

    @property
    def is_protocols(self) -> bool:
        """Whether it is the Protocol's own rule, which no Party changes."""
        return self.code == deadlines.PROTOCOL_CODE

    @property
    def was_used(self) -> bool:
        """Whether the last day of a request was worked out by it."""
        return Clock.objects.filter(rule=self).exists()

    @property
    def fixed_fields(self) -> frozenset[str]:
        """The fields that cannot be changed any more, by their columns."""
        columns = frozenset(field.attname for field in self._meta.concrete_fields)
        if self.is_protocols:
            return columns
        return columns - _CHANGING_OF_A_RULE if self.was_used else frozenset()

    def clean(self) -> None:
        """Refuse a rule that moves days and names no calendar, or that the law does not let anybody write."""
        super().clean()
        if self.amount is None or self.unit not in RuleUnit.values or self.roll not in RuleRoll.values:
            return  # said at the field itself
        try:
            rule = self.as_rule()
        except deadlines.RuleError as error:
            raise ValidationError(str(error)) from error
        if rule.needs_calendar and self.calendar is None:
            raise ValidationError({"calendar": _now("This rule depends on working days: name the calendar.")})

    def as_rule(self) -> "Rule":
        """Return the rule by which days are counted; raises RuleError for one that cannot be."""
        return deadlines.Rule(
            code=self.code,
            unit=RuleUnit(self.unit),
            amount=self.amount,
            anchor=RuleAnchor(self.anchor),
            roll=RuleRoll(self.roll),
            silence=SilenceEffect(self.silence),
            pause_allowed=self.pause_allowed,
            extension_limit=self.extension_limit,
            citation_en=self.citation_en,
            citation_fr=self.citation_fr,
            citation_ru=self.citation_ru,
        )


class ClockQuerySet(models.QuerySet["Clock"]):
    """Clocks; wherever time matters, the instant is an argument."""

    def running(self) -> Self:
        """Return the clocks whose duty is neither met nor lapsed."""
        return self.filter(RUNNING)

    def current(self) -> Self:
        """Return the clocks that say where their requests stand, one for each request."""
        return self.filter(is_current=True)

    def in_timeliness(self, state: Timeliness, at: datetime | None = None) -> Self:
        """Return the clocks that stand so at an instant; by the table that gives a clock its label."""
        return self.filter(deadlines.in_timeliness(state, at or timezone.now()))


RUNNING: Final = Q(met_on__isnull=True, lapsed_on__isnull=True)
_CHANGING: Final = frozenset({"met_on", "lapsed_on", "is_current"})
_CHANGING_OF_A_RULE: Final = frozenset({"calendar_id", "in_force_until"})


class Clock(models.Model):
    """One time limit of a request: to answer it, or to comply with a review. It is met when all its items are answered.

    The day and its explanation are stored once and never worked out again: they are what the requester was promised.
    All days are dates in the authority's zone.
    """

    request = models.ForeignKey("inforequests.InformationRequest", on_delete=models.CASCADE, related_name="clocks")
    kind = models.CharField(_("kind"), max_length=20, choices=ClockKind.choices)
    rule = models.ForeignKey(DeadlineRule, null=True, on_delete=models.PROTECT, related_name="+")
    calendar = models.ForeignKey(HolidayCalendar, null=True, on_delete=models.PROTECT, related_name="+")
    anchor = models.DateField(_("runs from"))
    last_day = models.DateField(_("last day"))
    explanation = models.JSONField(_("how it was worked out"), default=list)
    started_at = models.DateTimeField(_("started at"))
    met_on = models.DateField(_("answered on"), null=True)
    lapsed_on = models.DateField(_("lapsed on"), null=True)
    # The running clock that ends first, else the first one: kept by `domain/clocks.py`, so that lists can be filtered.
    is_current = models.BooleanField(_("says where the request stands"), default=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        ordering = ["started_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=Q(is_current=True), name="one_current_clock_of_a_request"
            ),
            models.UniqueConstraint(
                fields=["request"], condition=Q(kind=ClockKind.ANSWER), name="one_answer_clock_of_a_request"
            ),
            models.CheckConstraint(condition=Q(last_day__gte=F("anchor")), name="clock_ends_after_it_begins"),
        ]
        indexes = [
            models.Index(
                fields=["last_day", "request"],
                condition=Q(is_current=True, met_on__isnull=True, lapsed_on__isnull=True),
                name="clock_running_by_last_day",
            ),
        ]
        verbose_name = _("clock")
        verbose_name_plural = _("clocks")

    def __str__(self) -> str:
        """Return kind and last day."""
        return labelled(self.get_kind_display(), self.last_day)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the clock; raise FixedRowError where anything but its end would be changed."""
        if not self._state.adding and not set(kwargs.get("update_fields") or {"last_day"}) <= _CHANGING:
            raise FixedRowError("The last day of a clock is never moved: start a new clock.")
        super().save(*args, **kwargs)

    @property
    def is_running(self) -> bool:
        """Whether the duty is neither met nor lapsed."""
        return self.met_on is None and self.lapsed_on is None

    @property
    def lines(self) -> "Sequence[Line]":
        """How the last day was worked out; each line is a sentence in the language of the page."""
        return [deadlines.Line.from_json(stored) for stored in self.explanation]

    @property
    def overdue_since(self) -> datetime:
        """The first instant at which the duty is not met in time."""
        return deadlines.overdue_since(self.last_day)

    def timeliness(self, at: datetime | None = None) -> Timeliness:
        """Return where the clock stands at an instant."""
        return deadlines.timeliness(self, at or timezone.now())
