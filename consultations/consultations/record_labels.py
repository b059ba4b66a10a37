"""How the record's pages tell the acts of this area."""

from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.domain.commitments import DECISION, REASON, SUBMITTER, TEXT
from consultations.domain.records import DOCKET, SUBMISSION
from consultations.enums import (
    Channel,
    DecisionKind,
    Disposition,
    ModerationReason,
    PublicationPreference,
    SubmissionState,
    Verb,
)
from consultations.models import Docket, Submission
from files.enums import Kind
from ledger.labels import AreaLabels, Subject
from privacy.enums import Cause


def docket_address(reference: str) -> str:
    """Return the address of a published consultation; nothing where the public sees none. One query."""
    docket = Docket.objects.filter(reference=reference).first()
    return docket.get_absolute_url() if docket and docket.is_published else ""


def submission_address(number: str) -> str:
    """Return the address of a published comment; nothing where the public sees none. One query."""
    submission = Submission.objects.filter(tracking_number=number).select_related("docket").first()
    if submission is None or not submission.is_public:
        return ""
    return reverse("consultations:submission", args=[submission.docket.slug, number])


LABELS: Final = AreaLabels(
    title=_("Consultations"),
    verbs=dict(Verb.choices),
    subjects={
        DOCKET: Subject(pgettext_lazy("subject of the record", "consultation"), docket_address),
        SUBMISSION: Subject(pgettext_lazy("subject of the record", "comment"), submission_address),
    },
    facts={
        "answers": _("Answers published"),
        "answers_published_with_it": _("Answers published with it"),
        "cause": _("Why it was erased"),
        "channel": _("How it came"),
        "closes_at": _("Comments close"),
        "decided_on": _("Decided on"),
        "docket": _("Consultation"),
        "file": _("File"),
        "kind": _("Decision"),
        "late": _("Came late"),
        "opens_at": _("Comments open"),
        "points": _("Points"),
        "points_left_out": _("Points without an answer"),
        "preference": _("Wish about publication"),
        "proposal_version": _("Version of the proposal"),
        "reason": _("Reason"),
        "received_at": _("Received"),
        "repeats": _("Done again after a restoration; first done on"),
        "rendition": _("Kind of file"),
        "sha256": _("Fingerprint of the proposal (SHA-256)"),
        "state": _("Counts"),
        "submitters_told": _("Senders who were written to"),
        "version": _("Version of the proposal"),
        "zone": _("Time zone"),
    },
    choices={
        "cause": [Cause],
        "channel": [Channel],
        "disposition": [Disposition],
        "kind": [DecisionKind],
        "preference": [PublicationPreference],
        "reason": [ModerationReason],
        "rendition": [Kind],
        "state": [SubmissionState],
    },
    commitments={
        TEXT: _("The comment on the whole"),
        "measure": _("The comment on measure"),
        SUBMITTER: _("Who sent it"),
        DECISION: _("The decision, with its considerations"),
        REASON: _("The reason"),
        "file": _("File"),
    },
)
