"""Calendars are read back by a parser: stable names, moves that are said, the authority's zone, alarms, line ends."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Component

from following.calendars import beginning, calendar_text, deadline
from following.subjects import Moment

ZONE = ZoneInfo("Europe/Vienna")
CHANGED = datetime(2026, 3, 1, 9, 30, 0, 123456, tzinfo=ZONE)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def moment(**fields: Any) -> Moment:
    return Moment(
        **{
            "key": "consultation-C-2026-001-closes-1",
            "starts": datetime(2026, 4, 1, 17, tzinfo=ZONE),
            "title": "Comments close: Mercury, lead; and “more”",
            "text": "Two lines,\nof which one is long: " + "ртуть " * 40,
            "url": "/en/consultations/mercury/",
            "changed_at": CHANGED,
            **fields,
        }
    )


def read(*moments: Moment) -> tuple[Calendar, list[Component]]:
    calendar = Calendar.from_ical(calendar_text("Mercury", moments))
    return calendar, calendar.walk("VEVENT")


def test_an_entry_has_a_name_for_ever_and_says_how_often_it_was_moved(settings: Any) -> None:
    settings.BASE_URL = "https://register.example.org"
    _calendar, [event] = read(moment(sequence=2))
    assert event["UID"] == "consultation-C-2026-001-closes-1@register.example.org"
    assert event["SEQUENCE"] == 2
    assert event["URL"] == "https://register.example.org/en/consultations/mercury/"
    assert event.decoded("DTSTAMP") == event.decoded("LAST-MODIFIED") == CHANGED.replace(microsecond=0)


def test_an_instant_is_in_the_authoritys_zone_which_the_calendar_explains() -> None:
    calendar, [event] = read(moment())
    assert event["DTSTART"].params["TZID"] == "Europe/Vienna"
    assert event.decoded("DTSTART") == datetime(2026, 4, 1, 17, tzinfo=ZONE)
    [zone] = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Vienna"
    assert {part.name for part in zone.subcomponents} == {"STANDARD", "DAYLIGHT"}


def test_a_last_day_is_a_day_and_no_instant() -> None:
    _calendar, [event] = read(moment(starts=date(2026, 4, 10)))
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2026, 4, 10), date(2026, 4, 11))


def test_one_is_reminded_a_week_and_a_day_before_unless_it_was_cancelled() -> None:
    _calendar, [open_event, cancelled] = read(moment(), moment(key="other", is_cancelled=True))
    alarms = open_event.walk("VALARM")
    assert [alarm.decoded("TRIGGER") for alarm in alarms] == [timedelta(days=-7), timedelta(days=-1)]
    assert {str(alarm["ACTION"]) for alarm in alarms} == {"DISPLAY"}
    assert (open_event["STATUS"], cancelled["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert cancelled.walk("VALARM") == []


def test_text_comes_back_as_it_was_whatever_is_in_it() -> None:
    _calendar, [event] = read(moment())
    assert event["SUMMARY"] == "Comments close: Mercury, lead; and “more”"
    assert str(event["DESCRIPTION"]).startswith("Two lines,\nof which one is long: ртуть")


def test_lines_end_and_are_folded_as_the_standard_has_it() -> None:
    content = calendar_text("Mercury", [moment()])
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert content.decode()  # no character is cut in two


def test_a_calendar_says_what_it_is_and_how_often_to_fetch_it() -> None:
    calendar, _events = read()
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == "Mercury"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT12H" in calendar_text("Mercury", [])


def test_the_same_days_give_the_same_bytes() -> None:
    assert calendar_text("Mercury", [moment()]) == calendar_text("Mercury", [moment()])


@pytest.mark.parametrize(
    ("instant", "as_end", "as_beginning"),
    [
        (datetime(2026, 4, 1, tzinfo=ZONE), date(2026, 3, 31), date(2026, 4, 1)),
        (datetime(2026, 3, 31, 22, tzinfo=ZoneInfo("UTC")), date(2026, 3, 31), date(2026, 4, 1)),
        (
            datetime(2026, 4, 1, 17, tzinfo=ZONE),
            datetime(2026, 4, 1, 17, tzinfo=ZONE),
            datetime(2026, 4, 1, 17, tzinfo=ZONE),
        ),
    ],
)
def test_midnight_is_a_day(instant: datetime, as_end: object, as_beginning: object) -> None:
    assert (deadline(instant), beginning(instant)) == (as_end, as_beginning)


@pytest.mark.parametrize("strange", ["\x00", "\x0b\x1b", "\x7f", "\x85", "\x9f", "\r", "\u2028", "\ufffe\uffff"])
def test_what_no_calendar_may_hold_is_left_out_and_spoils_nothing(strange: str) -> None:
    shown = moment(title=f"Mercury{strange} works", text=f"One{strange}BEGIN:VEVENT and two.")
    text = calendar_text(f"Mer{strange}cury", [shown]).decode()
    allowed = {"\t", "\r", "\n"}
    assert [letter for letter in text if letter not in allowed and not letter.isprintable()] == []
    assert text.count("\r") == text.count("\n") == text.count("\r\n")
    calendar, events = read(shown)
    assert (len(events), str(events[0]["SUMMARY"]).split()) == (1, ["Mercury", "works"])
    assert len(calendar.walk("VALARM")) == 2
