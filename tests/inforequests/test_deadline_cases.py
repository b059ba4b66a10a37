"""Dates worked out by courts, regulators and other systems: every row of the shared cases, as its class asks.

Our own rule and the judgments must come out exactly; what another system's test says must come out when the engine is
given that system's rule and holidays; a known defect of another system must not come out of our rule.
"""

import csv
import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import pytest
from pytest_django import Settings

from inforequests.deadlines import (
    PROTOCOL_RULE,
    AdjustmentNotAllowedError,
    Calendar,
    Extension,
    Restart,
    Rule,
    Stop,
    due,
    easter,
    nth_weekday,
    overdue_since,
    paused_days,
)
from inforequests.enums import RuleAnchor, RuleRoll, RuleUnit
from tests.conftest import SHARED

pytestmark = pytest.mark.any_database

CASES = SHARED / "cases" / "deadline_cases.csv"
DAY: Final = timedelta(days=1)
YEARS: Final = frozenset(range(1970, 2030))
LEAP: Final = {2016, 2020, 2024, 2028}

Row = dict[str, str]
Check = Callable[[Row], None]


def rows() -> list[Row]:
    if not CASES.is_file():
        return []
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def days(text: str) -> list[date]:
    return [date.fromisoformat(found) for found in re.findall(r"\d{4}-\d{2}-\d{2}", text)]


def calendar(*holidays: str, version: str = "peer") -> Calendar:
    return Calendar(version, YEARS, frozenset(date.fromisoformat(day) for day in holidays))


def with_easter(*offsets: int, fixed: Iterable[tuple[int, int]]) -> Calendar:
    moving = {easter(year) + offset * DAY for year in YEARS for offset in offsets}
    return Calendar("peer", YEARS, frozenset(moving | {date(year, *day) for year in YEARS for day in fixed}))


NO_HOLIDAYS: Final = calendar()
GERMAN: Final = with_easter(0, -2, 1, 39, 50, 60, fixed=[(1, 1), (5, 1), (10, 3), (12, 25), (12, 26)])
EUROPEAN: Final = with_easter(-2, 1, fixed=[(1, 1), (5, 1), (12, 25), (12, 26)])
# "UK-wide": a day that is a holiday anywhere in the kingdom, also St Patrick's Day and St Andrew's Day.
BRITISH: Final = calendar("2007-11-30", "2009-03-17", "2009-04-10", "2009-04-13")
# As that authority's tests have it: St Andrew's Day counts in some years' fixtures only.
OF_MOJ: Final = calendar("2017-05-29", "2021-05-03", "2023-11-30", "2023-12-25", "2023-12-26")
AMERICAN: Final = calendar("2010-02-15", "2010-11-11", "2010-11-25")


def rule(unit: RuleUnit, amount: int, roll: RuleRoll = RuleRoll.NONE, *, extension: int = 0) -> Rule:
    cited = "the peer’s own rule"
    return Rule(
        "peer",
        unit,
        amount,
        anchor=RuleAnchor.RECEIPT,
        roll=roll,
        extension_limit=extension,
        citation_en=cited,
        citation_fr=cited,
        citation_ru=cited,
    )


def months(amount: int, *, rolling: bool = True) -> Rule:
    return rule(RuleUnit.MONTH, amount, RuleRoll.NEXT_WORKING_DAY if rolling else RuleRoll.NONE)


def working_days(amount: int) -> Rule:
    return rule(RuleUnit.WORKING_DAY, amount)


# One function for each way in which rows are to be read.


def one_month(row: Row) -> None:
    """Our own rule, and the same where a national law rolls."""
    rolls = "roll forward" in row["rule"]
    given = months(1) if rolls else PROTOCOL_RULE
    assert [due(given, days(row["start"])[0], EUROPEAN if rolls else None).last_day] == days(row["expected"])


def last_instant(row: Row) -> None:
    submitted, last_day = days(row["start"])[0], days(row["expected"])[0]
    assert due(PROTOCOL_RULE, submitted).last_day == last_day
    assert overdue_since(last_day) == datetime.fromisoformat("2025-03-01T00:00").replace(tzinfo=UTC)


def extension_from_the_anchor(row: Row) -> None:
    extended = due(rule(RuleUnit.MONTH, 1, extension=1), days(row["start"])[0], None, [Extension(1, date(2026, 1, 2))])
    assert [extended.last_day] == days(row["expected"])


def court(row: Row) -> None:
    amount = int(re.search(r"\+ (\d+) months", row["start"]).group(1))  # type: ignore[union-attr]  # every such row has it
    assert [due(months(amount, rolling=False), days(row["start"])[0]).last_day] == days(row["expected"])


