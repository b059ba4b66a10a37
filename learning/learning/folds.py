"""Everything that follows from what happened: pure functions of facts, whether stored or held in a reader's cookie.

A `Fact` is one line of the record. Progress, locks, scores, waiting times, certificates and what they are worth are
folds over facts; nothing of them is stored, so replaying the record gives what the pages show.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from learning.enums import (
    ASSESSED_CLASSES,
    STUDIED_CLASSES,
    CertificateClass,
    CertificateStatus,
    MoveOn,
    Verb,
)

HUNDRED: Final = Decimal(100)


@dataclass(frozen=True)
class Fact:
    """One thing that happened: what, to which object, when, in which attempt, with what result."""

    object_key: str
    verb: str
    at: datetime | None = None
    attempt: int = 0
    result: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class UnitRule:
    """When a unit is satisfied; `items` are the keys of its practice questions."""

    key: str
    move_on: MoveOn
    items: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether there is anything to do for it."""
        return self.move_on is not MoveOn.NOT_APPLICABLE


@dataclass(frozen=True)
class ModuleRule:
    """A module: satisfied when all its units are, and never by being empty."""

    key: str
    units: tuple[UnitRule, ...]


@dataclass(frozen=True)
class ProgrammeRule:
    """A programme: its modules, how it is passed, and what it certifies."""

    key: str
    modules: tuple[ModuleRule, ...]
    certificate_class: CertificateClass = CertificateClass.COMPLETION
    pass_percent: int = 60
    waiting: timedelta = timedelta(hours=1)

    @property
    def units(self) -> tuple[UnitRule, ...]:
        """All units in the order in which they are read."""
        return tuple(unit for module in self.modules for unit in module.units)


