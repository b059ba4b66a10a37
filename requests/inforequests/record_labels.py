"""How the record's pages tell the acts of this area."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from inforequests.domain.commitments import ANSWER, REASONS, REQUESTER, TEXT
from inforequests.domain.records import REQUEST
from inforequests.enums import (
    AnswerPrivacy,
    ClockKind,
    Disposition,
    GroundCode,
    Limb,
    MessageKind,
    ReviewOutcome,
    ReviewStage,
    Verb,
    WithheldType,
)
from inforequests.models import DeadlineRule, Disclosure
from ledger.labels import AreaLabels, Subject
from privacy.enums import Cause


def request_address(number: str) -> str:
    """Return the address of a published request; nothing where the public sees none. One query."""
    disclosure = Disclosure.objects.filter(request__tracking_number=number).select_related("request").first()
    return disclosure.get_absolute_url() if disclosure else ""


def rule_in_words(code: str) -> str:
    """Return the provision of a rule on time limits; nothing where it is gone. One query."""
    rule = DeadlineRule.objects.filter(code=code).first()
    return rule.citation if rule else ""


LABELS: Final = AreaLabels(
    title=_("Requests for information"),
    verbs=dict(Verb.choices),
    subjects={REQUEST: Subject(pgettext_lazy("subject of the record", "request"), request_address)},
    facts={
        "cause": _("Why it was erased"),
        "clock": _("What the last day is for"),
        "complied": _("Reviews complied with by it"),
        "comply_by": _("To be complied with by"),
        "decision": _("Number of the answer"),
        "ground": _("Ground for keeping back"),
        "in_part": _("Answers part of the questions"),
        "item": _("Question"),
        "items": _("Questions"),
        "kind": _("Kind"),
        "last_day": _("Last day for the answer"),
        "limb": _("Reason for the review"),
        "outcome": _("Outcome"),
        "privacy": _("Who may read it"),
        "received_at": _("Received"),
        "repeats": _("Done again after a restoration; first done on"),
        "reopened": _("Questions to be answered anew"),
        "review": _("Review"),
        "rule": _("Rule"),
        "stage": _("Stage"),
        "submitted_at": _("Submitted"),
        "unanswered": _("Questions without an answer"),
        "withheld_type": _("Type of information"),
    },
    choices={
        "cause": [Cause],
        "clock": [ClockKind],
        "ground": [GroundCode],
        "items": [Disposition],
        "kind": [MessageKind],
        "limb": [Limb],
        "outcome": [ReviewOutcome],
        "privacy": [AnswerPrivacy],
        "stage": [ReviewStage],
        "withheld_type": [WithheldType],
    },
    find_words={"rule": rule_in_words},
    commitments={
        TEXT: _("The words of the requester"),
        REQUESTER: _("Who asked"),
        ANSWER: _("The answer, with everything kept back and why"),
        REASONS: _("The reasons of the review"),
        "file": _("File"),
    },
)