def plus_one(row: Row) -> None:
    """The peer adds a day before the months and names the first instant after the last day, a day after."""
    amount = int(re.search(r"x(\d+)", row["rule"]).group(1))  # type: ignore[union-attr]  # every such row has it
    start = days(row["start"])[0]
    result = due(months(amount), GERMAN.next_working_day(start) + DAY, GERMAN)
    assert [result.last_day + DAY] == days(row["expected"])
    if "ANTI-EXAMPLE" in row["note"]:
        assert due(PROTOCOL_RULE, start).last_day not in {*days(row["expected"]), result.last_day}


def british_working_days(row: Row) -> None:
    amount = int(re.match(r"\d+", row["rule"]).group())  # type: ignore[union-attr]  # every such row has it
    given = NO_HOLIDAYS if "no holidays" in row["rule"] else BRITISH
    assert [due(working_days(amount), days(row["start"])[0], given).last_day] == days(row["expected"])


def calendar_days_rolled(row: Row) -> None:
    given = rule(RuleUnit.CALENDAR_DAY, 20, RuleRoll.NEXT_WORKING_DAY)
    assert [due(given, days(row["start"])[0], BRITISH).last_day] == days(row["expected"])


def status(row: Row) -> None:
    """Asked on 14 October 2007: overdue after 20 working days, very overdue after 40, from the first instant on."""
    amount = 40 if "very" in row["expected"] else 20
    now = datetime.fromisoformat(row["start"].removeprefix("now=")).replace(tzinfo=UTC)
    last_day = due(working_days(amount), date(2007, 10, 14), BRITISH).last_day
    assert overdue_since(last_day) <= now < overdue_since(last_day) + timedelta(minutes=2)


def late_job(row: Row) -> None:
    """The event is dated at the legal instant, however late the job ran; sent again is a new anchor for that peer."""
    last_day = due(working_days(20), days(row["start"])[0], NO_HOLIDAYS).last_day
    assert overdue_since(last_day) == datetime.fromisoformat(row["expected"]).replace(tzinfo=UTC)


def nothing_resets(row: Row) -> None:
    """What moves a date there has no way in here: a day is a function of the anchor and of cited adjustments alone."""
    for event in (Extension(1, date(2025, 2, 1)), Stop(date(2025, 2, 1)), Restart(date(2025, 2, 2))):
        with pytest.raises(AdjustmentNotAllowedError):
            due(PROTOCOL_RULE, date(2025, 1, 15), None, [event])


def days_between(row: Row) -> None:
    start, end = days(row["start"])
    business = AMERICAN.working_days_between(start, end)
    assert str(business if "business" in row["rule"] else (end - start).days) == row["expected"]


def moving_holidays(row: Row) -> None:
    assert [nth_weekday(2010, 1, 0, 3), easter(2010) - 2 * DAY] == days(row["start"])
    assert not {nth_weekday(2010, 2, 0, 3), easter(2010)} & set(days(row["note"]))


def days_that_were_left(row: Row) -> None:
    last_day = due(working_days(20), date(2010, 2, 1), AMERICAN).last_day
    left = AMERICAN.working_days_between(days(row["start"])[0], last_day)
    assert row["expected"].startswith(f"{left} days left")


def moj_working_days(row: Row) -> None:
    amounts = [int(found) for found in re.findall(r"(\d+) wd", row["rule"])]
    results = [due(working_days(amount), days(row["start"])[0], OF_MOJ).last_day for amount in amounts]
    assert results == days(row["expected"])


def moj_calendar_days(row: Row) -> None:
    given = [rule(RuleUnit.CALENDAR_DAY, int(found)) for found in re.findall(r"(\d+) calendar", row["rule"])]
    assert [due(each, days(row["start"])[0]).last_day for each in given] == days(row["expected"])


def moj_month(row: Row) -> None:
    assert [due(months(1), days(row["start"])[0], NO_HOLIDAYS).last_day] == days(row["expected"])


def moj_extended(row: Row) -> None:
    given = rule(RuleUnit.MONTH, 1, RuleRoll.NEXT_WORKING_DAY, extension=1)
    result = due(given, days(row["start"])[0], NO_HOLIDAYS, [Extension(1, date(2019, 9, 1))])
    assert [result.last_day] == days(row["expected"])


def moj_extension_withdrawn(row: Row) -> None:
    given, start = rule(RuleUnit.MONTH, 1, extension=1), days(row["start"])[0]
    extension = Extension(1, date(2025, 3, 20))
    results = [due(given, start, None, adjustments).last_day for adjustments in ([], [extension], [])]
    assert results == days(row["expected"])


def clamped_in_any_year(row: Row) -> None:
    for year in range(2015, 2029):
        last = date(year, 2, 29 if year in LEAP else 28)
        assert due(months(1), date(year, 1, 31), NO_HOLIDAYS).last_day == NO_HOLIDAYS.next_working_day(last)


