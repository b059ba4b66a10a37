"""What entries about comments and decisions commit to, and how it is found again in the tables of this area.

The same function gives the words when an act is recorded and when the record is verified, so both see the same.
"""

from collections.abc import Mapping
from typing import Final

from consultations.domain.records import SUBMISSION
from consultations.enums import Verb
from consultations.models import Decision, Docket, Submission
from design.texts import Texts
from files.domain import private_values_now as file_hashes
from ledger.canonical import canonical_json
from ledger.models import Entry

TEXT: Final = "text"
SUBMITTER: Final = "submitter"
DECISION: Final = "decision"
_DECISION_TEXTS: Final = ("authority", "legal_basis", "summary", "register_change", "review")


def submission_words(submission: Submission) -> dict[str, str]:
    """Return what a comment says and who sent it, by name: `text` on the whole, `measure-2` on a measure, `submitter`.

    Of its files these are the hashes: `file-1` and so on.

    What was not said, and what has been erased, is not among them.
    """
    words = {TEXT: submission.text}
    for point in submission.points.all():
        if not point.is_passage and point.measure_number is not None:
            words[f"measure-{point.measure_number}"] = point.text
    if sender := submission.submitter:
        words[SUBMITTER] = canonical_json(
            {"name": sender.name, "organisation": sender.organisation, "email": sender.email}
        )
    words |= {name: sha256 or "" for name, sha256 in file_hashes(SUBMISSION, submission.tracking_number).items()}
    return {name: said for name, said in words.items() if said.strip()}


def decision_words(decision: Decision) -> dict[str, str]:
    """Return what a published decision says, in all languages, with the considerations on which it is based."""
    content = {
        "kind": decision.kind,
        "decided_on": decision.decided_on.isoformat(),
        **{name: vars(Texts.of(decision, name)) for name in _DECISION_TEXTS},
        "considerations": [
            {name: vars(Texts.of(consideration, name)) for name in ("heading", "text")}
            for consideration in decision.considerations.order_by("sort_order", "pk")
        ],
    }
    return {DECISION: canonical_json(content)}


def words_behind_submission(entry: Entry) -> Mapping[str, str]:
    """Return the words now stored behind an entry about a comment."""
    submission = Submission.objects.filter(tracking_number=entry.subject_reference).select_related("submitter").first()
    return submission_words(submission) if submission else {}


def words_behind_docket(entry: Entry) -> Mapping[str, str]:
    """Return the words now stored behind an entry about a consultation."""
    if entry.verb != Verb.DECISION_PUBLISHED:
        return {}
    docket = Docket.objects.filter(reference=entry.subject_reference).select_related("decision").first()
    return decision_words(docket.decision) if docket and hasattr(docket, "decision") else {}
