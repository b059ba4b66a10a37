"""Rules, calendars and clocks as they are stored: what was promised is never moved, and a rule cites its provision."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from inforequests.deadlines import PROTOCOL_CODE, PROTOCOL_RULE
from inforequests.domain.clocks import settle_clocks, start_compliance_clock
from inforequests.enums import ClockKind, Disposition, RuleRoll, RuleUnit, SilenceEffect, Timeliness
from inforequests.models import Clock, DeadlineRule, HolidayCalendar, InformationRequest
from inforequests.models.clocks import FixedRowError
from tests.inforequests.factories import AFTER_LAST_DAY, DAY, LAST_DAY, NOON, answer, ask, item_of, send

pytestmark = pytest.mark.django_db

CITED = {f"citation_{code}": "Act 1, section 2" for code in ("en", "fr", "ru")}


def national(**fields: Any) -> DeadlineRule:
    """A national rule that rolls."""
    calendar = HolidayCalendar.objects.create(code="xx", version=1, years=[2026], holidays=["2026-04-10"])
    values = {
        "code": "national",
        "unit": RuleUnit.MONTH,
        "amount": 1,
        "roll": RuleRoll.NEXT_WORKING_DAY,
        "silence": SilenceEffect.DEEMED_REFUSAL,
        "calendar": calendar,
        "in_force_from": date(2026, 1, 1),
        **CITED,
        **fields,
    }
    return DeadlineRule.objects.create(**values)


def clock_of(request: InformationRequest) -> Clock:
    return Clock.objects.current().get(request=request)


def test_a_request_gets_the_protocols_clock_with_every_step_to_its_day() -> None:
    clock = clock_of(ask().request)
    assert (clock.kind, clock.anchor, clock.last_day) == (ClockKind.ANSWER, NOON.date(), LAST_DAY)
    assert clock.rule is not None
    assert clock.rule.code == PROTOCOL_CODE
    assert str(clock.lines[1]) == (
        "The request was submitted on Tuesday 10 March 2026. The hour does not matter, and this day is not counted."
    )


def test_the_rule_in_force_on_the_day_of_submission_governs() -> None:
    rule = national()
    before = ask(at=NOON - timedelta(days=90))
    after = ask()
    assert clock_of(before.request).rule != rule
    clock = clock_of(after.request)
    assert (clock.rule, str(clock.calendar), clock.last_day) == (rule, "xx-1", date(2026, 4, 13))


def test_a_rule_that_has_ended_governs_no_more() -> None:
    national(in_force_until=date(2026, 2, 28))
    assert clock_of(ask().request).last_day == LAST_DAY
    with pytest.raises(DeadlineRule.DoesNotExist):
        DeadlineRule.objects.governing(date(2009, 10, 7))


def test_a_day_that_was_promised_is_never_moved() -> None:
    clock = clock_of(ask().request)
    clock.last_day += DAY
    with pytest.raises(FixedRowError):
        clock.save()
    with pytest.raises(FixedRowError):
        clock.save(update_fields=["last_day"])


def test_a_calendar_is_never_changed_a_new_version_is_loaded() -> None:
    calendar = HolidayCalendar.objects.create(code="xx", version=1, years=[2026], holidays=[])
    calendar.holidays = ["2026-12-25"]
    with pytest.raises(FixedRowError):
        calendar.save()
    HolidayCalendar.objects.create(code="xx", version=2, years=[2026], holidays=["2026-12-25"])
    with pytest.raises(IntegrityError), transaction.atomic():
        HolidayCalendar.objects.create(code="xx", version=2, years=[2027], holidays=[])


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"citation_fr": ""}, "cite the provision that allows it"),
        ({"calendar": None}, "name the calendar"),
        ({"unit": RuleUnit.WORKING_DAY, "roll": RuleRoll.NONE, "calendar": None}, "name the calendar"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_a_sentence(fields: dict[str, Any], sentence: str) -> None:
    rule = national()
    for name, value in fields.items():
        setattr(rule, name, value)
    with pytest.raises(ValidationError, match=sentence):
        rule.clean()


def test_a_rule_without_length_or_that_ends_before_it_begins_cannot_be_stored() -> None:
    for fields in ({"amount": 0}, {"in_force_until": date(2025, 1, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            national(**fields)


def test_a_clock_is_met_when_the_last_of_its_questions_is_answered() -> None:
    request = ask("How much?", "Since when?").request
    answer(item_of(request, 1))
    send(request, in_part=True)
    assert clock_of(request).met_on is None
    answer(item_of(request, 2), at=AFTER_LAST_DAY)
    send(request, at=AFTER_LAST_DAY)
    clock = clock_of(request)
    assert (clock.met_on, clock.timeliness(AFTER_LAST_DAY)) == (AFTER_LAST_DAY.date(), Timeliness.ANSWERED_LATE)


def test_the_running_clock_that_ends_first_says_where_the_request_stands() -> None:
    request = ask("How much?", "Since when?").request
    ordered = start_compliance_clock(request, last_day=LAST_DAY + 30 * DAY, ordered_at=AFTER_LAST_DAY)
    item = item_of(request, 2)
    item.clock = ordered
    item.save(update_fields=["clock"])
    settle_clocks(request, at=AFTER_LAST_DAY)
    assert clock_of(request).kind == ClockKind.ANSWER  # question 1 is still not answered, and late
    answer(item_of(request, 1), Disposition.PROVIDED, at=AFTER_LAST_DAY)
    send(request, at=AFTER_LAST_DAY, in_part=True)
    assert clock_of(request) == ordered


def test_the_protocols_rule_reads_the_same_from_the_database() -> None:
    assert DeadlineRule.objects.get(code=PROTOCOL_CODE).as_rule() == PROTOCOL_RULE
