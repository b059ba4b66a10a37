"""One pure function gives the words; the filters must never say anything else (and never both or neither)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import ProtectedError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations.enums import DisplayState, EditorialState, HandlingState, NotOpenReason, PeriodKind, TimeState
from consultations.models import Docket, Period
from consultations.states import closing_instant, intake_status, time_state, turning_points
from tests.consultations.factories import NOON, DocketFactory, send

MICROSECOND = timedelta(microseconds=1)


def window(opens: int, closes: int) -> Period:
    return Period(opens_at=NOON + timedelta(hours=opens), closes_at=NOON + timedelta(hours=closes))


def test_a_period_is_open_from_its_opening_and_no_more_at_its_closing() -> None:
    windows = [window(-1, 1)]
    opens_at, closes_at = windows[0].opens_at, windows[0].closes_at
    assert [time_state(windows, at) for at in (opens_at - MICROSECOND, opens_at)] == [
        TimeState.ANNOUNCED,
        TimeState.OPEN,
    ]
    assert [time_state(windows, at) for at in (closes_at - MICROSECOND, closes_at)] == [
        TimeState.OPEN,
        TimeState.CLOSED,
    ]


def test_a_docket_without_a_period_is_announced_and_never_open() -> None:
    assert time_state([], NOON) is TimeState.ANNOUNCED


def test_a_period_and_its_extension_close_together() -> None:
    assert closing_instant([window(-1, 1), window(1, 3)], NOON) == NOON + timedelta(hours=3)


def test_a_reopening_after_a_gap_does_not_move_the_closing() -> None:
    assert closing_instant([window(-1, 1), window(2, 3)], NOON) == NOON + timedelta(hours=1)


def test_between_closing_and_reopening_comments_are_announced_again() -> None:
    assert time_state([window(-3, -1), window(1, 2)], NOON) is TimeState.ANNOUNCED


@pytest.mark.parametrize(
    ("editorial", "handling", "windows", "reason"),
    [
        (EditorialState.DRAFT, HandlingState.COLLECTING, [window(-1, 1)], NotOpenReason.NOT_PUBLISHED),
        (EditorialState.PUBLISHED, HandlingState.COLLECTING, [window(1, 2)], NotOpenReason.NOT_OPEN_YET),
        (EditorialState.PUBLISHED, HandlingState.COLLECTING, [window(-2, -1)], NotOpenReason.CLOSED),
        (EditorialState.PUBLISHED, HandlingState.DISCONTINUED, [window(-1, 1)], NotOpenReason.DISCONTINUED),
        (EditorialState.PUBLISHED, HandlingState.DECISION_PUBLISHED, [window(-2, -1)], NotOpenReason.CLOSED),
        (EditorialState.PUBLISHED, HandlingState.COLLECTING, [window(-1, 1)], None),
    ],
)
def test_the_reason_why_nobody_can_comment_is_the_true_one(
    editorial: str, handling: str, windows: list[Period], reason: NotOpenReason | None
) -> None:
    status = intake_status(editorial, handling, windows, NOON)
    assert (status.reason, status.is_open) == (reason, reason is None)


def test_a_page_turns_at_opening_at_closing_and_a_week_before_closing() -> None:
    assert turning_points([window(1, 24 * 10)], NOON) == [
        NOON + timedelta(hours=1),
        NOON + timedelta(days=3),
        NOON + timedelta(days=10),
    ]


boundaries = st.lists(st.integers(-20, 20), min_size=0, max_size=6, unique=True).map(sorted)


@pytest.mark.slow
@pytest.mark.django_db
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    days=boundaries,
    touching=st.booleans(),
    handling=st.sampled_from(HandlingState),
    at=st.integers(-22 * 24, 22 * 24),
    offset=st.sampled_from([-1, 0, 1]),
)
def test_label_and_filter_agree_whatever_the_periods(
    days: list[int], touching: bool, handling: HandlingState, at: int, offset: int
) -> None:
    docket = Docket.objects.create(
        slug=f"docket-{Docket.objects.count()}",
        reference=f"T-{Docket.objects.count()}",
        created_at=NOON,
        handling_state=handling,
        discontinued_at=NOON,
        decision_expected_by=(NOON + timedelta(days=5)).date(),
    )
    step = 1 if touching else 2
    for opens, closes in zip(days[::step], days[1::step], strict=False):
        Period.objects.create(
            docket=docket,
            kind=PeriodKind.ORIGINAL,
            opens_at=NOON + timedelta(days=opens),
            closes_at=NOON + timedelta(days=closes),
            created_at=NOON,
        )
    moment = NOON + timedelta(hours=at, microseconds=offset)
    mine = Docket.objects.filter(pk=docket.pk)
    told = docket.display_state(moment)
    assert [state for state in DisplayState if mine.in_state(state, moment).exists()] == [told]
    assert mine.closing_soon(moment).exists() is docket.closes_soon(moment)
    assert mine.overdue(moment).exists() is docket.is_overdue(moment)


@pytest.mark.django_db
def test_every_stage_is_told_in_the_word_of_its_filter() -> None:
    told = {
        "upcoming": DisplayState.UPCOMING,
        "open": DisplayState.OPEN,
        "closing": DisplayState.OPEN,
        "closed": DisplayState.UNDER_CONSIDERATION,
        "decided": DisplayState.CONCLUDED,
        "discontinued": DisplayState.DISCONTINUED,
    }
    for stage, state in told.items():
        assert DocketFactory(**{stage: True}).display_state(NOON) is state, stage


@pytest.mark.django_db
def test_daylight_saving_does_not_move_the_closing(settings: object) -> None:
    settings.TIME_ZONE = "Europe/Helsinki"  # type: ignore[attr-defined]  # pytest-django's settings
    # The night in which the hour from three to four comes twice.
    closes_at = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    docket = DocketFactory(around=closes_at - timedelta(days=14), open=True)
    assert docket.closes_at(closes_at - MICROSECOND) == closes_at
    assert docket.intake_status(closes_at).reason is NotOpenReason.CLOSED


@pytest.mark.django_db
def test_a_docket_with_submissions_cannot_be_deleted() -> None:
    docket = DocketFactory(open=True)
    send(docket)
    with pytest.raises(ProtectedError):
        docket.delete()
