"""Every role, every stage, every act: the tables say who may, and the functions obey them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.roles import Role
from design.refusals import Refusal
from inforequests import domain
from inforequests.acts import REQUESTER_ACTS, REVIEWER_ACTS, ROLES_FOR, STAGE_RULES, Act
from inforequests.enums import AnswerPrivacy, Disposition, Stage
from inforequests.models import Withholding
from inforequests.permissions import (
    requester_can_ask_review,
    requester_can_choose_privacy,
    requester_can_reply,
    requester_can_withdraw,
    user_can_acknowledge,
    user_can_answer_item,
    user_can_conceal,
    user_can_disclose,
    user_can_lift_withholding,
    user_can_mark_ready,
    user_can_read_requests,
    user_can_record_request,
    user_can_see_requester,
    user_can_send_decision,
    user_can_withhold_item,
    user_can_write_message,
)
from tests.inforequests.factories import (
    HOUR,
    NOON,
    again,
    answer,
    ask,
    body,
    disclosed,
    item_of,
    person,
    refused,
    send,
    withhold,
)
from tests.ledger.acts import entries_written, misfits

pytestmark = [pytest.mark.any_database, pytest.mark.slow]

ROLES = [*Role, None]
_OFFICIAL_ACTS = sorted(set(Act) - REQUESTER_ACTS - REVIEWER_ACTS)


def _in_stage(stage: Stage) -> domain.Sent:
    """A request in a stage, with a drafted answer that keeps nothing back where the stage has one."""
    sent = ask(privacy=AnswerPrivacy.PUBLIC)
    if stage is Stage.WITHDRAWN:
        domain.withdraw_request(sent.request, key=sent.secret, at=NOON + HOUR)
    if stage in {Stage.IN_HAND, Stage.DECIDED, Stage.SENT}:
        answer(item_of(sent.request))
    if stage is Stage.DECIDED:
        domain.mark_answer_ready(sent.request, actor=person(Role.CASE_OFFICER), at=NOON + HOUR)
    if stage is Stage.SENT:
        send(sent.request)
    return again(sent)


def _do(act: Act, sent: domain.Sent, actor: Any) -> Any:
    """Do an act of an official as well as it can be done."""
    request, item = sent.request, item_of(sent.request)
    kept = Withholding.objects.filter(answer__item=item).first()
    doing: dict[Act, Callable[[], Any]] = {
        Act.ACKNOWLEDGE: lambda: domain.acknowledge_request(request, actor=actor),
        Act.WRITE_MESSAGE: lambda: domain.send_message_to_requester(request, actor=actor, text="Hello."),
        Act.ANSWER_ITEM: lambda: domain.answer_item(
            item, actor=actor, disposition=Disposition.PROVIDED, text="So much."
        ),
        Act.WITHHOLD_ITEM: lambda: withhold(item, actor=actor),
        Act.MARK_READY: lambda: domain.mark_answer_ready(request, actor=actor),
        Act.SEND_ANSWER: lambda: domain.send_decision(request.decisions.get(), actor=actor),
        Act.DISCLOSE: lambda: domain.publish_in_disclosure_log(request, actor=actor, title="Mercury"),
        Act.LIFT_WITHHOLDING: lambda: domain.lift_withholding(kept, actor=actor) if kept else None,
    }
    return doing[act]()


@pytest.mark.django_db
@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize(
    "act", [Act.ACKNOWLEDGE, Act.WRITE_MESSAGE, Act.ANSWER_ITEM, Act.WITHHOLD_ITEM, Act.MARK_READY, Act.DISCLOSE]
)
def test_each_act_is_done_by_its_roles_in_its_stages_and_by_nobody_else(act: Act, stage: Stage) -> None:
    fits = STAGE_RULES[act].allows(stage)
    sent = _in_stage(stage)
    for role in ROLES:
        if role is None or role not in ROLES_FOR[act]:
            with pytest.raises(PermissionDenied):
                _do(act, sent, person(role))
    assert again(sent).request.stage == stage
    for role in sorted(ROLES_FOR[act]):
        done = _in_stage(stage)
        # A request without a drafted answer cannot be ready, whoever asks.
        if fits and not (act is Act.MARK_READY and stage is Stage.RECEIVED):
            with entries_written() as written:
                _do(act, done, person(role))
            assert (len(written), misfits(written)) == (1, [])  # one act, one entry, and nobody's words in it
            assert again(done).request.stage in {stage, *STAGE_RULES[act].to_stages}
        else:
            with pytest.raises(Refusal):
                _do(act, done, person(role))


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_the_permission_functions_agree_with_the_tables(role: Role | None) -> None:
    user = person(role)
    for stage in Stage:
        request = _in_stage(stage).request
        item = item_of(request)
        said = {
            Act.ACKNOWLEDGE: user_can_acknowledge(user, request),
            Act.WRITE_MESSAGE: user_can_write_message(user, request),
            Act.MARK_READY: user_can_mark_ready(user, request),
            Act.DISCLOSE: user_can_disclose(user, request),
        }
        for act, may in said.items():
            assert may == (role in ROLES_FOR[act] and STAGE_RULES[act].allows(stage)), (act, stage)
        assert user_can_answer_item(user, item) == (
            role in ROLES_FOR[Act.ANSWER_ITEM] and stage in {Stage.RECEIVED, Stage.IN_HAND, Stage.DECIDED}
        )
        assert not user_can_withhold_item(user, item)
    assert user_can_read_requests(user) == (role in ROLES_FOR[Act.READ_REQUESTS])
    assert user_can_record_request(user) == (role in {Role.CASE_OFFICER, Role.ADMINISTRATOR})
    assert user_can_see_requester(user) == (role in {Role.CASE_OFFICER, Role.ADMINISTRATOR, Role.AUDITOR})


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_who_sends_lifts_and_conceals(role: Role | None) -> None:
    user = person(role)
    given_, kept_back = _in_stage(Stage.DECIDED).request, ask().request
    withhold(item_of(kept_back))
    refusal = domain.mark_answer_ready(kept_back, actor=person(Role.CASE_OFFICER))

    assert user_can_send_decision(user, given_.decisions.get()) == (role in {Role.CASE_OFFICER, Role.DECISION_MAKER})
    assert user_can_send_decision(user, refusal) == (role is Role.DECISION_MAKER)
    kept = Withholding.objects.filter(answer__item__request=refused().request).get()
    assert user_can_lift_withholding(user, kept) == (role is Role.DECISION_MAKER)
    assert user_can_conceal(user, disclosed().request) == (role in ROLES_FOR[Act.CONCEAL])


@pytest.mark.django_db
@pytest.mark.parametrize("stage", Stage)
def test_requesters_act_with_their_key_and_with_no_other(stage: Stage) -> None:
    sent, other = _in_stage(stage), ask()
    body()
    may = {
        Act.REPLY: requester_can_reply,
        Act.WITHDRAW: requester_can_withdraw,
        Act.CHOOSE_PRIVACY: requester_can_choose_privacy,
        Act.ASK_REVIEW: requester_can_ask_review,
    }
    assert set(may) == REQUESTER_ACTS
    for act, can in may.items():
        assert can(sent.secret, sent.request) == STAGE_RULES[act].allows(stage)
        assert not can(other.secret, sent.request)
        assert not can("", sent.request)


def test_every_act_of_officials_has_roles_and_no_act_of_requesters_has_any() -> None:
    assert set(ROLES_FOR) == set(Act) - REQUESTER_ACTS
    assert [act for act in Act if Role.AUDITOR in ROLES_FOR.get(act, ())] == [Act.READ_REQUESTS, Act.READ_RULES]
    assert all(ROLES_FOR[act] == {Role.REVIEWER} for act in REVIEWER_ACTS)
