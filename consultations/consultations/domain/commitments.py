"""What entries about comments and consultations commit to, and how it is found again in the tables of this area.

The same function gives the words when an act is recorded and when the record is verified, so both see the same.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from consultations.domain.records import SUBMISSION
from consultations.enums import Verb
from consultations.models import Decision, Docket, Period, Submission
from design.texts import Texts
from files.domain import private_values_now as file_hashes
from ledger.canonical import canonical_json
from ledger.models import Entry

TEXT: Final = "text"
SUBMITTER: Final = "submitter"
DECISION: Final = "decision"
REASON: Final = "reason"
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


def admissibility_words(submission: Submission) -> dict[str, str]:
    """Return why a late comment counts, or does not."""
    return {REASON: submission.admissibility_reason}


def reason_words(reason: Texts) -> dict[str, str]:
    """Return why something was done, in all languages; nothing where nothing was said."""
    return {} if reason.is_empty else {REASON: canonical_json(vars(reason))}


def decision_words(decision: Decision) -> dict[str, str]:
    """Return what a published decision says, in all languages, with the considerations on which it is based.

    Why it was published before every point was answered is part of it, where that is so.
    """
    content: dict[str, object] = {
        "kind": decision.kind,
        "decided_on": decision.decided_on.isoformat(),
        **{name: vars(Texts.of(decision, name)) for name in _DECISION_TEXTS},
        "considerations": [
            {name: vars(Texts.of(consideration, name)) for name in ("heading", "text")}
            for consideration in decision.considerations.order_by("sort_order", "pk")
        ],
    }
    if decision.override_reason:
        content["override_reason"] = decision.override_reason
    return {DECISION: canonical_json(content)}


def words_behind_submission(entry: Entry) -> Mapping[str, str]:
    """Return the words now stored behind an entry about a comment."""
    submission = Submission.objects.filter(tracking_number=entry.subject_reference).select_related("submitter").first()
    if submission is None:
        return {}
    if entry.verb == Verb.ADMISSIBILITY_DECIDED:
        return admissibility_words(submission)
    return submission_words(submission)


def words_behind_docket(entry: Entry) -> Mapping[str, str]:
    """Return the words now stored behind an entry about a consultation."""
    docket = Docket.objects.filter(reference=entry.subject_reference).select_related("decision").first()
    if docket is None:
        return {}
    if entry.verb == Verb.DECISION_PUBLISHED:
        return decision_words(docket.decision) if hasattr(docket, "decision") else {}
    return reason_words(reason_behind(entry, docket, docket.windows))


def reason_behind(entry: Entry, docket: Docket, periods: Sequence[Period]) -> Texts:
    """Return why a consultation was extended, re-opened or discontinued, as its own tables say; else nothing."""
    if entry.verb == Verb.DOCKET_DISCONTINUED:
        return Texts.of(docket, "discontinued_reason")
    if entry.verb in {Verb.PERIOD_EXTENDED, Verb.DOCKET_REOPENED}:
        # Of a docket one period opens at an instant, and a row is never changed. The entry tells it in any zone.
        opening = datetime.fromisoformat(entry.facts["opens_at"])
        opened = next((each for each in periods if each.opens_at == opening), None)
        return Texts.of(opened, "reason") if opened else Texts()
    return Texts()
