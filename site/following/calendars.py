"""Calendars (RFC 5545): days that calendar programs fetch again and again, or that one downloads once.

An entry keeps its UID for ever and says with SEQUENCE that it was moved; both are worked out from what is stored, and
stored nowhere else. So is DTSTAMP, which in a calendar without METHOD is the instant of the last revision: the same
days give the same bytes.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from icalendar import Alarm, Calendar, Event

from design.formats import authority_zone
from design.languages import current_code
from design.publisher import site_name
from following.subjects import Moment
from following.texts import one_line, writable

CONTENT_TYPE: Final = "text/calendar; charset=utf-8"
ALARMS: Final = (timedelta(days=-7), timedelta(days=-1))
_FETCHED_AGAIN: Final = timedelta(hours=12)
_DAY: Final = timedelta(days=1)
_ANY_YEAR: Final = 2026


def deadline(instant: datetime) -> date | datetime:
    """Return an end as a calendar shows it: the day before, where it is midnight of the authority; else the instant."""
    local = instant.astimezone(authority_zone())
    return local.date() - _DAY if local.time() == time.min else instant


def beginning(instant: datetime) -> date | datetime:
    """Return a beginning as a calendar shows it: the day itself, where it is midnight of the authority."""
    local = instant.astimezone(authority_zone())
    return local.date() if local.time() == time.min else instant


def calendar_text(name: str, moments: Iterable[Moment]) -> bytes:
    """Return a calendar with its time zone, lines folded and ended as the standard has it."""
    calendar = Calendar()
    name = one_line(name)
    calendar.add("prodid", one_line(f"-//{settings.WAGTAIL_SITE_NAME}//{current_code().upper()}"))
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name)  # RFC 7986; the next line is what older programs read
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", _FETCHED_AGAIN, parameters={"VALUE": "DURATION"})
    shown = list(moments)
    for moment in shown:
        calendar.add_component(_event(moment))
    calendar.add_missing_timezones(*_years(shown))
    return bytes(calendar.to_ical())


def calendar_response(name: str, moments: Iterable[Moment], file_name: str) -> HttpResponse:
    """Return a calendar for a program or to be downloaded."""
    response = HttpResponse(calendar_text(name, moments), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{file_name}.ics"'
    return response


def _years(moments: Sequence[Moment]) -> tuple[date, date]:
    """Return from when until when the time zone has to be explained: the years of the days, with one around them."""
    years = [moment.starts.year for moment in moments] or [_ANY_YEAR]
    return date(min(years) - 1, 1, 1), date(max(years) + 2, 1, 1)


def _event(moment: Moment) -> Event:
    event = Event()
    changed_at = moment.changed_at.astimezone(UTC).replace(microsecond=0)
    event.add("uid", f"{moment.key}@{urlsplit(settings.BASE_URL).hostname}")
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("sequence", moment.sequence)
    if isinstance(moment.starts, datetime):
        event.add("dtstart", moment.starts.astimezone(authority_zone()))
    else:
        event.add("dtstart", moment.starts)
        event.add("dtend", moment.starts + _DAY)
    title = one_line(moment.title)
    event.add("summary", title)
    event.add("description", writable(f"{moment.text}\n\n{site_name()}").strip())
    event.add("url", settings.BASE_URL + moment.url)
    event.add("status", "CANCELLED" if moment.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # it takes nobody's time
    if not moment.is_cancelled:
        for before in ALARMS:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", title)
            alarm.add("trigger", before)
            event.add_component(alarm)
    return event
