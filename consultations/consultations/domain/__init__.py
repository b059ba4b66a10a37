"""What can be done with a consultation: every write is a function here, atomic, with one entry of the record.

Each function takes the state from the database, not from the object it is given, and returns the object as it is then
stored: go on with what is returned. `at` is for the demonstration and for tests; everybody else leaves it out.
"""

from consultations.domain.answers import answer_point, publish_responses
from consultations.domain.decisions import coverage_of, draft_decision, missing_for_decision, publish_decision
from consultations.domain.dockets import (
    change_docket,
    create_docket,
    discontinue_docket,
    missing_by_part,
    missing_for_publication,
    publish_docket,
)
from consultations.domain.files import release_file, withdraw_file
from consultations.domain.intake import Sent, receive_submission, sent_before
from consultations.domain.moderation import (
    add_point,
    decide_admissibility,
    mark_read,
    publish_submission,
    withhold_submission,
)
from consultations.domain.periods import add_period, extend_period, reopen_docket

__all__ = [
    "Sent",
    "add_period",
    "add_point",
    "answer_point",
    "change_docket",
    "coverage_of",
    "create_docket",
    "decide_admissibility",
    "discontinue_docket",
    "draft_decision",
    "extend_period",
    "mark_read",
    "missing_by_part",
    "missing_for_decision",
    "missing_for_publication",
    "publish_decision",
    "publish_docket",
    "publish_responses",
    "publish_submission",
    "receive_submission",
    "release_file",
    "reopen_docket",
    "sent_before",
    "withdraw_file",
    "withhold_submission",
]
