"""Who may do what, and when: the acts of officials, their roles, and the states in which an act has its place.

These tables are the whole rule. `permissions.py` asks them for a person, the domain functions obey them, the tests walk
through every role, state and act.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from consultations.enums import (
    UNDECIDED_STATES,
    EditorialState,
    HandlingState,
    PublicationState,
    SubmissionState,
    TimeState,
)


class Act(TextChoices):
    """What an official can do; the labels are the words on buttons."""

    READ_FILE = "read_file", _("Read the file")
    CREATE_DOCKET = "create_docket", _("Open a file")
    CHANGE_DOCKET = "change_docket", _("Change the file")
    PLAN_PERIOD = "plan_period", _("Set the comment period")
    PUBLISH_DOCKET = "publish_docket", _("Publish the consultation")
    EXTEND_PERIOD = "extend_period", _("Extend the comment period")
    REOPEN_DOCKET = "reopen_docket", _("Re-open the consultation")
    DISCONTINUE_DOCKET = "discontinue_docket", _("Discontinue the consultation")
    RECORD_SUBMISSION = "record_submission", _("Enter a comment that came another way")
    DECIDE_ADMISSIBILITY = "decide_admissibility", _("Decide whether a late comment counts")
    PUBLISH_SUBMISSION = "publish_submission", _("Publish the comment")
    WITHHOLD_SUBMISSION = "withhold_submission", _("Withhold the comment from publication")
    RELEASE_FILE = "release_file", _("Make the file public")
    WITHDRAW_FILE = "withdraw_file", _("Take the file back from the public")
    MARK_READ = "mark_read", _("Mark as read")
    ADD_POINT = "add_point", _("Take a point from the comment")
    ANSWER_POINT = "answer_point", _("Answer the point")
    PUBLISH_RESPONSES = "publish_responses", _("Publish the answers")
    DRAFT_DECISION = "draft_decision", _("Draft the decision")
    PUBLISH_DECISION = "publish_decision", _("Publish the decision")


_PREPARE: Final = frozenset({Role.EDITOR, Role.CASE_OFFICER, Role.ADMINISTRATOR})
_STEER: Final = frozenset({Role.DECISION_MAKER, Role.ADMINISTRATOR})
_HANDLE: Final = frozenset({Role.CASE_OFFICER, Role.ADMINISTRATOR})
_MODERATE: Final = frozenset({Role.CASE_OFFICER, Role.FACILITATOR, Role.ADMINISTRATOR})

ROLES_FOR: Final[Mapping[Act, frozenset[Role]]] = {
    Act.READ_FILE: frozenset(Role) - {Role.REVIEWER},
    Act.CREATE_DOCKET: _PREPARE,
    Act.CHANGE_DOCKET: _PREPARE,
    Act.PLAN_PERIOD: _PREPARE,
    Act.PUBLISH_DOCKET: _STEER,
    Act.EXTEND_PERIOD: _STEER,
    Act.REOPEN_DOCKET: _STEER,
    Act.DISCONTINUE_DOCKET: _STEER,
    Act.RECORD_SUBMISSION: _HANDLE,
    Act.DECIDE_ADMISSIBILITY: _HANDLE,
    Act.PUBLISH_SUBMISSION: _MODERATE,
    Act.WITHHOLD_SUBMISSION: _MODERATE,
    Act.RELEASE_FILE: _MODERATE,
    Act.WITHDRAW_FILE: _MODERATE,
    Act.MARK_READ: _HANDLE,
    Act.ADD_POINT: _HANDLE,
    Act.ANSWER_POINT: _HANDLE,
    Act.PUBLISH_RESPONSES: _HANDLE | {Role.DECISION_MAKER},
    Act.DRAFT_DECISION: frozenset({Role.CASE_OFFICER, Role.DECISION_MAKER}),
    # An administrator manages the site and does not decide (accounts/roles.py).
    Act.PUBLISH_DECISION: frozenset({Role.DECISION_MAKER}),
}


@dataclass(frozen=True)
class DocketRule:
    """The states of a docket in which an act has its place, where it leads, and what is said otherwise."""

    editorial: frozenset[EditorialState]
    handling: frozenset[HandlingState]
    time: frozenset[TimeState]
    refusal: Promise
    to_editorial: EditorialState | None = None
    to_handling: HandlingState | None = None

    def allows(self, editorial: str, handling: str, time: str) -> bool:
        """Return whether the act has a place in these three states."""
        return editorial in self.editorial and handling in self.handling and time in self.time


@dataclass(frozen=True)
class SubmissionRule:
    """The same for a submission: its publication and whether it counts, each an axis of its own."""

    states: frozenset[SubmissionState]
    publication: frozenset[PublicationState]
    refusal: Promise
    to_state: frozenset[SubmissionState] = frozenset()
    to_publication: PublicationState | None = None

    def allows(self, state: str, publication: str) -> bool:
        """Return whether the act has a place in these two states."""
        return state in self.states and publication in self.publication


_DRAFT: Final = frozenset({EditorialState.DRAFT})
_PUBLISHED: Final = frozenset({EditorialState.PUBLISHED})
_ANY_EDITORIAL: Final = frozenset(EditorialState)
_COLLECTING: Final = frozenset({HandlingState.COLLECTING})
_UNDECIDED: Final = frozenset(UNDECIDED_STATES)
_DRAFTED: Final = frozenset({HandlingState.DECISION_DRAFTED})
_ANY_HANDLING: Final = frozenset(HandlingState)
_NOT_DISCONTINUED: Final = _ANY_HANDLING - {HandlingState.DISCONTINUED}
_ANY_TIME: Final = frozenset(TimeState)
_OPEN: Final = frozenset({TimeState.OPEN})
_CLOSED: Final = frozenset({TimeState.CLOSED})
_BEGUN: Final = frozenset({TimeState.OPEN, TimeState.CLOSED})

_DECIDED_ALREADY: Final = _("The consultation has come to its end: nothing of it can be changed any more.")

DOCKET_RULES: Final[Mapping[Act, DocketRule]] = {
    Act.CHANGE_DOCKET: DocketRule(_ANY_EDITORIAL, _UNDECIDED, _ANY_TIME, _DECIDED_ALREADY),
    Act.PLAN_PERIOD: DocketRule(
        _DRAFT,
        _COLLECTING,
        _ANY_TIME,
        _("The first period is set before publication. After it, extend the period or re-open the consultation."),
    ),
    Act.PUBLISH_DOCKET: DocketRule(
        _DRAFT,
        _COLLECTING,
        _ANY_TIME,
        _("The consultation is published already."),
        to_editorial=EditorialState.PUBLISHED,
    ),
    Act.EXTEND_PERIOD: DocketRule(
        _PUBLISHED,
        _COLLECTING,
        frozenset({TimeState.ANNOUNCED, TimeState.OPEN}),
        _("Only a period that is not over can be extended. If it is over, re-open the consultation."),
    ),
    Act.REOPEN_DOCKET: DocketRule(
        _PUBLISHED,
        _UNDECIDED,
        _CLOSED,
        _("Only a consultation that is closed and not decided can be re-opened."),
        to_handling=HandlingState.COLLECTING,
    ),
    Act.DISCONTINUE_DOCKET: DocketRule(
        _PUBLISHED,
        _UNDECIDED,
        _ANY_TIME,
        _("Only a published consultation without a published decision can be discontinued."),
        to_handling=HandlingState.DISCONTINUED,
    ),
    Act.RECORD_SUBMISSION: DocketRule(
        _PUBLISHED,
        _UNDECIDED,
        _BEGUN,
        _("Comments can be entered from the day the consultation opens until its decision is published."),
    ),
    Act.DECIDE_ADMISSIBILITY: DocketRule(_PUBLISHED, _UNDECIDED, _ANY_TIME, _DECIDED_ALREADY),
    Act.PUBLISH_SUBMISSION: DocketRule(
        _PUBLISHED, _ANY_HANDLING, _ANY_TIME, _("Comments appear with the consultation: publish that first.")
    ),
    Act.WITHHOLD_SUBMISSION: DocketRule(
        _PUBLISHED, _ANY_HANDLING, _ANY_TIME, _("Comments appear with the consultation: publish that first.")
    ),
    Act.RELEASE_FILE: DocketRule(
        _PUBLISHED, _ANY_HANDLING, _ANY_TIME, _("Files appear with the consultation: publish that first.")
    ),
    Act.WITHDRAW_FILE: DocketRule(
        _PUBLISHED, _ANY_HANDLING, _ANY_TIME, _("Files appear with the consultation: publish that first.")
    ),
    Act.MARK_READ: DocketRule(_PUBLISHED, _ANY_HANDLING, _ANY_TIME, _("The consultation is not published yet.")),
    Act.ADD_POINT: DocketRule(_PUBLISHED, _UNDECIDED, _ANY_TIME, _DECIDED_ALREADY),
    Act.ANSWER_POINT: DocketRule(_PUBLISHED, _NOT_DISCONTINUED, _ANY_TIME, _DECIDED_ALREADY),
    Act.PUBLISH_RESPONSES: DocketRule(
        _PUBLISHED,
        _NOT_DISCONTINUED,
        _CLOSED,
        _("Answers are published when comments are closed, so that everybody is answered with the same knowledge."),
    ),
    Act.DRAFT_DECISION: DocketRule(
        _PUBLISHED,
        _UNDECIDED,
        _CLOSED,
        _("A decision is drafted when comments are closed and before it is published."),
        to_handling=HandlingState.DECISION_DRAFTED,
    ),
    Act.PUBLISH_DECISION: DocketRule(
        _PUBLISHED,
        _DRAFTED,
        _CLOSED,
        _("A decision is published once, when it is drafted and comments are closed."),
        to_handling=HandlingState.DECISION_PUBLISHED,
    ),
}

_ANY_STATE: Final = frozenset(SubmissionState)
_COUNTING: Final = frozenset({SubmissionState.ADMISSIBLE})
_ANY_PUBLICATION: Final = frozenset(PublicationState)

SUBMISSION_RULES: Final[Mapping[Act, SubmissionRule]] = {
    Act.DECIDE_ADMISSIBILITY: SubmissionRule(
        frozenset({SubmissionState.RECEIVED}),
        _ANY_PUBLICATION,
        _("Whether this comment counts is decided already."),
        to_state=frozenset({SubmissionState.ADMISSIBLE, SubmissionState.INADMISSIBLE}),
    ),
    Act.PUBLISH_SUBMISSION: SubmissionRule(
        _ANY_STATE,
        frozenset({PublicationState.PENDING, PublicationState.WITHHELD}),
        _("This comment is published already."),
        to_publication=PublicationState.PUBLISHED,
    ),
    Act.WITHHOLD_SUBMISSION: SubmissionRule(
        _ANY_STATE,
        frozenset({PublicationState.PENDING, PublicationState.PUBLISHED}),
        _("This comment is withheld already."),
        to_publication=PublicationState.WITHHELD,
    ),
    Act.RELEASE_FILE: SubmissionRule(
        _ANY_STATE,
        frozenset({PublicationState.PENDING, PublicationState.PUBLISHED}),
        _("This comment is withheld, and its files with it."),
    ),
    Act.WITHDRAW_FILE: SubmissionRule(_ANY_STATE, _ANY_PUBLICATION, _("This file is not public.")),
    Act.MARK_READ: SubmissionRule(_ANY_STATE, _ANY_PUBLICATION, _("This comment is read already.")),
    Act.ADD_POINT: SubmissionRule(_COUNTING, _ANY_PUBLICATION, _("Decide first whether this late comment counts.")),
    Act.ANSWER_POINT: SubmissionRule(_COUNTING, _ANY_PUBLICATION, _("Decide first whether this late comment counts.")),
}
