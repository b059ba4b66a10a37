"""The record of events, told as the lines of a timeline."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.domain.commitments import reason_behind
from consultations.domain.records import DOCKET, SUBMISSION
from consultations.enums import ModerationReason, Verb
from consultations.models import Docket, Period, Submission
from design.formats import format_instant
from design.languages import current_code
from ledger.domain import PUBLIC_ACTOR, SYSTEM_ACTOR
from ledger.models import Entry

# What a sender reads about the own comment.
_TO_SENDER: Final[dict[Verb, Promise]] = {
    Verb.SUBMISSION_RECEIVED: gettext_lazy("Your comment was received."),
    Verb.ADMISSIBILITY_DECIDED: gettext_lazy("It was decided whether your late comment counts."),
    Verb.SUBMISSION_PUBLISHED: gettext_lazy("Your comment was published."),
    Verb.SUBMISSION_WITHHELD: gettext_lazy("Your comment was withheld from publication."),
    Verb.FILE_RELEASED: gettext_lazy("A file of yours was made public."),
    Verb.FILE_WITHDRAWN: gettext_lazy("A file of yours was taken back from the public."),
    Verb.SUBMISSION_READ: gettext_lazy("Your comment was read."),
    Verb.NAME_HIDDEN: gettext_lazy("Your name was taken out of what is published."),
    Verb.IDENTITY_ERASED: gettext_lazy("Your name and your addresses were erased; your words stay."),
    Verb.POINT_ANSWERED: gettext_lazy("An answer to your comment was drafted."),
}


def lines_for_public(docket: Docket) -> list[dict[str, Any]]:
    """Return what happened to a consultation, as everybody may read it; two queries."""
    entries = Entry.objects.about(DOCKET, docket.reference).public()
    return _lines_of_docket(entries, docket)


def lines_for_sender(submission: Submission) -> list[dict[str, Any]]:
    """Return what happened to a comment and to its consultation since, as its sender may read it; three queries."""
    own = Entry.objects.about(SUBMISSION, submission.tracking_number)
    since = Entry.objects.about(DOCKET, submission.docket.reference).public().filter(instant__gt=submission.received_at)
    lines = [
        _line(
            entry,
            submission.docket.authority,
            str(_TO_SENDER[Verb(entry.verb)]),
            you=_("you"),
            more=_more_about_comment(entry),
        )
        for entry in own
        if entry.verb in _TO_SENDER
    ]
    return lines + _lines_of_docket(since, submission.docket)


def _lines_of_docket(entries: Iterable[Entry], docket: Docket) -> list[dict[str, Any]]:
    periods = docket.windows
    return [
        _line(entry, docket.authority, str(Verb(entry.verb).label), more=more_about(entry, docket, periods))
        for entry in entries
    ]


def _line(entry: Entry, authority: str, text: str, *, you: str = "", more: str = "") -> dict[str, Any]:
    actors = {PUBLIC_ACTOR: you or _("the public"), SYSTEM_ACTOR: _("the system")}
    return {
        "instant": entry.instant,
        "actor": actors.get(entry.actor_role, authority),
        "text": f"{text} {more}".strip(),
    }


def _more_about_comment(entry: Entry) -> str:
    """Return what the facts of an entry about a comment add to its sentence."""
    if entry.verb == Verb.SUBMISSION_WITHHELD:
        return _("Reason: %(reason)s.") % {"reason": ModerationReason(entry.facts["reason"]).label}
    return ""


def more_about(entry: Entry, docket: Docket, periods: Sequence[Period]) -> str:
    """Return what its facts add to the sentence of an entry about a docket, and the reason that it commits to."""
    said = []
    if entry.verb in {Verb.PERIOD_EXTENDED, Verb.DOCKET_REOPENED}:
        closing = format_instant(datetime.fromisoformat(entry.facts["closes_at"]))
        said.append(_("Comments close on %(closing)s.") % {"closing": closing})
    if entry.verb in {Verb.DOCKET_PUBLISHED, Verb.PROPOSAL_CHANGED}:
        said.append(_("Version %(number)s of the proposal.") % {"number": entry.facts["version"]})
    if words := reason_behind(entry, docket, periods).by_code[current_code()]:
        said.append(_("Reason: %(reason)s") % {"reason": words})
    return " ".join(said)
