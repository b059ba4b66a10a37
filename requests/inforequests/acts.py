"""Who may do what with a request, and when: the acts, their roles, and the stages in which an act has its place.

These tables are the whole rule. `permissions.py` asks them for a person, the domain functions obey them, the tests walk
through every role, stage and act. What requesters do themselves needs the access key of their request, and no role.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from inforequests.enums import OPEN_STAGES, Stage


class Act(TextChoices):
    """What can be done; the labels are the words on buttons."""

    READ_REQUESTS = "read_requests", _("Read the requests")
    RECORD_REQUEST = "record_request", _("Enter a request that came another way")
    ACKNOWLEDGE = "acknowledge", _("Acknowledge the request")
    WRITE_MESSAGE = "write_message", _("Write to the requester")
    ANSWER_ITEM = "answer_item", _("Answer the question")
    WITHHOLD_ITEM = "withhold_item", _("Keep information back")
    MARK_READY = "mark_ready", _("Mark the answer as ready")
    SEND_ANSWER = "send_answer", _("Send the answer")
    SEND_REFUSAL = "send_refusal", _("Send an answer that keeps something back")
    LIFT_WITHHOLDING = "lift_withholding", _("Disclose what was kept back")
    DISCLOSE = "disclose", _("Publish in the disclosure log")
    CONCEAL = "conceal", _("Take from the disclosure log")
    # What the law of the Party says of requests, as this site holds it
    READ_RULES = "read_rules", _("Read who reviews, the grounds and the time limits")
    SET_RULES = "set_rules", _("Enter who reviews, the grounds and the time limits")
    # A reviewer’s, on the cases of a body whose member the person is
    READ_CASE = "read_case", _("Read the case")
    RECORD_REVIEW_STAGE = "record_review_stage", _("Record how far the review has got")
    DECIDE_REVIEW = "decide_review", _("Decide the review")
    # The requester’s own
    REPLY = "reply", _("Write a message")
    WITHDRAW = "withdraw", _("Withdraw the request")
    CHOOSE_PRIVACY = "choose_privacy", _("Choose who may read the answer")
    ASK_REVIEW = "ask_review", _("Ask for a review")


_HANDLE: Final = frozenset({Role.CASE_OFFICER, Role.ADMINISTRATOR})
_REVIEW: Final = frozenset({Role.REVIEWER})

ROLES_FOR: Final[Mapping[Act, frozenset[Role]]] = {
    Act.READ_REQUESTS: frozenset({Role.CASE_OFFICER, Role.DECISION_MAKER, Role.AUDITOR, Role.ADMINISTRATOR}),
    Act.RECORD_REQUEST: _HANDLE,
    Act.ACKNOWLEDGE: _HANDLE,
    Act.WRITE_MESSAGE: _HANDLE,
    Act.ANSWER_ITEM: _HANDLE,
    Act.WITHHOLD_ITEM: _HANDLE,
    Act.MARK_READY: _HANDLE,
    Act.SEND_ANSWER: frozenset({Role.CASE_OFFICER, Role.DECISION_MAKER}),
    # To keep information back is a decision; an administrator and a case officer do not decide (accounts/roles.py).
    Act.SEND_REFUSAL: frozenset({Role.DECISION_MAKER}),
    Act.LIFT_WITHHOLDING: frozenset({Role.DECISION_MAKER}),
    Act.DISCLOSE: frozenset({Role.CASE_OFFICER, Role.DECISION_MAKER, Role.ADMINISTRATOR}),
    Act.CONCEAL: frozenset({Role.CASE_OFFICER, Role.DECISION_MAKER, Role.ADMINISTRATOR}),
    Act.READ_RULES: frozenset({Role.AUDITOR, Role.ADMINISTRATOR}),
    Act.SET_RULES: frozenset({Role.ADMINISTRATOR}),
    Act.READ_CASE: _REVIEW,
    Act.RECORD_REVIEW_STAGE: _REVIEW,
    Act.DECIDE_REVIEW: _REVIEW,
}

# What the requester does with the access key, and with no role.
REQUESTER_ACTS: Final = frozenset({Act.REPLY, Act.WITHDRAW, Act.CHOOSE_PRIVACY, Act.ASK_REVIEW})
REVIEWER_ACTS: Final = frozenset({Act.READ_CASE, Act.RECORD_REVIEW_STAGE, Act.DECIDE_REVIEW})


@dataclass(frozen=True)
class StageRule:
    """The stages in which an act has its place, where it leads, and what is said otherwise."""

    stages: frozenset[Stage]
    refusal: Promise
    to_stages: frozenset[Stage] = frozenset()

    def allows(self, stage: str) -> bool:
        """Return whether the act has a place in this stage."""
        return stage in self.stages


_OPEN: Final = frozenset(OPEN_STAGES)
_NOT_WITHDRAWN: Final = frozenset(Stage) - {Stage.WITHDRAWN}
_OVER: Final = _("The request is answered or withdrawn: nothing of it is waiting any more.")
_GONE: Final = _("The requester has withdrawn this request.")

STAGE_RULES: Final[Mapping[Act, StageRule]] = {
    Act.ACKNOWLEDGE: StageRule(
        frozenset({Stage.RECEIVED}),
        _("A request is acknowledged once, before anything else is done with it."),
        to_stages=frozenset({Stage.IN_HAND}),
    ),
    Act.WRITE_MESSAGE: StageRule(_NOT_WITHDRAWN, _GONE),
    Act.ANSWER_ITEM: StageRule(_OPEN, _OVER, to_stages=frozenset({Stage.IN_HAND})),
    Act.WITHHOLD_ITEM: StageRule(_OPEN, _OVER, to_stages=frozenset({Stage.IN_HAND})),
    Act.MARK_READY: StageRule(
        frozenset({Stage.RECEIVED, Stage.IN_HAND}),
        _("An answer is marked as ready once, while the request is in hand."),
        to_stages=frozenset({Stage.DECIDED}),
    ),
    Act.SEND_ANSWER: StageRule(
        frozenset({Stage.DECIDED}),
        _("An answer is sent once, when it is marked as ready."),
        to_stages=frozenset({Stage.SENT, Stage.IN_HAND}),
    ),
    Act.SEND_REFUSAL: StageRule(
        frozenset({Stage.DECIDED}),
        _("An answer is sent once, when it is marked as ready."),
        to_stages=frozenset({Stage.SENT, Stage.IN_HAND}),
    ),
    Act.LIFT_WITHHOLDING: StageRule(_NOT_WITHDRAWN, _GONE),
    Act.DISCLOSE: StageRule(
        frozenset({Stage.SENT}), _("A request is published when everything in it is answered, and never before.")
    ),
    Act.REPLY: StageRule(_NOT_WITHDRAWN, _("You have withdrawn this request. You can ask again at any time.")),
    Act.WITHDRAW: StageRule(
        _OPEN,
        _("This request is answered or withdrawn already: there is nothing to withdraw."),
        to_stages=frozenset({Stage.WITHDRAWN}),
    ),
    Act.CHOOSE_PRIVACY: StageRule(
        _NOT_WITHDRAWN, _("You have withdrawn this request: nothing of it will be published.")
    ),
    Act.ASK_REVIEW: StageRule(_NOT_WITHDRAWN, _("You have withdrawn this request. You can ask again at any time.")),
}
