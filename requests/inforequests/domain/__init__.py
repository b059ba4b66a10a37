"""What can be done with a request: every write is a function here, atomic, with its entries of the record.

Each function takes the state from the database, not from the object it is given, and returns the object as it is then
stored: go on with what is returned. What requesters do asks for their access key (`key`), what officials and reviewers
do for the person (`actor`). `at` is for the demonstration and for tests; everybody else leaves it out.
"""

from inforequests.domain.answering import answer_item, draft_of, drop_withholding, withhold_item
from inforequests.domain.decisions import mark_answer_ready, missing_for_decision, send_decision
from inforequests.domain.disclosing import publish_in_disclosure_log, take_from_disclosure_log
from inforequests.domain.handling import (
    acknowledge_request,
    choose_privacy,
    mark_messages_read,
    receive_message,
    send_message_to_requester,
    withdraw_request,
)
from inforequests.domain.intake import Question, Sent, receive_request
from inforequests.domain.register import entry_of, lift_withholding
from inforequests.domain.reviews import decide_review, open_review, record_review_stage
from inforequests.domain.silence import record_silence, record_silences

__all__ = [
    "Question",
    "Sent",
    "acknowledge_request",
    "answer_item",
    "choose_privacy",
    "decide_review",
    "draft_of",
    "drop_withholding",
    "entry_of",
    "lift_withholding",
    "mark_answer_ready",
    "mark_messages_read",
    "missing_for_decision",
    "open_review",
    "publish_in_disclosure_log",
    "receive_message",
    "receive_request",
    "record_review_stage",
    "record_silence",
    "record_silences",
    "send_decision",
    "send_message_to_requester",
    "take_from_disclosure_log",
    "withdraw_request",
    "withhold_item",
]
