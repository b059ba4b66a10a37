"""What followers of a consultation hear, and which of its days stand in their calendars."""

from datetime import date, datetime, timedelta

import pytest
from icalendar import Calendar

from accounts.roles import Role
from consultations import domain
from consultations.followed import all_days, touching_facility, touching_pollutant
from consultations.models import Docket
from following.calendars import calendar_text
from following.subjects import Happening, Moment, find_subject, happenings_of, moments_of
from tests.consultations.factories import NOON, DocketFactory, OfficialFactory, answer, publish, send, texts
from tests.register.factories import FacilityFactory, ReleaseFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
LONG_AGO = NOON - 400 * DAY
LONG_HENCE = NOON + 400 * DAY


def told(docket: Docket, since: datetime = LONG_AGO, until: datetime = LONG_HENCE) -> list[str]:
    """What happened, oldest first."""
    return [each.title for each in reversed(happenings_of("consultation", docket.reference, since, until))]


def days(docket: Docket) -> dict[str, Moment]:
    found = moments_of("consultation", docket.reference, NOON)
    return {each.key.removeprefix(f"consultation-{docket.reference}-"): each for each in found}


def extend(docket: Docket, *, by: timedelta = 10 * DAY, at: datetime = NOON) -> None:
    last = docket.windows[-1]
    chief = OfficialFactory(role=Role.DECISION_MAKER)
    reason = texts("Many asked for more time.")
    domain.extend_period(docket, actor=chief, closes_at=last.closes_at + by, reason=reason, at=at)


def test_only_a_published_consultation_can_be_followed() -> None:
    docket = DocketFactory(open=True)
    subject = find_subject("consultation", docket.reference)
    assert subject is not None
    assert (subject.title, subject.has_calendar) == (docket.title, True)
    draft = DocketFactory()
    assert find_subject("consultation", draft.reference) is None
    assert find_subject("consultation", "C-\x00") is None
    assert told(draft) == []


def test_from_publication_to_decision_each_event_is_told_once() -> None:
    docket = DocketFactory(decided=True)
    assert told(docket) == [
        "The consultation was published.",
        "Comments are open.",
        "Comments close within a week.",
        "Comments are closed.",
        "The decision was published.",
    ]


def test_what_the_clock_brings_about_is_told_when_it_comes() -> None:
    docket = DocketFactory(open=True)
    closing = docket.windows[0].closes_at
    assert told(docket, until=NOON)[-1] == "Comments are open."
    assert told(docket, since=closing - 7 * DAY, until=closing - DAY) == []
    assert told(docket, since=closing - 8 * DAY, until=closing - DAY) == ["Comments close within a week."]
    assert told(docket, since=closing - DAY, until=closing) == ["Comments are closed."]


def test_a_period_that_was_extended_in_time_did_not_close() -> None:
    docket = DocketFactory(open=True)
    extend(docket)
    assert told(docket, since=NOON - DAY) == [
        "The comment period was extended.",
        "Comments close within a week.",
        "Comments are closed.",
    ]
    [closed] = [each for each in happenings(docket) if each.title == "Comments are closed."]
    assert closed.instant == docket.windows[0].closes_at + 10 * DAY


def test_a_period_that_was_extended_in_its_last_week_was_about_to_close_twice() -> None:
    docket = DocketFactory(closing=True)
    extend(docket)
    assert told(docket).count("Comments close within a week.") == 2


def test_nothing_more_is_told_after_the_end() -> None:
    docket = DocketFactory(discontinued=True)
    assert told(docket, since=NOON - DAY) == ["The consultation was discontinued."]


def test_answers_are_told_and_comments_are_not() -> None:
    docket = DocketFactory(closed=True)
    answer(publish(send(docket)))
    domain.publish_responses(docket, actor=OfficialFactory(role=Role.CASE_OFFICER), at=NOON)
    assert told(docket)[-1] == "Answers to comments were published."
    assert "comment was" not in " ".join(told(docket))


def test_keys_stay_the_same_and_differ_from_one_another() -> None:
    docket = DocketFactory(decided=True)
    keys = [each.key for each in happenings(docket)]
    assert keys == [each.key for each in happenings(docket)]
    assert len(keys) == len(set(keys))


def happenings(docket: Docket) -> list[Happening]:
    return happenings_of("consultation", docket.reference, LONG_AGO, LONG_HENCE)


def test_who_follows_the_site_hears_of_every_consultation_under_its_title() -> None:
    docket = DocketFactory(open=True, title="Mercury")
    DocketFactory(title="Not published")
    assert {each.title for each in happenings_of("site", "", LONG_AGO, NOON)} == {docket.title}
    assert happenings_of("site", "", NOON, NOON + DAY) == []


