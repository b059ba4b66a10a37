"""The one function that says which day is the last, and why."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any, Final

from django.utils.translation import gettext as _

from inforequests.deadlines.adjusting import Adjustment, Extension, Restart, Stop, paused_days
from inforequests.deadlines.calendars import SATURDAY_AND_SUNDAY, Calendar
from inforequests.deadlines.errors import AdjustmentNotAllowedError, CalendarMissingError
from inforequests.deadlines.lines import Line, LineCode
from inforequests.deadlines.rules import Rule
from inforequests.enums import RuleAnchor, RuleRoll, RuleUnit

_ANCHOR_LINES: Final[Mapping[RuleAnchor, LineCode]] = {
    RuleAnchor.SUBMISSION: LineCode.SUBMITTED,
    RuleAnchor.RECEIPT: LineCode.RECEIVED,
    RuleAnchor.ORDER: LineCode.ORDER_MADE,
}


@dataclass(frozen=True)
class Due:
    """The last day of a duty with its explanation; `before_rolling` is the day before a national rule moved it."""

    last_day: date
    before_rolling: date
    explanation: tuple[Line, ...]

    @property
    def was_rolled(self) -> bool:
        """Whether a rule moved the last day to a working day."""
        return self.last_day != self.before_rolling


def due(rule: Rule, anchor_date: date, calendar: Calendar | None = None, adjustments: Sequence[Adjustment] = ()) -> Due:
    """Return the last day of a time limit and every step to it (Art. 11(2) for the Protocol's rule).

    The day of the event is not counted. Extensions are added to the rule's amount and counted once, from the anchor;
    days that stood still are added after that; rolling comes last. Raises AdjustmentNotAllowedError,
    CalendarMissingError or YearNotCoveredError instead of promising a day that the rule does not give.
    """
    _insist(rule, calendar, adjustments)
    extensions = [event for event in adjustments if isinstance(event, Extension)]
    amount = rule.amount + sum(extension.amount for extension in extensions)
    lines = [
        Line(LineCode.CITED, {"citation": rule.citation}) if rule.citation_en else None,
        Line(_ANCHOR_LINES[rule.anchor], {"day": anchor_date}),
        *(_extended(rule, extension) for extension in extensions),
    ]
    day, counted = _count(rule.unit, amount, anchor_date, calendar)
    lines += counted
    day, paused = _pause(day, adjustments)
    lines += paused
    last_day, rolled = _roll(rule, day, calendar)
    lines += [*rolled, Line(LineCode.LAST_DAY, {"day": last_day})]
    return Due(last_day, day, tuple(line for line in lines if line is not None))


def ordered(last_day: date) -> Due:
    """Return a last day that a court or another reviewing body has set itself."""
    lines = (Line(LineCode.ORDERED, {"day": last_day}), Line(LineCode.LAST_DAY, {"day": last_day}))
    return Due(last_day, last_day, lines)


def add_months(anchor: date, months: int) -> date:
    """Return the day with the anchor's number so many months later, or that month's last day where there is none."""
    index = anchor.year * 12 + anchor.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(anchor.day, monthrange(year, month + 1)[1]))


def _insist(rule: Rule, calendar: Calendar | None, adjustments: Sequence[Adjustment]) -> None:
    if rule.needs_calendar and calendar is None:
        raise CalendarMissingError(
            _("The rule %(rule)s depends on working days: say by which calendar.") % {"rule": rule.code}
        )
    if any(isinstance(event, Stop | Restart) for event in adjustments) and not rule.pause_allowed:
        raise AdjustmentNotAllowedError(_("The rule %(rule)s never stands still.") % {"rule": rule.code})
    extra = sum(event.amount for event in adjustments if isinstance(event, Extension))
    if any(isinstance(event, Extension) for event in adjustments) and not 0 < extra <= rule.extension_limit:
        raise AdjustmentNotAllowedError(
            _("The rule %(rule)s can be extended by %(limit)s %(unit)s at most; %(extra)s were asked for.")
            % {"rule": rule.code, "limit": rule.extension_limit, "unit": rule.unit.label, "extra": extra}
        )


def _count(unit: RuleUnit, amount: int, anchor: date, calendar: Calendar | None) -> tuple[date, list[Line]]:
    """Return the day that lies the whole amount after the anchor: never by way of an earlier result."""
    if unit is RuleUnit.MONTH:
        day = add_months(anchor, amount)
        lines = [Line(LineCode.MONTHS_COUNTED, {"amount": amount})]
        if day.day != anchor.day:
            lines.append(Line(LineCode.CLAMPED, {"number": anchor.day, "day": day}))
        return day, lines
    if unit is RuleUnit.CALENDAR_DAY or calendar is None:
        day = anchor + timedelta(days=amount)
        return day, [Line(LineCode.CALENDAR_DAYS_COUNTED, {"amount": amount, "day": day})]
    day = next(islice(calendar.working_days_after(anchor), amount - 1, None))
    return day, [Line(LineCode.WORKING_DAYS_COUNTED, {"amount": amount, "day": day, "calendar": calendar.version})]


def _extended(rule: Rule, extension: Extension) -> Line:
    values: dict[str, Any] = {"amount": extension.amount, "unit": rule.unit.value, "notified_on": extension.notified_on}
    return Line(LineCode.EXTENDED, values)


def _pause(day: date, adjustments: Sequence[Adjustment]) -> tuple[date, list[Line]]:
    days = paused_days(adjustments)
    if not days:
        return day, []
    moved = day + timedelta(days=days)
    return moved, [Line(LineCode.PAUSED, {"days": days, "day": moved})]


def _roll(rule: Rule, day: date, calendar: Calendar | None) -> tuple[date, list[Line]]:
    if rule.roll is RuleRoll.NEXT_WORKING_DAY and calendar is not None:
        to = calendar.next_working_day(day)
        return to, [Line(LineCode.ROLLED, {"day": day, "to": to, "calendar": calendar.version})] if to != day else []
    weekend = calendar.weekend if calendar else SATURDAY_AND_SUNDAY
    return day, [Line(LineCode.STAYS, {"day": day})] if day.weekday() in weekend else []
