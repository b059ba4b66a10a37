"""Wagtail's log of the admin: every act of an official, under words of ours, in the history of its subject.

The public record is the ledger, which names no person; this log says who it was, for colleagues and auditors.
"""

from collections.abc import Mapping
from typing import Any, Final

from wagtail.log_actions import log

from consultations.acts import Act
from consultations.enums import Verb
from consultations.models import Docket, Submission

_VERBS: Final[Mapping[Act, Verb]] = {
    Act.CREATE_DOCKET: Verb.DOCKET_CREATED,
    Act.CHANGE_DOCKET: Verb.DOCKET_CHANGED,
    Act.PLAN_PERIOD: Verb.PERIOD_ADDED,
    Act.PUBLISH_DOCKET: Verb.DOCKET_PUBLISHED,
    Act.EXTEND_PERIOD: Verb.PERIOD_EXTENDED,
    Act.REOPEN_DOCKET: Verb.DOCKET_REOPENED,
    Act.DISCONTINUE_DOCKET: Verb.DOCKET_DISCONTINUED,
    Act.RECORD_SUBMISSION: Verb.SUBMISSION_RECEIVED,
    Act.DECIDE_ADMISSIBILITY: Verb.ADMISSIBILITY_DECIDED,
    Act.PUBLISH_SUBMISSION: Verb.SUBMISSION_PUBLISHED,
    Act.WITHHOLD_SUBMISSION: Verb.SUBMISSION_WITHHELD,
    Act.RELEASE_FILE: Verb.FILE_RELEASED,
    Act.WITHDRAW_FILE: Verb.FILE_WITHDRAWN,
    Act.MARK_READ: Verb.SUBMISSION_READ,
    Act.ADD_POINT: Verb.POINT_ADDED,
    Act.ANSWER_POINT: Verb.POINT_ANSWERED,
    Act.PUBLISH_RESPONSES: Verb.RESPONSES_PUBLISHED,
    Act.DRAFT_DECISION: Verb.DECISION_DRAFTED,
    Act.PUBLISH_DECISION: Verb.DECISION_PUBLISHED,
}


def log_action_of(act: Act) -> str:
    """Return the name of an act in Wagtail's log."""
    return f"consultations.{act.value}"


def log_act(act: Act, subject: Docket | Submission, *, actor: Any) -> None:
    """Write an act into the history of its subject."""
    log(subject, log_action_of(act), user=actor, content_changed=act in {Act.CREATE_DOCKET, Act.CHANGE_DOCKET})


def register_log_actions(actions: Any) -> None:
    """Give every act its words in histories and in the site's report of changes."""
    for act, verb in _VERBS.items():
        actions.register_action(log_action_of(act), act.label, verb.label)
