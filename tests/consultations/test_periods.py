"""What was announced is never overwritten: an extension and a re-opening are periods of their own."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError
from django.utils import translation

from accounts.roles import Role
from consultations import domain
from consultations.domain.commitments import reason_behind
from consultations.enums import HandlingState, PeriodKind, TimeState, Verb
from consultations.models import Docket, Period
from consultations.models.periods import FixedPeriodError
from consultations.refusals import PeriodError
from consultations.timeline import lines_for_public
from design.formats import format_instant
from design.texts import Texts
from ledger.canonical import canonical_json
from ledger.models import Entry
from ledger.private import registry
from tests.consultations.factories import NOON, DocketFactory, OfficialFactory, texts

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def chief() -> object:
    return OfficialFactory(role=Role.DECISION_MAKER)


def test_a_period_without_a_closing_cannot_be_stored() -> None:
    docket = DocketFactory()
    with pytest.raises(IntegrityError):
        Period.objects.create(docket=docket, kind=PeriodKind.ORIGINAL, opens_at=NOON, closes_at=None, created_at=NOON)


def test_a_stored_period_cannot_be_changed() -> None:
    period = DocketFactory(open=True).periods.get()
    period.closes_at += DAY
    with pytest.raises(FixedPeriodError):
        period.save()


def test_an_extension_begins_when_the_running_period_ends() -> None:
    docket = DocketFactory(open=True)
    end = docket.closes_at(NOON)
    assert end is not None
    domain.extend_period(docket, actor=chief(), closes_at=end + 7 * DAY, reason=texts("Holidays."), at=NOON)
    docket = Docket.objects.get(pk=docket.pk)
    assert [(period.kind, period.opens_at, period.closes_at) for period in docket.windows] == [
        (PeriodKind.ORIGINAL, end - 28 * DAY, end),
        (PeriodKind.EXTENSION, end, end + 7 * DAY),
    ]
    assert docket.closes_at(NOON) == end + 7 * DAY
    assert docket.time_state(end) is TimeState.OPEN


def test_the_public_record_says_that_and_why_the_period_was_extended() -> None:
    docket = DocketFactory(open=True)
    end = docket.closes_at(NOON)
    assert end is not None
    domain.extend_period(docket, actor=chief(), closes_at=end + DAY, reason=texts("Holidays."), at=NOON)
    entry = Entry.objects.about("docket", docket.reference).get(verb=Verb.PERIOD_EXTENDED)
    assert entry.public
    assert entry.actor_role == Role.DECISION_MAKER
    assert ("reason" in entry.facts, list(entry.commitments)) == (False, ["reason"])
    assert registry.values(entry) == {"reason": canonical_json(vars(texts("Holidays.")))}
    with translation.override("fr"):
        [line] = [each["text"] for each in lines_for_public(docket) if each["instant"] == entry.instant]
    assert line.endswith("Holidays. (fr)")
    assert entry.facts["closes_at"] == (end + DAY).isoformat()


@pytest.mark.parametrize("days", [0, -1])
def test_an_extension_to_an_earlier_end_is_refused(days: int) -> None:
    docket = DocketFactory(open=True)
    end = docket.closes_at(NOON)
    assert end is not None
    with pytest.raises(PeriodError) as refusal:
        domain.extend_period(docket, actor=chief(), closes_at=end + days * DAY, reason=texts("No."), at=NOON)
    assert refusal.value.sentences == [f"Comments close on {format_instant(end)} already: choose a later end."]
    assert docket.periods.count() == 1


def test_an_extension_needs_its_reason_in_every_language() -> None:
    docket = DocketFactory(open=True)
    with pytest.raises(PeriodError) as refusal:
        domain.extend_period(
            docket, actor=chief(), closes_at=NOON + 30 * DAY, reason=Texts(en="Holidays.", fr="Fêtes."), at=NOON
        )
    assert refusal.value.sentences == ["Give the reason in all three languages: it is published with the new dates."]


def test_a_period_that_was_announced_can_be_extended_before_it_opens() -> None:
    docket = DocketFactory(upcoming=True)
    domain.extend_period(docket, actor=chief(), closes_at=NOON + 40 * DAY, reason=texts("Holidays."), at=NOON)
    docket = Docket.objects.get(pk=docket.pk)
    assert docket.closes_at(NOON + 2 * DAY) == NOON + 40 * DAY


def test_overlapping_periods_are_refused() -> None:
    docket = DocketFactory(closed=True)
    reason = texts("New facts.")
    domain.reopen_docket(docket, actor=chief(), opens_at=NOON + DAY, closes_at=NOON + 9 * DAY, reason=reason, at=NOON)
    inside = Period(opens_at=NOON + 8 * DAY, closes_at=NOON + 12 * DAY)
    assert Period.objects.filter(docket=docket).overlapping(inside.opens_at, inside.closes_at).count() == 1
    touching = Period(opens_at=NOON + 9 * DAY, closes_at=NOON + 12 * DAY)
    assert Period.objects.filter(docket=docket).overlapping(touching.opens_at, touching.closes_at).count() == 0


def test_reopening_puts_a_drafted_decision_back_and_takes_comments_again() -> None:
    docket = DocketFactory(drafted=True)
    domain.reopen_docket(
        docket, actor=chief(), opens_at=NOON + DAY, closes_at=NOON + 9 * DAY, reason=texts("New facts."), at=NOON
    )
    docket = Docket.objects.get(pk=docket.pk)
    assert docket.handling_state == HandlingState.COLLECTING
    assert docket.intake_status(NOON + 2 * DAY).is_open
    assert docket.decision.summary_en == "The threshold is 0.5 kg a year. (en)"


def test_the_reason_of_a_reopening_is_found_again_whatever_zone_its_opening_was_given_in() -> None:
    docket = DocketFactory(closed=True)
    opening = (NOON + DAY).astimezone(ZoneInfo("Asia/Almaty"))
    domain.reopen_docket(
        docket, actor=chief(), opens_at=opening, closes_at=NOON + 9 * DAY, reason=texts("New facts."), at=NOON
    )
    entry = Entry.objects.get(verb=Verb.DOCKET_REOPENED)
    assert reason_behind(entry, docket, docket.windows).en == "New facts. (en)"


def test_a_reopening_cannot_begin_in_the_past() -> None:
    docket = DocketFactory(closed=True)
    with pytest.raises(PeriodError):
        domain.reopen_docket(
            docket, actor=chief(), opens_at=NOON - DAY / 2, closes_at=NOON + DAY, reason=texts("No."), at=NOON
        )


def test_before_publication_a_plan_gives_way_to_the_next() -> None:
    docket = DocketFactory()
    officer = OfficialFactory(role=Role.CASE_OFFICER)
    domain.add_period(docket, actor=officer, opens_at=NOON + 2 * DAY, closes_at=NOON + 3 * DAY, at=NOON)
    assert [period.opens_at for period in docket.periods.all()] == [NOON + 2 * DAY]


@pytest.mark.parametrize(
    ("opens", "closes", "sentence"),
    [
        (3, 3, "Comments must close after they open: choose a later end."),
        (3, 2, "Comments must close after they open: choose a later end."),
        (-9, -3, "Comments would close in the past: choose a later end."),
    ],
)
def test_an_impossible_plan_is_refused_and_the_earlier_one_stays(opens: int, closes: int, sentence: str) -> None:
    docket = DocketFactory()
    officer = OfficialFactory(role=Role.CASE_OFFICER)
    with pytest.raises(PeriodError) as refusal:
        domain.add_period(docket, actor=officer, opens_at=NOON + opens * DAY, closes_at=NOON + closes * DAY, at=NOON)
    assert refusal.value.sentences == [sentence]
    assert docket.periods.count() == 1