def test_who_follows_a_pollutant_hears_of_a_consultation_on_it() -> None:
    docket = DocketFactory(decided=True)
    [published, decided] = sorted(touching_pollutant("hgandcompounds", LONG_AGO, NOON), key=lambda each: each.instant)
    assert published.text.startswith("The consultation was published.")
    assert decided.text.startswith("The decision was published.")
    assert {published.title, decided.title} == {docket.title}
    assert touching_pollutant("unknown", LONG_AGO, NOON) == []
    assert touching_pollutant("hgandcompounds", NOON + DAY, LONG_HENCE) == []


def test_who_follows_a_facility_hears_of_a_consultation_on_what_it_reports() -> None:
    DocketFactory(open=True)
    facility = FacilityFactory()
    assert touching_facility(facility.public_id, LONG_AGO, NOON) == []
    pollutant = Docket.objects.get().measures.exclude(pollutant=None).get().pollutant
    ReleaseFactory(facility=facility, pollutant=pollutant)
    assert len(touching_facility(facility.public_id, LONG_AGO, NOON)) == 1


class TestDays:
    def test_opening_closing_and_decision_stand_in_the_calendar(self) -> None:
        docket = DocketFactory(open=True)
        found = days(docket)
        period = docket.windows[0]
        assert [found[name].starts for name in ("opens-1", "closes-1", "decision")] == [
            period.opens_at,
            period.closes_at,
            docket.decision_expected_by,
        ]
        assert {each.sequence for each in found.values()} == {0}
        assert found["closes-1"].title == f"Comments close: {docket.title}"

    def test_an_extension_moves_the_same_entry_and_says_so(self) -> None:
        docket = DocketFactory(open=True)
        before = days(docket)["closes-1"]
        extend(docket)
        extend(docket, at=NOON + DAY)
        after = days(docket)["closes-1"]
        assert (before.key, before.sequence) == (after.key, after.sequence - 2)
        assert after.starts == docket.windows[0].closes_at + 20 * DAY
        assert after.changed_at == NOON + DAY
        assert days(docket)["opens-1"].sequence == 0

    def test_a_reopening_is_an_entry_of_its_own(self) -> None:
        docket = DocketFactory(closed=True)
        chief = OfficialFactory(role=Role.DECISION_MAKER)
        opens_at = NOON + 5 * DAY
        domain.reopen_docket(
            docket, actor=chief, opens_at=opens_at, closes_at=opens_at + 9 * DAY, reason=texts("New facts."), at=NOON
        )
        assert {"opens-1", "closes-1", "opens-2", "closes-2", "decision"} == set(days(docket))

    def test_the_end_of_midnight_is_the_day_before(self) -> None:
        docket = DocketFactory(open=True)
        last = docket.windows[-1].closes_at
        midnight = datetime(2026, 3, 28, 23, tzinfo=last.tzinfo)  # the first instant of 29 March in Vienna
        extend(docket, by=midnight - last)
        closing = days(docket)["closes-1"]
        assert closing.starts == date(2026, 3, 28)
        assert closing.title.startswith("Last day for comments")

    def test_a_moved_decision_day_grows_in_sequence(self) -> None:
        docket = DocketFactory(closed=True)
        chief = OfficialFactory(role=Role.CASE_OFFICER)
        docket.decision_expected_by = docket.decision_expected_by + 30 * DAY  # type: ignore[operator]  # the factory sets it
        domain.change_docket(docket, actor=chief, at=NOON)
        decision = days(docket)["decision"]
        assert (decision.starts, decision.sequence) == (docket.decision_expected_by, 1)
        assert decision.changed_at == NOON

    def test_what_is_discontinued_is_cancelled_and_not_forgotten(self) -> None:
        docket = DocketFactory(discontinued=True)
        found = days(docket)
        assert {name: each.is_cancelled for name, each in found.items()} == {
            "opens-1": False,
            "closes-1": True,
            "decision": True,
        }
        assert found["closes-1"].sequence == 1

    def test_the_calendar_of_the_site_has_the_days_of_all_that_are_public_and_can_be_read(self) -> None:
        DocketFactory(open=True)
        DocketFactory(upcoming=True, slug="lead")
        DocketFactory()
        found = all_days("", NOON)
        assert len(found) == 6
        assert len(Calendar.from_ical(calendar_text("Site", found)).walk("VEVENT")) == 6
        assert len(moments_of("site", "", NOON)) == 6

    def test_what_ended_long_ago_is_no_longer_in_the_calendar_of_the_site(self) -> None:
        DocketFactory(decided=True)
        assert len(all_days("", NOON)) == 3
        assert all_days("", NOON + 366 * DAY) == []
