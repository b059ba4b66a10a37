"""Whatever people do, in whatever order and however late: what must always hold of a request holds after each act."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.roles import Role
from design.refusals import Refusal
from inforequests import domain
from inforequests.deadlines import PROTOCOL_RULE, due, local_date
from inforequests.enums import (
    KEEPING_BACK,
    AnswerPrivacy,
    ClockKind,
    Disposition,
    Limb,
    ReviewOutcome,
    ReviewStage,
    Stage,
    Timeliness,
    Verb,
)
from inforequests.models import Clock, InformationRequest, ReviewCase, Withholding
from ledger.models import Entry
from tests.inforequests.factories import NOON, answer, ask, body, item_of, overturn, person, withhold
from tests.ledger.acts import entries_written, misfits

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.any_database]

# What becomes of a question.
DISPOSITIONS: Final = [
    Disposition.PROVIDED,
    Disposition.WITHHELD,
    Disposition.PROVIDED_IN_PART,
    Disposition.ALREADY_PUBLIC,
]
# What finds nothing to do where nothing is ready, silent, under review or kept back, or where it is so already.
MAY_BE_NOTHING: Final = {"silence", "send", "privacy", "stage", "uphold", "overturn", "lift", "drop"}
Move = tuple[str, int, int]


class UndoneError(Exception):
    """Takes back one run, so that the next one begins anew."""


class Story:
    """One request, its people, and the clock on the wall."""

    def __init__(self) -> None:
        self.sent = ask("How much?", "Since when?")
        self.now: datetime = NOON
        self.refusals: list[str] = []
        self.answer_last_day = due(PROTOCOL_RULE, local_date(NOON)).last_day
        body()

    @property
    def request(self) -> InformationRequest:
        return InformationRequest.objects.with_items().get(pk=self.sent.request.pk)

    @property
    def case(self) -> ReviewCase | None:
        return self.request.open_review

    def move(self, name: str, number: int, choice: int) -> None:
        """Lets somebody do something; what is refused with a sentence changes nothing."""
        self.now += timedelta(hours=1)
        try:
            with transaction.atomic(), entries_written() as written:
                self.moves[name](number, choice)
        except Refusal as refusal:
            self.refusals += refusal.sentences
        else:
            self.check_entries(name, written)

    def check_entries(self, name: str, written: list[Entry]) -> None:
        """One act, one entry; only a silence that nobody had recorded yet may stand before a review."""
        if name == "review" and written[0].verb == Verb.DUE_PASSED:
            written = written[1:]
        assert len(written) in ({0, 1} if name in MAY_BE_NOTHING else {int(name != "wait")}), (name, written)
        assert misfits(written) == []

    @property
    def moves(self) -> dict[str, Callable[[int, int], object]]:
        officer, chief, at = person(Role.CASE_OFFICER), person(Role.DECISION_MAKER), self.now
        request, key = self.request, self.sent.secret
        return {
            "wait": lambda number, choice: self._wait([1, 12, 31][choice % 3]),
            "acknowledge": lambda number, choice: domain.acknowledge_request(request, actor=officer, at=at),
            "write": lambda number, choice: domain.send_message_to_requester(
                request, actor=officer, text="Which river?", asks_for_clarification=bool(choice % 2), at=at
            ),
            "reply": lambda number, choice: domain.receive_message(
                request, key=key, text="The Vel.", language="en", at=at
            ),
            "answer": lambda number, choice: answer(item_of(request, number), DISPOSITIONS[choice], at=at),
            "withhold": lambda number, choice: withhold(item_of(request, number), at=at),
            "drop": lambda number, choice: self._withholding(domain.drop_withholding, officer),
            "ready": lambda number, choice: domain.mark_answer_ready(
                request, actor=officer, in_part=bool(choice % 2), at=at
            ),
            "send": lambda number, choice: [
                domain.send_decision(decision, actor=chief, at=at) for decision in request.decisions.ready()
            ],
            "silence": lambda number, choice: domain.record_silence(request, at=at),
            "withdraw": lambda number, choice: domain.withdraw_request(request, key=key, at=at),
            "privacy": lambda number, choice: domain.choose_privacy(
                request, key=key, privacy=list(AnswerPrivacy)[choice % 2], at=at
            ),
            "review": lambda number, choice: domain.open_review(
                request, key=key, limb=list(Limb)[choice % len(Limb)], at=at
            ),
            "stage": lambda number, choice: self._stage(),
            "uphold": lambda number, choice: self._uphold(),
            "overturn": lambda number, choice: self._overturn(number, both=bool(choice % 2)),
            "lift": lambda number, choice: self._withholding(domain.lift_withholding, chief),
            "disclose": lambda number, choice: domain.publish_in_disclosure_log(
                request, actor=officer, title="Mercury", at=at
            ),
            "conceal": lambda number, choice: domain.take_from_disclosure_log(request, actor=officer, at=at),
        }

    def _wait(self, days: int) -> None:
        self.now += timedelta(days=days)

    def _withholding(self, act: Callable[..., object], actor: Any) -> None:
        found = Withholding.objects.filter(answer__item__request=self.request).order_by("pk").last()
        if found is not None:
            act(found, actor=actor, at=self.now)

    def _stage(self) -> None:
        if self.case is not None:
            stage = ReviewStage.INQUIRY
            domain.record_review_stage(self.case, actor=person(Role.REVIEWER), stage=stage, at=self.now)

    def _uphold(self) -> None:
        if self.case is not None:
            domain.decide_review(
                self.case,
                actor=person(Role.REVIEWER),
                outcome=ReviewOutcome.DECISION_UPHELD,
                reasons="The ground fits.",
                at=self.now,
            )

    def _overturn(self, number: int, *, both: bool) -> None:
        if self.case is not None:
            overturn(self.case, *([] if both else [number]), at=self.now)

    def check(self) -> None:
        """What must always hold."""
        assert [sentence for sentence in self.refusals if not sentence.endswith((".", "?"))] == []
        request = self.request
        unanswered = request.unanswered_items
        if request.stage == Stage.SENT:
            assert not unanswered
            assert request.sent_at is not None
        elif request.stage != Stage.WITHDRAWN:
            assert unanswered
            assert request.sent_at is None
        for item in request.items.all():
            assert item.answered_at is None or item.disposition != Disposition.UNDECIDED
            if item.answered_at is not None and item.disposition in KEEPING_BACK:
                held = item.sent_answers[-1].sorted_withholdings
                assert held
                assert all(each.reason and each.ground for each in held)
        self._check_clocks(request)

    def _check_clocks(self, request: InformationRequest) -> None:
        clocks = list(Clock.objects.filter(request=request))
        first = next(clock for clock in clocks if clock.kind == ClockKind.ANSWER)
        assert first.last_day == self.answer_last_day  # nothing that anybody does moves it
        assert sum(clock.is_current for clock in clocks) == 1
        is_waiting = bool(request.unanswered_items) and request.stage != Stage.WITHDRAWN
        assert any(clock.is_running for clock in clocks) is is_waiting
        if is_waiting:
            last_days = [item.clock.last_day for item in request.unanswered_items if item.clock]
            assert request.clock is not None
            assert request.clock.last_day == min(last_days)
            late = local_date(self.now) > min(last_days)
            assert (request.timeliness(self.now) is Timeliness.IGNORED) is late
        lists = [
            state
            for state in Timeliness
            if InformationRequest.objects.in_timeliness(state, self.now).filter(pk=request.pk).exists()
        ]
        assert lists == [request.timeliness(self.now)]


NAMES: Final = (
    "wait", "acknowledge", "write", "reply", "answer", "answer", "withhold", "drop", "ready", "ready", "send", "send",
    "silence", "withdraw", "privacy", "review", "review", "stage", "uphold", "overturn", "lift", "disclose", "conceal",
)  # fmt: skip
moves = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(1, 2), st.integers(0, 3)), min_size=4, max_size=18)


def told(story: list[Move]) -> None:
    """Plays a story in a database that forgets it."""
    try:
        with transaction.atomic():
            played = Story()
            played.check()
            for name, number, choice in story:
                played.move(name, number, choice)
                played.check()
            raise UndoneError
    except UndoneError:
        return


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(moves)
def test_what_must_hold_holds_after_every_act(story: list[Move]) -> None:
    told(story)


@pytest.mark.parametrize(
    "story",
    [
        # Ignored, then refused too late, overturned in part, complied with.
        [("wait", 1, 2), ("wait", 1, 1), ("silence", 1, 0), ("review", 1, 0), ("overturn", 1, 0), ("answer", 1, 0),
         ("ready", 1, 1), ("send", 1, 0), ("answer", 2, 0), ("ready", 1, 0), ("send", 1, 0)],
        # Half of it in time, the other half never: withdrawn after the last day.
        [("answer", 1, 0), ("ready", 1, 1), ("send", 1, 0), ("wait", 1, 2), ("wait", 1, 1), ("withdraw", 1, 0)],
        # Kept back, published, overturned twice.
        [("withhold", 1, 0), ("withhold", 2, 0), ("ready", 1, 0), ("send", 1, 0), ("review", 1, 2), ("overturn", 1, 1),
         ("withhold", 1, 0), ("answer", 2, 0), ("ready", 1, 0), ("send", 1, 0), ("review", 1, 1), ("overturn", 1, 0),
         ("answer", 1, 0), ("ready", 1, 0), ("send", 1, 0), ("privacy", 1, 1), ("disclose", 1, 0)],
    ],
)  # fmt: skip
def test_the_ways_that_law_knows_hold_too(story: list[Move]) -> None:
    told(story)
