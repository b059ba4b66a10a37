"""Quantities, numbers and dates as people of each language write them; every page, letter and table uses these."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from babel.units import format_unit
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from design.languages import current_code

Unit = Literal["auto", "t", "kg", "g", "mg"]

# British dates and tonnes (not "metric tons") in English.
_LOCALES: Final = {"en": "en_GB", "fr": "fr", "ru": "ru"}
# English has no weekday comma here: "Monday 3 March 2025"; the others as their own full form has it.
_LONG_DATES: Final = {"en": "EEEE d MMMM y", "fr": "EEEE d MMMM y", "ru": "EEEE, d MMMM y 'г'."}
# A reported value is shown digit by digit as reported, so decimals are never rounded away.
_EXACT: Final = "#,##0.###############"
_KG_PER: Final = {"t": Decimal(1000), "kg": Decimal(1), "g": Decimal("0.001"), "mg": Decimal("0.000001")}
_BABEL_UNITS: Final = {"t": "mass-tonne", "kg": "mass-kilogram", "g": "mass-gram", "mg": "mass-milligram"}
_TONNES_FROM_KG: Final = Decimal(1_000_000)
_NO_BREAK: Final = "\N{NO-BREAK SPACE}"
NO_VALUE: Final = "\N{EN DASH}"


def locale_name() -> str:
    """Return the Babel locale of the page being made."""
    return _LOCALES[current_code()]


def format_number(value: Decimal | int | None) -> str:
    """Return a number with its language's separators and all its decimals; a dash where there is none."""
    if value is None:
        return NO_VALUE
    return format_decimal(Decimal(value).normalize(), format=_EXACT, locale=locale_name())


def format_quantity_kg(value: Decimal | None, *, unit: Unit = "auto") -> str:
    """Return kilograms as "1,234.5 kg", in tonnes from a million kilograms on and in grams or milligrams below one.

    The digits are never rounded. A `unit` other than "auto" is kept whatever the size, so that a column can be compared
    line by line. A missing value is a dash: which of the five absences it is, the register says in words.
    """
    if value is None:
        return NO_VALUE
    chosen = _unit_for(value) if unit == "auto" else unit
    amount = (value / _KG_PER[chosen]).normalize()
    text = format_unit(
        amount,
        _BABEL_UNITS[chosen],
        length="long" if chosen == "t" else "short",
        format=_EXACT,
        locale=locale_name(),
    )
    return text.replace(" ", _NO_BREAK)


def _unit_for(value: Decimal) -> Literal["t", "kg", "g", "mg"]:
    """Return the unit in which a value in kilograms reads best."""
    size = abs(value)
    if size >= _TONNES_FROM_KG:
        return "t"
    if size >= 1 or size == 0:
        return "kg"
    return "g" if size >= _KG_PER["g"] else "mg"


def authority_zone() -> ZoneInfo:
    """Return the authority's zone, in which every deadline is a date."""
    return ZoneInfo(settings.TIME_ZONE)


def date_of(moment: date | datetime) -> date:
    """Return the day of an instant in the authority's zone; a date is returned as it is."""
    return moment.astimezone(authority_zone()).date() if isinstance(moment, datetime) else moment


def _spell_year(written: str) -> str:
    """Write the Russian "г." in full: a sentence that ends with a date would have two full stops."""
    return re.sub(r"\bг\.$", "года", written)


def format_date_long(day: date) -> str:
    """Return a day as "Monday 3 March 2025"."""
    code = current_code()
    return _spell_year(format_date(date_of(day), format=_LONG_DATES[code], locale=_LOCALES[code]))


def format_date_short(day: date) -> str:
    """Return a day as "3 March 2025", for tables and lines where the weekday says nothing."""
    return _spell_year(format_date(date_of(day), format="long", locale=locale_name()))


def format_instant(moment: datetime) -> str:
    """Return an instant as "Monday 3 March 2025, 17:00 CET", in the authority's zone."""
    local = moment.astimezone(authority_zone())
    zone = local.tzname() or ""
    # Zones without letters of their own are named "+03": "UTC+03" says what that means.
    zone = f"UTC{zone}" if zone.startswith(("+", "-")) else zone
    return (
        f"{format_date_long(local.date())}, {format_time(local.time(), 'HH:mm', locale=locale_name())}{_NO_BREAK}{zone}"
    )


def days_left(deadline: date | datetime, at: datetime | None = None) -> int:
    """Return the days from today to the deadline's day in the authority's zone: 0 on the day, negative after it."""
    return (date_of(deadline) - date_of(at or timezone.now())).days


def is_past(deadline: date | datetime, at: datetime | None = None) -> bool:
    """Return whether the deadline is over: an instant when it is reached, a date when its day has ended."""
    moment = at or timezone.now()
    return moment >= deadline if isinstance(deadline, datetime) else date_of(moment) > deadline


def describe_days_left(deadline: date | datetime, at: datetime | None = None) -> str:
    """Return how far a deadline is, in words: "12 days left", "last day", "ended 3 days ago"."""
    days = days_left(deadline, at)
    if is_past(deadline, at):
        if days == 0:
            return _("ended today")
        return ngettext("ended %(days)s day ago", "ended %(days)s days ago", -days) % {"days": format_number(-days)}
    if days == 0:
        return _("last day: ends today")
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": format_number(days)}


def describe_overdue(deadline: date | datetime, at: datetime | None = None) -> str:
    """Return how long ago something was due, in words: "3 days overdue"."""
    days = max(0, -days_left(deadline, at))
    return ngettext("%(days)s day overdue", "%(days)s days overdue", days) % {"days": format_number(days)}
