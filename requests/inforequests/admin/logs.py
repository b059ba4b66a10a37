"""Wagtail's log of the admin: every act of an official or a reviewer, under words of ours, in the request's history.

The public record is the ledger, which names no person; this log says who it was, for colleagues and auditors.
"""

from collections.abc import Mapping
from typing import Any, Final

from wagtail.log_actions import log

from inforequests.acts import Act
from inforequests.enums import Verb
from inforequests.models import InformationRequest, ReviewCase

_VERBS: Final[Mapping[Act, Verb]] = {
    Act.RECORD_REQUEST: Verb.SUBMITTED,
    Act.ACKNOWLEDGE: Verb.ACKNOWLEDGED,
    Act.WRITE_MESSAGE: Verb.MESSAGE_SENT,
    Act.ANSWER_ITEM: Verb.ITEM_ANSWERED,
    Act.WITHHOLD_ITEM: Verb.ITEM_WITHHELD,
    Act.MARK_READY: Verb.ANSWER_READY,
    Act.SEND_ANSWER: Verb.SENT,
    Act.SEND_REFUSAL: Verb.SENT,
    Act.LIFT_WITHHOLDING: Verb.WITHHOLDING_LIFTED,
    Act.DISCLOSE: Verb.DISCLOSED,
    Act.CONCEAL: Verb.CONCEALED,
    Act.RECORD_REVIEW_STAGE: Verb.REVIEW_ADVANCED,
    Act.DECIDE_REVIEW: Verb.REVIEW_DECIDED,
}


def log_action_of(act: Act) -> str:
    """Return the name of an act in Wagtail's log."""
    return f"inforequests.{act.value}"


def log_act(act: Act, subject: InformationRequest | ReviewCase, *, actor: Any) -> None:
    """Write an act into the history of its subject."""
    log(subject, log_action_of(act), user=actor)


def register_log_actions(actions: Any) -> None:
    """Give every act its words in histories and in the site's report of changes."""
    for act, verb in _VERBS.items():
        actions.register_action(log_action_of(act), act.label, verb.label)
