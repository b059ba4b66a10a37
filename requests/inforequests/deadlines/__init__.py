"""Time limits: the last day of a duty, how it was worked out, and where a clock stands at an instant; no database.

The Protocol's rule (Art. 11(2)) and its reasons stand in `requests/README.md`. Every function here is pure.
"""

from inforequests.deadlines.adjusting import Extension, Restart, Stop, paused_days
from inforequests.deadlines.calendars import Calendar, easter, nth_weekday
from inforequests.deadlines.counting import Due, add_months, due, ordered
from inforequests.deadlines.days import first_instant_of, local_date, overdue_since
from inforequests.deadlines.errors import (
    AdjustmentNotAllowedError,
    CalendarMissingError,
    DeadlineError,
    RuleError,
    YearNotCoveredError,
)
from inforequests.deadlines.lines import Line, LineCode
from inforequests.deadlines.rules import PROTOCOL_CODE, PROTOCOL_RULE, Rule
from inforequests.deadlines.timeliness import Clock, in_timeliness, timeliness

__all__ = [
    "PROTOCOL_CODE",
    "PROTOCOL_RULE",
    "AdjustmentNotAllowedError",
    "Calendar",
    "CalendarMissingError",
    "Clock",
    "DeadlineError",
    "Due",
    "Extension",
    "Line",
    "LineCode",
    "Restart",
    "Rule",
    "RuleError",
    "Stop",
    "YearNotCoveredError",
    "add_months",
    "due",
    "easter",
    "first_instant_of",
    "in_timeliness",
    "local_date",
    "nth_weekday",
    "ordered",
    "overdue_since",
    "paused_days",
    "timeliness",
]