def not_sticky_in_any_year(row: Row) -> None:
    for year in range(2015, 2029):
        number = 29 if year in LEAP else 28
        result = due(months(1), date(year, 2, number), NO_HOLIDAYS).last_day
        assert result == NO_HOLIDAYS.next_working_day(date(year, 3, number))


def moj_pauses(row: Row) -> None:
    moments = re.findall(r"(\d{2})-(\d{2})/(\d{2})-(\d{2})", row["start"])
    events: list[Stop | Restart] = []
    for stop_month, stop_day, month, day in moments:
        events += [Stop(date(2025, int(stop_month), int(stop_day))), Restart(date(2025, int(month), int(day)))]
    assert str(paused_days(events)) == row["expected"]
    repeated = [events[0], Stop(date(2025, 3, 4)), *events[1:], events[-1], Stop(date(2025, 5, 1))]
    assert str(paused_days(repeated)) == row["expected"]


def regulators_month(row: Row) -> None:
    """“3 September → 3 October”, in every year in which the words hold."""
    leap_only, never_leap = "leap" in row["start"], "28 February" in row["expected"]
    for year in range(2015, 2029):
        if (leap_only and year not in LEAP) or (never_leap and year in LEAP):
            continue
        start, expected = (
            datetime.strptime(f"{text} {year}", "%d %B %Y").replace(tzinfo=UTC).date()
            for text in (row["start"].removesuffix(" of a leap year"), row["expected"].split(",")[0])
        )
        assert due(months(1, rolling=False), start).last_day == expected
        assert due(months(1), start, EUROPEAN).last_day == EUROPEAN.next_working_day(expected)


def first_working_day_counts(row: Row) -> None:
    saturday, monday = date(2024, 6, 8), date(2024, 6, 10)
    assert due(working_days(1), saturday, NO_HOLIDAYS).last_day == monday


def dateutil_months(row: Row) -> None:
    amount = int(re.search(r"\+(\d) month", row["rule"]).group(1))  # type: ignore[union-attr]  # every such row has it
    assert [due(months(amount, rolling=False), days(row["start"])[0]).last_day] == days(row["expected"])


# The first pattern that a row's source and rule match says how it is read.
READINGS: Final[list[tuple[str, Check]]] = [
    (r"^REFERENCE.*\|due day belongs", last_instant),
    (r"^REFERENCE.*\|extension by national law", extension_from_the_anchor),
    (r"^REFERENCE", one_month),
    (r"^CJEU|^UKHL|^E J Riley", court),
    (r"^okfde/froide", plus_one),
    (r"alaveteli.*\|status at instant", status),
    (r"log_overdue_events", late_job),
    (r"alaveteli.*\|what resets", nothing_resets),
    (r"alaveteli.*\|20 calendar days", calendar_days_rolled),
    (r"alaveteli.*\|\d0 working days", british_working_days),
    (r"MuckRock.*\|PAUSE", days_that_were_left),
    (r"MuckRock.*\|holiday match", moving_holidays),
    (r"MuckRock.*days between", days_between),
    (r"correspondence_tool.*\|sum of paused", moj_pauses),
    (r"correspondence_tool.*\|1\+1 months", moj_extended),
    (r"correspondence_tool.*\|1 month; then", moj_extension_withdrawn),
    (r"correspondence_tool.*\|1 calendar month, clamp", clamped_in_any_year),
    (r"correspondence_tool.*\|1 calendar month$", not_sticky_in_any_year),
    (r"correspondence_tool.*\|1 (calendar )?month", moj_month),
    (r"correspondence_tool.*calendar days", moj_calendar_days),
    (r"correspondence_tool.* wd", moj_working_days),
    (r"^UK ICO.*\|20 working days", first_working_day_counts),
    (r"^UK ICO", regulators_month),
    (r"^dateutil", dateutil_months),
]


def reading_of(row: Row) -> Check:
    subject = f"{row['source']}|{row['rule']}"
    return next(check for pattern, check in READINGS if re.search(pattern, subject))


@pytest.fixture(autouse=True)
def _authority_on_greenwich_time(settings: Settings) -> None:
    settings.TIME_ZONE = "UTC"


@pytest.mark.skipif(not CASES.is_file(), reason="the shared cases are not beside the repository")
@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['source'][:24]}:{row['start'][:24]}")
def test_a_shared_case_comes_out_as_its_class_asks(row: Row) -> None:
    reading_of(row)(row)


@pytest.mark.skipif(not CASES.is_file(), reason="the shared cases are not beside the repository")
def test_no_way_of_reading_cases_is_left_without_a_case() -> None:
    assert {check for _pattern, check in READINGS} == {reading_of(row) for row in rows()}


def test_midnight_is_the_first_instant_of_the_next_day() -> None:
    assert overdue_since(date(2025, 2, 28)) == datetime.combine(date(2025, 3, 1), time.min, tzinfo=UTC)
