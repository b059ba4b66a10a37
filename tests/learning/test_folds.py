"""What follows from what happened: progress, locks, scores, certificates; pure functions, walked through by machine."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.enums import CertificateClass, CertificateStatus, MoveOn, Verb
from learning.folds import (
    Fact,
    ModuleRule,
    ProgrammeRule,
    Score,
    UnitRule,
    award_due,
    award_status,
    best_try,
    cycle_among,
    next_try_at,
    progress,
)

pytestmark = pytest.mark.any_database
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def programme(*units: UnitRule, kind: CertificateClass = CertificateClass.COMPLETION) -> ProgrammeRule:
    return ProgrammeRule(key="programme:p", modules=(ModuleRule(key="m", units=units),), certificate_class=kind)


def unit(key: str, move_on: MoveOn = MoveOn.COMPLETED, **more: tuple[str, ...]) -> UnitRule:
    return UnitRule(key=key, move_on=move_on, **more)


def did(key: str, verb: Verb = Verb.COMPLETED) -> Fact:
    return Fact(key, verb, NOON)


def tried(attempt: int, right: int, of: int = 5, *, passed: bool = True, hours: int = 0) -> Fact:
    verb = Verb.PASSED if passed else Verb.FAILED
    return Fact("programme:p", verb, NOON + timedelta(hours=hours), attempt, {"right": right, "of": of})


def given_award(attempt: int, code: str, days: int = 0) -> Fact:
    return Fact(f"award:{code}", Verb.AWARDED, NOON + timedelta(days=days), attempt)


# In the order (completed, passed): whether the unit is satisfied.
SATISFIED = {
    MoveOn.PASSED: {(False, True), (True, True)},
    MoveOn.COMPLETED: {(True, False), (True, True)},
    MoveOn.COMPLETED_AND_PASSED: {(True, True)},
    MoveOn.COMPLETED_OR_PASSED: {(True, False), (False, True), (True, True)},
    MoveOn.NOT_APPLICABLE: set(product((False, True), repeat=2)),
}


@pytest.mark.parametrize("move_on", MoveOn)
@pytest.mark.parametrize(("completed", "passed"), list(product((False, True), repeat=2)))
def test_each_of_the_five_words_says_when_a_unit_is_satisfied(move_on: MoveOn, completed: bool, passed: bool) -> None:
    rule = programme(unit("unit:p/a", move_on, items=("item:p/1", "item:p/2")))
    facts = [did("unit:p/a")] if completed else []
    facts += [did("item:p/1", Verb.PASSED), did("item:p/2", Verb.PASSED)] if passed else []
    assert progress(rule, facts).units["unit:p/a"].is_satisfied == ((completed, passed) in SATISFIED[move_on])


@pytest.mark.parametrize("move_on", MoveOn)
def test_a_waived_unit_is_satisfied_whatever_its_rule(move_on: MoveOn) -> None:
    rule = programme(unit("unit:p/a", move_on, requires=("unit:p/b",)), unit("unit:p/b"))
    assert progress(rule, [did("unit:p/a", Verb.WAIVED)]).units["unit:p/a"].is_satisfied


def test_one_right_exercise_of_two_does_not_pass_a_unit() -> None:
    rule = programme(unit("unit:p/a", MoveOn.PASSED, items=("item:p/1", "item:p/2")))
    done = progress(rule, [did("item:p/1", Verb.PASSED)])
    assert (done.units["unit:p/a"].is_passed, done.units["unit:p/a"].items_right, done.is_begun) == (False, 1, True)


def test_a_unit_without_exercises_is_not_passed_by_accident() -> None:
    assert not progress(programme(unit("unit:p/a", MoveOn.PASSED)), []).units["unit:p/a"].is_satisfied


def test_an_empty_module_and_an_empty_programme_are_not_satisfied_by_accident() -> None:
    assert not progress(programme(), []).is_satisfied
    assert not progress(ProgrammeRule(key="programme:p", modules=()), []).is_satisfied


def test_units_that_are_only_there_to_be_read_never_block_and_are_not_counted() -> None:
    rule = programme(unit("unit:p/a"), unit("unit:p/b", MoveOn.NOT_APPLICABLE))
    done = progress(rule, [did("unit:p/a")])
    assert (done.is_satisfied, done.done, done.total, done.resume_key) == (True, 1, 1, None)


def test_a_unit_that_waits_for_another_names_it_and_counts_afterwards() -> None:
    rule = programme(unit("unit:p/a"), unit("unit:p/b", requires=("unit:p/a",)))
    before = progress(rule, [did("unit:p/b")])
    assert before.units["unit:p/b"].waits_for == ("unit:p/a",)
    assert (before.done, before.resume_key) == (0, "unit:p/a")
    after = progress(rule, [did("unit:p/b"), did("unit:p/a")])
    assert (after.units["unit:p/b"].waits_for, after.done) == ((), 2)


def test_a_circle_among_requirements_is_named_and_never_hangs() -> None:
    assert cycle_among({"a": ["b"], "b": ["c"], "c": ["a"]}) == ("a", "b", "c", "a")
    assert cycle_among({"a": ["b"], "b": ["c"], "c": [], "d": ["c"]}) == ()
    rule = programme(unit("unit:p/a", requires=("unit:p/b",)), unit("unit:p/b", requires=("unit:p/a",)))
    assert progress(rule, [did("unit:p/a"), did("unit:p/b")]).done == 0


keys = st.sampled_from(["unit:p/a", "unit:p/b", "unit:p/c", "item:p/1", "item:p/2", "unit:elsewhere/x"])
facts = st.lists(st.builds(Fact, keys, st.sampled_from([Verb.COMPLETED, Verb.PASSED, Verb.WAIVED, Verb.LAUNCHED])))
RULE = programme(
    unit("unit:p/a", MoveOn.COMPLETED_AND_PASSED, items=("item:p/1",)),
    unit("unit:p/b", MoveOn.PASSED, items=("item:p/2",), requires=("unit:p/a",)),
    unit("unit:p/c", requires=("unit:p/b",)),
)


@given(said=facts, data=st.data())
def test_the_order_of_facts_and_their_repetition_change_nothing(said: list[Fact], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations([*said, *said]))
    assert progress(RULE, said) == progress(RULE, shuffled)


@given(said=facts, more=facts)
def test_whoever_does_more_never_has_less_done(said: list[Fact], more: list[Fact]) -> None:
    assert progress(RULE, [*said, *more]).done >= progress(RULE, said).done


def test_the_best_paper_counts_and_of_several_alike_the_first() -> None:
    rule = programme(unit("unit:p/a"))
    said = [tried(1, 2, passed=False), tried(2, 5), tried(3, 4), tried(4, 5)]
    assert best_try(rule, said).attempt == 2  # type: ignore[union-attr]  # there are four


def test_a_paper_without_questions_is_passed_by_nobody() -> None:
    assert not Score(0, 0).passes(1)
    assert Score(3, 5).passes(60)
    assert not Score(3, 5).passes(61)


def test_the_next_try_waits_after_one_that_was_not_passed() -> None:
    rule = programme(unit("unit:p/a"))
    assert next_try_at(rule, []) is None
    assert next_try_at(rule, [tried(1, 1, passed=False)]) == NOON + timedelta(hours=1)
    assert next_try_at(rule, [tried(1, 1, passed=False), tried(2, 5, hours=2)]) is None


READ = [did("unit:p/a")]
# For each class of certificate: what has happened, and for which attempt one is due.
DUE = [
    (CertificateClass.COMPLETION, [], None),
    (CertificateClass.COMPLETION, READ, None),
    (CertificateClass.COMPLETION, [tried(1, 5)], None),
    (CertificateClass.COMPLETION, [*READ, tried(1, 5)], 1),
    (CertificateClass.COMPLETION, [*READ, tried(1, 1, passed=False)], None),
    (CertificateClass.COMPLETION, [*READ, tried(1, 5), given_award(1, "A")], None),
    (CertificateClass.COMPLETION, [*READ, tried(1, 5), given_award(1, "A"), tried(2, 5)], 2),
    (CertificateClass.COMPLETION, [*READ, tried(1, 5), given_award(1, "A"), did("award:A", Verb.REVOKED)], None),
    (CertificateClass.ACHIEVEMENT, [tried(1, 5)], 1),
    (CertificateClass.ACHIEVEMENT, [tried(1, 1, passed=False), tried(2, 5)], 2),
    (CertificateClass.PARTICIPATION, [], None),
    (CertificateClass.PARTICIPATION, READ, 0),
    (CertificateClass.PARTICIPATION, [*READ, given_award(0, "A")], None),
]


@pytest.mark.parametrize(("kind", "said", "attempt"), DUE)
def test_a_certificate_is_due_when_the_record_says_so(
    kind: CertificateClass, said: list[Fact], attempt: int | None
) -> None:
    assert award_due(programme(unit("unit:p/a"), kind=kind), said) == attempt


def test_a_certificate_is_revoked_before_it_is_superseded_before_it_is_expired() -> None:
    said = [given_award(1, "A")]
    later, gone = given_award(2, "B", days=5), Fact("award:A", Verb.REVOKED, NOON + timedelta(days=9))
    yesterday = TODAY - timedelta(days=1)
    assert award_status("award:A", said, None, TODAY).status is CertificateStatus.VALID
    assert award_status("award:A", said, TODAY, TODAY).status is CertificateStatus.VALID
    assert award_status("award:A", said, yesterday, TODAY).status is CertificateStatus.EXPIRED
    superseded = award_status("award:A", [*said, later], yesterday, TODAY)
    assert (superseded.status, superseded.successor) == (CertificateStatus.SUPERSEDED, "B")
    assert superseded.since == NOON + timedelta(days=5)
    revoked = award_status("award:A", [*said, later, gone], yesterday, TODAY)
    assert (revoked.status, revoked.since) == (CertificateStatus.REVOKED, gone.at)
    assert award_status("award:B", [*said, later, gone], None, TODAY).status is CertificateStatus.VALID