@dataclass(frozen=True)
class UnitProgress:
    """How far somebody has got in a unit; `waits_for` are the keys of units that have to be satisfied first."""

    rule: UnitRule
    is_completed: bool
    is_passed: bool
    is_waived: bool
    items_right: int
    waits_for: tuple[str, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether the reader has done all there is to do in the unit itself."""
        if self.is_waived:
            return True
        match self.rule.move_on:
            case MoveOn.PASSED:
                return self.is_passed
            case MoveOn.COMPLETED:
                return self.is_completed
            case MoveOn.COMPLETED_AND_PASSED:
                return self.is_completed and self.is_passed
            case MoveOn.COMPLETED_OR_PASSED:
                return self.is_completed or self.is_passed
            case MoveOn.NOT_APPLICABLE:
                return True

    @property
    def is_satisfied(self) -> bool:
        """Whether the unit counts."""
        return self.is_done and not self.waits_for


@dataclass(frozen=True)
class Progress:
    """How far somebody has got in a programme."""

    units: Mapping[str, UnitProgress]
    modules: Mapping[str, bool]

    @property
    def total(self) -> int:
        """How many units there is something to do for."""
        return sum(unit.rule.counts for unit in self.units.values())

    @property
    def done(self) -> int:
        """How many of them are satisfied."""
        return sum(unit.rule.counts and unit.is_satisfied for unit in self.units.values())

    @property
    def is_satisfied(self) -> bool:
        """Whether every module is satisfied, and there is one."""
        return bool(self.modules) and all(self.modules.values())

    @property
    def is_begun(self) -> bool:
        """Whether the reader has done anything yet."""
        return any(unit.is_completed or unit.items_right or unit.is_waived for unit in self.units.values())

    @property
    def resume_key(self) -> str | None:
        """The unit to go on with: the first that does not count yet; None where all do."""
        return next((key for key, unit in self.units.items() if not unit.is_satisfied), None)


def progress(rule: ProgrammeRule, facts: Iterable[Fact]) -> Progress:
    """Return how far the facts lead in a programme; facts about anything else change nothing."""
    said = {(fact.object_key, fact.verb) for fact in facts}
    units: dict[str, UnitProgress] = {}
    for unit in rule.units:
        right = sum((item, Verb.PASSED) in said for item in unit.items)
        units[unit.key] = UnitProgress(
            rule=unit,
            is_completed=(unit.key, Verb.COMPLETED) in said,
            is_passed=(bool(unit.items) and right == len(unit.items)) or (unit.key, Verb.PASSED) in said,
            is_waived=(unit.key, Verb.WAIVED) in said,
            items_right=right,
        )
    units = _with_locks(units)
    modules = {
        module.key: bool(module.units) and all(units[unit.key].is_satisfied for unit in module.units)
        for module in rule.modules
    }
    return Progress(units=units, modules=modules)


def _with_locks(units: Mapping[str, UnitProgress]) -> dict[str, UnitProgress]:
    """Name for each unit what it waits for: required units that are not done, or wait themselves."""
    waiting: dict[str, tuple[str, ...]] = {}

    def waits_for(key: str, above: frozenset[str]) -> tuple[str, ...]:
        if key not in waiting:
            waiting[key] = tuple(
                other
                for other in units[key].rule.requires
                if other in units and (other in above or not units[other].is_done or waits_for(other, above | {key}))
            )
        return waiting[key]

    return {
        key: UnitProgress(
            rule=unit.rule,
            is_completed=unit.is_completed,
            is_passed=unit.is_passed,
            is_waived=unit.is_waived,
            items_right=unit.items_right,
            waits_for=() if unit.is_waived else waits_for(key, frozenset({key})),
        )
        for key, unit in units.items()
    }


def cycle_among(requires: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return keys that require each other in a circle, in its order; nothing where there is none."""
    finished: set[str] = set()

    def walk(key: str, way: tuple[str, ...]) -> tuple[str, ...]:
        if key in way:
            return (*way[way.index(key) :], key)
        if key in finished:
            return ()
        for other in requires.get(key, ()):
            if circle := walk(other, (*way, key)):
                return circle
        finished.add(key)
        return ()

    for key in requires:
        if circle := walk(key, ()):
            return circle
    return ()


# Assessment ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Score:
    """What came of one paper."""

    right: int
    of: int

    @property
    def percent(self) -> Decimal:
        """The share of right answers in per cent."""
        return Decimal(self.right) * HUNDRED / Decimal(self.of) if self.of else Decimal(0)

    def passes(self, pass_percent: int) -> bool:
        """Whether it is enough; a paper without questions is passed by nobody."""
        return bool(self.of) and self.percent >= pass_percent


@dataclass(frozen=True)
class Try:
    """One paper that was handed in."""

    attempt: int
    at: datetime | None
    score: Score
    is_passed: bool


def tries(rule: ProgrammeRule, facts: Iterable[Fact]) -> list[Try]:
    """Return the papers that were handed in, in their order."""
    found = [
        Try(
            attempt=fact.attempt,
            at=fact.at,
            score=Score(right=int(fact.result.get("right", 0)), of=int(fact.result.get("of", 0))),
            is_passed=fact.verb == Verb.PASSED,
        )
        for fact in facts
        if fact.object_key == rule.key and fact.verb in {Verb.PASSED, Verb.FAILED}
    ]
    return sorted(found, key=lambda one: one.attempt)


def best_try(rule: ProgrammeRule, facts: Iterable[Fact]) -> Try | None:
    """Return the paper that counts: the best one, and of several alike the first."""
    return max(tries(rule, facts), key=lambda one: (one.score.percent, -one.attempt), default=None)


def next_try_at(rule: ProgrammeRule, facts: Iterable[Fact]) -> datetime | None:
    """Return when the next try may begin: some time after one that was not passed; None where there is no wait."""
    handed_in = tries(rule, facts)
    if not handed_in or handed_in[-1].is_passed or handed_in[-1].at is None:
        return None
    return handed_in[-1].at + rule.waiting


# Certificates --------------------------------------------------------------------------------------------------------


def award_due(rule: ProgrammeRule, facts: Sequence[Fact]) -> int | None:
    """Return the attempt for which a certificate is due and not given yet; 0 where none needs an assessment.

    None where nothing is due. A pass after a certificate is due one of its own, which supersedes the earlier.
    """
    if rule.certificate_class in STUDIED_CLASSES and not progress(rule, facts).is_satisfied:
        return None
    given = [fact.attempt for fact in facts if fact.verb == Verb.AWARDED]
    if rule.certificate_class not in ASSESSED_CLASSES:
        return None if given else 0
    passed = [one.attempt for one in tries(rule, facts) if one.is_passed]
    if not passed or (given and max(given) >= max(passed)):
        return None
    return max(passed)


@dataclass(frozen=True)
class Standing:
    """What a certificate is worth, since when, and which one took its place."""

    status: CertificateStatus
    since: datetime | date | None = None
    successor: str = ""
    reason: str = ""


def award_status(award_key: str, facts: Sequence[Fact], expires_on: date | None, today: date) -> Standing:
    """Return what a certificate is worth today: revoked, else superseded, else expired, else valid."""
    awarded = sorted((fact for fact in facts if fact.verb == Verb.AWARDED), key=lambda fact: fact.attempt)
    own = next((fact for fact in awarded if fact.object_key == award_key), None)
    revoked = next((fact for fact in facts if fact.verb == Verb.REVOKED and fact.object_key == award_key), None)
    if revoked is not None:
        return Standing(CertificateStatus.REVOKED, since=revoked.at, reason=str(revoked.result.get("reason", "")))
    later = [fact for fact in awarded if own is not None and fact.attempt > own.attempt]
    if later:
        return Standing(
            CertificateStatus.SUPERSEDED, since=later[0].at, successor=later[0].object_key.removeprefix("award:")
        )
    if expires_on is not None and today > expires_on:
        return Standing(CertificateStatus.EXPIRED, since=expires_on)
    return Standing(CertificateStatus.VALID, since=own.at if own else None)
