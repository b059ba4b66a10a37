"""How a last day was worked out: lines stored as codes and values, said as sentences in the reader's language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from design.formats import format_date_long, format_date_short, format_number
from design.languages import FALLBACK, current_code
from inforequests.enums import RuleUnit


class LineCode(StrEnum):
    """What a line of the explanation says."""

    CITED = "cited"
    SUBMITTED = "submitted"
    RECEIVED = "received"
    ORDER_MADE = "order_made"
    MONTHS_COUNTED = "months_counted"
    CALENDAR_DAYS_COUNTED = "calendar_days_counted"
    WORKING_DAYS_COUNTED = "working_days_counted"
    CLAMPED = "clamped"
    EXTENDED = "extended"
    PAUSED = "paused"
    STAYS = "stays"
    ROLLED = "rolled"
    LAST_DAY = "last_day"
    ORDERED = "ordered"


@dataclass(frozen=True)
class Line:
    """One step of the calculation."""

    code: LineCode
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the step as a sentence in the language of the page."""
        return _SENTENCES[self.code](self.values)

    def as_json(self) -> dict[str, Any]:
        """Return the step as it is stored; days are written as 2025-02-28."""
        return {"code": self.code.value, **{name: _stored(value) for name, value in self.values.items()}}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Line":
        """Return the step that was stored."""
        return cls(LineCode(stored["code"]), {name: value for name, value in stored.items() if name != "code"})


def _stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _long(values: Mapping[str, Any], name: str = "day") -> str:
    return format_date_long(_day(values[name]))


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _plain(sentence: Promise) -> Callable[[Mapping[str, Any]], str]:
    """Return a sentence about one day."""
    return lambda values: str(sentence) % {"day": _long(values)}


def _cited(values: Mapping[str, Any]) -> str:
    provision = values["citation"]
    return _("Rule: %(provision)s.") % {"provision": provision.get(current_code()) or provision[FALLBACK]}


def _months(values: Mapping[str, Any]) -> str:
    return ngettext(
        "%(amount)s month later, the day with the same number is the last one.",
        "%(amount)s months later, the day with the same number is the last one.",
        values["amount"],
    ) % {"amount": format_number(values["amount"])}


def _calendar_days(values: Mapping[str, Any]) -> str:
    return ngettext(
        "%(amount)s day is counted, until %(day)s.", "%(amount)s days are counted, until %(day)s.", values["amount"]
    ) % {"amount": format_number(values["amount"]), "day": _long(values)}


def _working_days(values: Mapping[str, Any]) -> str:
    return ngettext(
        "%(amount)s working day is counted, until %(day)s (calendar %(calendar)s).",
        "%(amount)s working days are counted, until %(day)s (calendar %(calendar)s).",
        values["amount"],
    ) % {"amount": format_number(values["amount"]), "day": _long(values), "calendar": values["calendar"]}


def _clamped(values: Mapping[str, Any]) -> str:
    return _("That month has no day with the number %(number)s: its last day takes its place, %(day)s.") % {
        "number": format_number(values["number"]),
        "day": format_date_short(_day(values["day"])),
    }


def _extended(values: Mapping[str, Any]) -> str:
    return _(
        "The time limit is longer by %(amount)s %(unit)s, counted from the same first day; notified on %(notified)s."
    ) % {
        "amount": format_number(values["amount"]),
        "unit": RuleUnit(values["unit"]).label,
        "notified": format_date_short(_day(values["notified_on"])),
    }


def _paused(values: Mapping[str, Any]) -> str:
    return ngettext(
        "The time limit stood still for %(days)s day: the last day is %(day)s.",
        "The time limit stood still for %(days)s days: the last day is %(day)s.",
        values["days"],
    ) % {"days": format_number(values["days"]), "day": _long(values)}


def _rolled(values: Mapping[str, Any]) -> str:
    return _(
        "%(day)s is no working day: by this rule the next working day takes its place, %(to)s (calendar %(calendar)s)."
    ) % {"day": _long(values), "to": _long(values, "to"), "calendar": values["calendar"]}


_SENTENCES: Final[Mapping[LineCode, Callable[[Mapping[str, Any]], str]]] = {
    LineCode.CITED: _cited,
    LineCode.SUBMITTED: _plain(
        gettext_lazy("The request was submitted on %(day)s. The hour does not matter, and this day is not counted.")
    ),
    LineCode.RECEIVED: _plain(
        gettext_lazy("The request was received on %(day)s. The hour does not matter, and this day is not counted.")
    ),
    LineCode.ORDER_MADE: _plain(gettext_lazy("The review was decided on %(day)s. This day is not counted.")),
    LineCode.MONTHS_COUNTED: _months,
    LineCode.CALENDAR_DAYS_COUNTED: _calendar_days,
    LineCode.WORKING_DAYS_COUNTED: _working_days,
    LineCode.CLAMPED: _clamped,
    LineCode.EXTENDED: _extended,
    LineCode.PAUSED: _paused,
    LineCode.STAYS: _plain(gettext_lazy("%(day)s is on a weekend: by this rule it stays the last day.")),
    LineCode.ROLLED: _rolled,
    LineCode.LAST_DAY: _plain(gettext_lazy("The last day is %(day)s, until midnight where the authority is.")),
    LineCode.ORDERED: _plain(gettext_lazy("The body that reviewed the request set %(day)s as the last day to comply.")),
}
