"""One table gives a clock its label and a list its filter: every clock is in exactly one list at every instant."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from inforequests.deadlines import overdue_since, timeliness
from inforequests.enums import Timeliness

pytestmark = pytest.mark.any_database

VIENNA = ZoneInfo("Europe/Vienna")
MICROSECOND = timedelta(microseconds=1)
LAST_DAY = date(2025, 2, 28)


@dataclass(frozen=True)
class Standing:
    """As a clock holds it."""

    last_day: date = LAST_DAY
    met_on: date | None = None
    lapsed_on: date | None = None


@pytest.fixture(autouse=True)
def _authority_in_vienna(settings: Settings) -> None:
    settings.TIME_ZONE = "Europe/Vienna"


def test_the_last_day_belongs_to_the_authority_until_its_last_instant() -> None:
    midnight = datetime(2025, 3, 1, tzinfo=VIENNA)
    begins = datetime(2025, 2, 28, tzinfo=VIENNA)
    moments = [begins - MICROSECOND, begins, midnight - MICROSECOND, midnight]
    assert [timeliness(Standing(), moment) for moment in moments] == [
        Timeliness.IN_TIME,
        Timeliness.DUE_TODAY,
        Timeliness.DUE_TODAY,
        Timeliness.IGNORED,
    ]
    assert overdue_since(LAST_DAY) == midnight


@pytest.mark.parametrize("fold", [0, 1])
def test_a_doubled_hour_of_the_last_day_is_still_the_last_day(fold: int) -> None:
    doubled = datetime(2025, 10, 26, 2, 30, fold=fold, tzinfo=VIENNA)
    assert timeliness(Standing(last_day=date(2025, 10, 26)), doubled) is Timeliness.DUE_TODAY
    assert timeliness(Standing(last_day=date(2025, 10, 25)), doubled) is Timeliness.IGNORED


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        (Standing(met_on=LAST_DAY), Timeliness.IN_TIME),
        (Standing(met_on=LAST_DAY + timedelta(days=1)), Timeliness.ANSWERED_LATE),
        (Standing(lapsed_on=LAST_DAY), Timeliness.IN_TIME),
        (Standing(lapsed_on=LAST_DAY + timedelta(days=1)), Timeliness.IGNORED),
        # Withdrawn, and answered all the same: the answer counts.
        (Standing(met_on=LAST_DAY, lapsed_on=LAST_DAY + timedelta(days=1)), Timeliness.IN_TIME),
    ],
)
def test_what_was_answered_or_withdrawn_stands_for_ever(standing: Standing, expected: Timeliness) -> None:
    for days in (0, 1, 400):
        assert timeliness(standing, datetime(2025, 3, 1, tzinfo=UTC) + timedelta(days=days)) is expected


days = st.dates(date(2025, 2, 20), date(2025, 3, 10))


@given(
    last_day=days,
    met_on=st.none() | days,
    lapsed_on=st.none() | days,
    at=st.datetimes(datetime(2025, 2, 20), datetime(2025, 3, 10), timezones=st.just(UTC)),
)
def test_every_clock_stands_somewhere_at_every_instant(
    last_day: date, met_on: date | None, lapsed_on: date | None, at: datetime
) -> None:
    assert timeliness(Standing(last_day, met_on, lapsed_on), at) in Timeliness
