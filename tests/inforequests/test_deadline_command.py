"""`manage.py deadline`: the date alone on the first line, then why; a sentence where it cannot be told."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from inforequests.deadlines import PROTOCOL_CODE, PROTOCOL_RULE
from inforequests.enums import RuleRoll, RuleUnit
from inforequests.models import DeadlineRule, HolidayCalendar

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

CITED = {f"citation_{code}": "Act 1, section 2" for code in ("en", "fr", "ru")}


def printed(*words: str) -> list[str]:
    out = StringIO()
    call_command("deadline", *words, stdout=out)
    return out.getvalue().splitlines()


def test_the_date_stands_alone_on_the_first_line_and_the_reasons_below() -> None:
    lines = printed("2026-01-31")
    assert lines[0] == "2026-02-28"
    assert lines[1:] == [
        "Rule: Protocol on Pollutant Release and Transfer Registers, Article 11, paragraph 2.",
        "The request was submitted on Saturday 31 January 2026. The hour does not matter, and this day is not counted.",
        "1 month later, the day with the same number is the last one.",
        "That month has no day with the number 31: its last day takes its place, 28 February 2026.",
        "Saturday 28 February 2026 is on a weekend: by this rule it stays the last day.",
        "The last day is Saturday 28 February 2026, until midnight where the authority is.",
    ]


def test_the_protocols_rule_may_be_named() -> None:
    assert printed("2026-01-31", "--rule", PROTOCOL_CODE) == printed("2026-01-31")


def test_a_national_rule_counts_by_its_own_calendar() -> None:
    calendar = HolidayCalendar.objects.create(code="xx", version=3, years=[2025], holidays=["2025-03-03"])
    DeadlineRule.objects.create(
        code="national", unit=RuleUnit.MONTH, amount=1, roll=RuleRoll.NEXT_WORKING_DAY, calendar=calendar,
        in_force_from=date(2025, 1, 1), **CITED,
    )  # fmt: skip
    lines = printed("2025-02-01", "--rule", "national")
    assert lines[0] == "2025-03-04"
    assert "calendar xx-3" in lines[-2]
    with pytest.raises(CommandError, match="holds no holidays of 2026"):
        printed("2026-02-01", "--rule", "national")


@pytest.mark.parametrize("text", ["31.01.2026", "2026-02-30", "tomorrow", "", "2026-1-31"])
def test_what_is_no_day_is_answered_with_how_to_write_one(text: str) -> None:
    with pytest.raises(CommandError) as caught:
        printed(text)
    assert str(caught.value) == (f"“{text}” is no day. Write year, month and day with hyphens, for example 2026-01-31.")


@pytest.mark.parametrize("text", ["9999-12-31", "0001-01-01"])
def test_a_day_at_the_edge_of_the_calendar_is_too_far_away(text: str) -> None:
    with pytest.raises(CommandError, match="too far away"):
        printed(text)


def test_an_unknown_rule_is_answered_with_the_rules_there_are() -> None:
    with pytest.raises(CommandError) as caught:
        printed("2026-01-31", "--rule", "martian")
    assert str(caught.value) == f"There is no rule “martian”. The rules are: {PROTOCOL_CODE}."


def test_the_planted_rule_is_the_protocols_and_the_only_one_in_force() -> None:
    planted = DeadlineRule.objects.in_force(date(2026, 11, 22)).get()
    assert planted.as_rule() == PROTOCOL_RULE
    assert DeadlineRule.objects.governing(date(2026, 11, 22)) == planted
