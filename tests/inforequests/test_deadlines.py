"""The last day and its explanation: our rule for Art. 11(2), what only national law may add, and what never happens."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from inforequests.deadlines import (
    PROTOCOL_RULE,
    AdjustmentNotAllowedError,
    Calendar,
    CalendarMissingError,
    Extension,
    Line,
    LineCode,
    Restart,
    Rule,
    RuleError,
    Stop,
    YearNotCoveredError,
    due,
    easter,
    first_instant_of,
    local_date,
    ordered,
    overdue_since,
)
from inforequests.enums import RuleRoll, RuleUnit

pytestmark = pytest.mark.any_database

DAY = timedelta(days=1)
CITED = {f"citation_{code}": "Act 1, section 2" for code in ("en", "fr", "ru")}
CALENDAR_2025 = Calendar("XX-1", frozenset({2025}), frozenset({date(2025, 4, 18), date(2025, 4, 21)}))

anchors = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def last_day(anchor: date) -> date:
    return due(PROTOCOL_RULE, anchor).last_day


@pytest.mark.parametrize(
    ("submitted", "expected"),
    [
        (date(2025, 1, 15), date(2025, 2, 15)),  # a Saturday stays
        (date(2025, 1, 31), date(2025, 2, 28)),
        (date(2024, 1, 31), date(2024, 2, 29)),
        (date(2024, 1, 30), date(2024, 2, 29)),
        (date(2024, 2, 29), date(2024, 3, 29)),
        (date(2025, 2, 28), date(2025, 3, 28)),  # the end of a month does not stick
        (date(2025, 4, 30), date(2025, 5, 30)),
        (date(2025, 11, 25), date(2025, 12, 25)),  # a holiday stays
        (date(2025, 12, 31), date(2026, 1, 31)),
    ],
)
def test_one_month_ends_with_the_day_of_the_same_number_or_with_the_month(submitted: date, expected: date) -> None:
    assert last_day(submitted) == expected


def test_months_are_added_to_the_anchor_at_once_and_never_one_by_one() -> None:
    two = Rule("two", RuleUnit.MONTH, 2)
    assert due(two, date(2025, 1, 31)).last_day == date(2025, 3, 31)
    assert last_day(last_day(date(2025, 1, 31))) == date(2025, 3, 28)


def test_an_extension_counts_from_the_anchor_and_not_from_the_clamped_day() -> None:
    rule = Rule("national", RuleUnit.MONTH, 1, extension_limit=1, **CITED)
    assert due(rule, date(2025, 12, 31), None, [Extension(1, date(2026, 1, 5))]).last_day == date(2026, 2, 28)
    assert due(rule, date(2026, 1, 31), None, [Extension(1, date(2026, 2, 5))]).last_day == date(2026, 3, 31)


@given(anchors)
def test_the_last_day_lies_in_the_next_month_whatever_the_day(anchor: date) -> None:
    found = last_day(anchor)
    assert (found.year * 12 + found.month) - (anchor.year * 12 + anchor.month) == 1
    assert found.day in {anchor.day, monthrange(found.year, found.month)[1]}
    assert 28 <= (found - anchor).days <= 31


@given(anchors)
def test_the_last_day_is_never_the_day_after_the_corresponding_one(anchor: date) -> None:
    assert last_day(anchor).day <= anchor.day


@given(anchors, st.integers(0, 400))
def test_who_asks_later_is_never_due_earlier(anchor: date, later: int) -> None:
    assert last_day(anchor) <= last_day(anchor + later * DAY)


@given(anchors, st.sampled_from(RuleUnit), st.integers(1, 90))
def test_a_rolled_day_is_a_working_day_and_never_earlier(anchor: date, unit: RuleUnit, amount: int) -> None:
    years = frozenset(range(1990, 2120))
    calendar = Calendar("XX-1", years, frozenset(easter(year) + DAY for year in years))
    rule = Rule("rolling", unit, amount, roll=RuleRoll.NEXT_WORKING_DAY, **CITED)
    result = due(rule, anchor, calendar)
    assert calendar.is_working_day(result.last_day)
    assert result.before_rolling <= result.last_day
    assert result.was_rolled is (result.explanation[-2].code is LineCode.ROLLED)


def test_days_are_rolled_only_over_what_the_calendar_holds() -> None:
    rule = Rule("rolling", RuleUnit.MONTH, 1, roll=RuleRoll.NEXT_WORKING_DAY, **CITED)
    assert due(rule, date(2025, 3, 18), CALENDAR_2025).last_day == date(2025, 4, 22)


def test_no_day_is_promised_in_a_year_of_which_the_calendar_knows_nothing() -> None:
    rule = Rule("rolling", RuleUnit.MONTH, 1, roll=RuleRoll.NEXT_WORKING_DAY, **CITED)
    with pytest.raises(YearNotCoveredError, match=r"XX-1 holds no holidays of 2026"):
        due(rule, date(2025, 12, 1), CALENDAR_2025)
    working = Rule("working", RuleUnit.WORKING_DAY, 20)
    with pytest.raises(YearNotCoveredError, match="2026"):
        due(working, date(2025, 12, 20), CALENDAR_2025)


def test_a_year_without_holidays_is_covered_and_a_year_that_is_missing_is_not() -> None:
    empty = Calendar("empty", frozenset({2025}))
    assert empty.is_working_day(date(2025, 1, 1))
    with pytest.raises(YearNotCoveredError):
        empty.is_working_day(date(2024, 12, 31))


def test_a_rule_on_working_days_needs_a_calendar() -> None:
    with pytest.raises(CalendarMissingError, match="say by which calendar"):
        due(Rule("working", RuleUnit.WORKING_DAY, 20), date(2025, 1, 15))


@pytest.mark.parametrize(
    "adjustment", [Extension(1, date(2025, 2, 1)), Stop(date(2025, 2, 1)), Restart(date(2025, 2, 1))]
)
def test_the_protocol_knows_neither_extension_nor_pause(adjustment: Extension | Stop | Restart) -> None:
    with pytest.raises(AdjustmentNotAllowedError):
        due(PROTOCOL_RULE, date(2025, 1, 15), None, [adjustment])


def test_an_extension_is_no_longer_than_its_provision_allows() -> None:
    rule = Rule("national", RuleUnit.CALENDAR_DAY, 20, extension_limit=10, **CITED)
    halves = [Extension(6, date(2025, 1, 20)), Extension(5, date(2025, 1, 25))]
    with pytest.raises(AdjustmentNotAllowedError, match="10 calendar days at most; 11 were asked for"):
        due(rule, date(2025, 1, 1), None, halves)


@pytest.mark.parametrize(
    "powers",
    [{"roll": RuleRoll.NEXT_WORKING_DAY}, {"pause_allowed": True}, {"extension_limit": 1}, {"amount": 0}],
)
def test_nobody_can_write_a_rule_that_moves_days_without_citing_what_allows_it(powers: dict[str, object]) -> None:
    with pytest.raises(RuleError):
        Rule(**{"code": "bare", "unit": RuleUnit.MONTH, "amount": 1, **powers})  # type: ignore[arg-type]  # on purpose


def test_a_pause_of_no_days_moves_nothing_and_a_pause_that_lasts_neither() -> None:
    rule = Rule("national", RuleUnit.MONTH, 1, pause_allowed=True, **CITED)
    plain = due(rule, date(2025, 1, 15)).last_day
    same_day = [Stop(date(2025, 1, 20)), Restart(date(2025, 1, 20))]
    assert due(rule, date(2025, 1, 15), None, same_day).last_day == plain
    assert due(rule, date(2025, 1, 15), None, [Stop(date(2025, 1, 20))]).last_day == plain
    assert due(rule, date(2025, 1, 15), None, [Stop(date(2025, 1, 20)), Restart(date(2025, 1, 22))]).last_day == (
        plain + 2 * DAY
    )


@pytest.mark.parametrize(
    ("instant", "zone", "expected"),
    [
        (datetime(2025, 1, 31, 22, 59, 59, tzinfo=UTC), "Europe/Vienna", date(2025, 1, 31)),  # 23:59:59 there
        (datetime(2025, 1, 31, 23, 0, tzinfo=UTC), "Europe/Vienna", date(2025, 2, 1)),
        (datetime(2025, 1, 31, 23, 0, tzinfo=UTC), "Pacific/Honolulu", date(2025, 1, 31)),
        (datetime(2025, 10, 26, 2, 30, fold=0, tzinfo=ZoneInfo("Europe/Vienna")), "Europe/Vienna", date(2025, 10, 26)),
        (datetime(2025, 10, 26, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Vienna")), "Europe/Vienna", date(2025, 10, 26)),
        # Where the doubled hour is the one before midnight, both belong to the same day.
        (datetime(2025, 4, 6, 2, 30, tzinfo=UTC), "America/Santiago", date(2025, 4, 5)),
        (datetime(2025, 4, 6, 3, 30, tzinfo=UTC), "America/Santiago", date(2025, 4, 5)),
    ],
)
def test_a_request_counts_for_the_date_it_has_where_the_authority_is(
    settings: Settings, instant: datetime, zone: str, expected: date
) -> None:
    settings.TIME_ZONE = zone
    assert local_date(instant) == expected


def test_the_last_second_of_january_is_due_at_the_end_of_february(settings: Settings) -> None:
    settings.TIME_ZONE = "Europe/Vienna"
    submitted = datetime(2025, 1, 31, 23, 59, 59, tzinfo=ZoneInfo("Europe/Vienna"))
    found = last_day(local_date(submitted))
    assert (found, overdue_since(found).isoformat()) == (date(2025, 2, 28), "2025-03-01T00:00:00+01:00")


def test_an_instant_without_a_zone_has_no_day() -> None:
    with pytest.raises(ValueError, match="has no zone"):
        local_date(datetime(2025, 1, 31, 12, 0))


def test_a_day_begins_also_where_its_midnight_is_left_out(settings: Settings) -> None:
    settings.TIME_ZONE = "America/Santiago"  # on 7 September 2025 the clocks went from 24:00 to 01:00
    assert first_instant_of(date(2025, 9, 7)).astimezone(UTC) == datetime(2025, 9, 7, 4, 0, tzinfo=UTC)
    assert local_date(first_instant_of(date(2025, 9, 7))) == date(2025, 9, 7)
    assert local_date(first_instant_of(date(2025, 9, 7)) - timedelta(microseconds=1)) == date(2025, 9, 6)


def test_every_step_is_told_in_its_order() -> None:
    codes = [line.code for line in due(PROTOCOL_RULE, date(2026, 1, 31)).explanation]
    assert codes == [
        LineCode.CITED,
        LineCode.SUBMITTED,
        LineCode.MONTHS_COUNTED,
        LineCode.CLAMPED,
        LineCode.STAYS,
        LineCode.LAST_DAY,
    ]


def test_the_steps_read_as_sentences() -> None:
    assert [str(line) for line in due(PROTOCOL_RULE, date(2025, 1, 31)).explanation] == [
        "Rule: Protocol on Pollutant Release and Transfer Registers, Article 11, paragraph 2.",
        "The request was submitted on Friday 31 January 2025. The hour does not matter, and this day is not counted.",
        "1 month later, the day with the same number is the last one.",
        "That month has no day with the number 31: its last day takes its place, 28 February 2025.",
        "The last day is Friday 28 February 2025, until midnight where the authority is.",
    ]


def test_both_days_are_told_where_national_law_rolls() -> None:
    rule = Rule("rolling", RuleUnit.MONTH, 1, roll=RuleRoll.NEXT_WORKING_DAY, **CITED)
    result = due(rule, date(2025, 2, 1), Calendar("XX-1", frozenset({2025})))
    assert (result.before_rolling, result.last_day) == (date(2025, 3, 1), date(2025, 3, 3))
    assert [str(line) for line in result.explanation][-2:] == [
        "Saturday 1 March 2025 is no working day: by this rule the next working day takes its place, "
        "Monday 3 March 2025 (calendar XX-1).",
        "The last day is Monday 3 March 2025, until midnight where the authority is.",
    ]


def every_line() -> list[Line]:
    national = Rule(
        "n", RuleUnit.WORKING_DAY, 5, pause_allowed=True, extension_limit=5, roll=RuleRoll.NEXT_WORKING_DAY, **CITED
    )
    adjustments = [Extension(2, date(2025, 5, 9)), Stop(date(2025, 5, 10)), Restart(date(2025, 5, 13))]
    results = [
        due(PROTOCOL_RULE, date(2026, 1, 31)),
        due(Rule("d", RuleUnit.CALENDAR_DAY, 30), date(2025, 1, 15)),
        due(national, date(2025, 5, 7), CALENDAR_2025, adjustments),
        ordered(date(2025, 6, 2)),
    ]
    return [line for result in results for line in result.explanation]


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_a_stored_step_says_the_same_as_the_fresh_one_in_every_language(language: str) -> None:
    with translation.override(language):
        for line in every_line():
            assert str(Line.from_json(line.as_json())) == str(line)
            assert "%(" not in str(line)


def test_the_reviewing_body_sets_its_own_day() -> None:
    assert ordered(date(2025, 6, 2)).last_day == date(2025, 6, 2)
