"""Deciding: the decision with its considerations, and the gate that no point slips through (Art. 13(2)-(3))."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from consultations.acts import DOCKET_RULES, Act
from consultations.domain.answers import publish_waiting_answers
from consultations.domain.commitments import decision_words
from consultations.domain.dockets import language_names
from consultations.domain.letters import DECIDED, letter_context, subject_of_docket
from consultations.domain.records import record_about_docket
from consultations.domain.rows import order_rows
from consultations.enums import Verb
from consultations.models import Decision, Docket, Point, Submission
from consultations.permissions import require
from consultations.refusals import CoverageError, IncompleteError
from design.formats import date_of, format_number
from design.texts import Texts
from notices.domain import send_message

_TEXTS: Final[dict[str, Promise]] = {
    "authority": gettext_lazy("Who decided is missing in: %(languages)s."),
    "legal_basis": gettext_lazy("The legal basis is missing in: %(languages)s."),
    "summary": gettext_lazy("What was decided is missing in: %(languages)s."),
    "register_change": gettext_lazy("What changes in the register is missing in: %(languages)s."),
    "review": gettext_lazy("How to challenge the decision is missing in: %(languages)s."),
}


@dataclass(frozen=True)
class Coverage:
    """How completely the submissions of a docket have been considered."""

    submissions: int
    points: int
    unread: int
    unanswered: int
    undetermined: int

    @property
    def is_complete(self) -> bool:
        """Whether every submission is read and every point answered."""
        return not (self.unread or self.unanswered or self.undetermined)

    @property
    def gaps(self) -> list[str]:
        """A sentence for each thing left to do."""
        said = (
            (self.unread, ngettext("%(count)s comment is unread.", "%(count)s comments are unread.", self.unread)),
            (
                self.unanswered,
                ngettext("%(count)s point has no answer.", "%(count)s points have no answer.", self.unanswered),
            ),
            (
                self.undetermined,
                ngettext(
                    "Of %(count)s late comment nobody has decided whether it counts.",
                    "Of %(count)s late comments nobody has decided whether they count.",
                    self.undetermined,
                ),
            ),
        )
        return [words % {"count": format_number(count)} for count, words in said if count]


def coverage_of(docket: Docket) -> Coverage:
    """Return how completely the submissions of a docket have been considered; inadmissible ones do not count."""
    submissions = Submission.objects.filter(docket=docket).countable()
    points = Point.objects.filter(submission__docket=docket).countable()
    return Coverage(
        submissions=submissions.count(),
        points=points.count(),
        unread=submissions.unread().count(),
        unanswered=points.unanswered().count(),
        undetermined=submissions.undetermined().count(),
    )


@transaction.atomic
def draft_decision(docket: Docket, decision: Decision, *, actor: Any, at: datetime | None = None) -> Decision:
    """Store the draft of a decision (new, or changed), with its considerations held in memory.

    Side effects, in order: the decision is stored, the docket's handling becomes "decision drafted", the record gets an
    entry (not public). Raises PermissionDenied, WrongStateError and ValidationError.
    """
    moment = at or timezone.now()
    docket = Docket.objects.select_for_update().get(pk=docket.pk)
    require(Act.DRAFT_DECISION, actor, docket, moment)
    decision.docket = docket
    if decision.pk is None:
        decision.drafted_at = moment
        decision.drafted_by = actor
    order_rows(decision.considerations)
    decision.full_clean()
    decision.save()
    docket.handling_state = DOCKET_RULES[Act.DRAFT_DECISION].to_handling or docket.handling_state
    docket.save()
    record_about_docket(
        Verb.DECISION_DRAFTED, docket, actor=actor, act=Act.DRAFT_DECISION, at=moment, facts={}, public=False
    )
    return decision


def missing_for_decision(docket: Docket, at: datetime | None = None) -> list[str]:
    """Return a sentence for everything that a drafted decision lacks before publication, the coverage gate apart."""
    decision = getattr(docket, "decision", None)
    if decision is None:
        return [_("Draft the decision first.")]
    missing = [
        str(words) % {"languages": language_names(Texts.of(decision, name).missing)}
        for name, words in _TEXTS.items()
        if Texts.of(decision, name).missing
    ]
    considerations = list(decision.considerations.all())
    if not considerations:
        missing.append(_("Add at least one consideration: the law asks for the decision and for what it is based on."))
    missing += [
        _("Consideration %(number)s is not complete in all three languages.") % {"number": number}
        for number, consideration in enumerate(considerations, start=1)
        if Texts.of(consideration, "heading").missing or Texts.of(consideration, "text").missing
    ]
    if decision.decided_on > date_of(at or timezone.now()):
        missing.append(_("The decision is dated in the future."))
    return missing


@transaction.atomic
def publish_decision(docket: Docket, *, actor: Any, override_reason: str = "", at: datetime | None = None) -> Decision:
    """Publish the decision with its considerations, at the address of the consultation.

    Refused while a submission is unread or a point unanswered, unless `override_reason` says why; it is then public as
    a part of the decision, with the number of points left out.

    Side effects, in order: answers that wait are published, the decision is stored as published, the docket is decided,
    every submitter with an e-mail address is told once, the record gets a public entry. Raises PermissionDenied,
    WrongStateError, IncompleteError, and CoverageError with what is left to do.
    """
    moment = at or timezone.now()
    docket = Docket.objects.select_for_update().get(pk=docket.pk)
    require(Act.PUBLISH_DECISION, actor, docket, moment)
    missing = missing_for_decision(docket, moment)
    if missing:
        raise IncompleteError(*missing)
    coverage = coverage_of(docket)
    if not coverage.is_complete and not override_reason.strip():
        raise CoverageError(
            *coverage.gaps, _("Answer what is left, or say publicly why the decision is published before that.")
        )
    answers = publish_waiting_answers(docket, moment)
    decision = docket.decision
    decision.published_at = moment
    decision.published_by = actor
    if not coverage.is_complete:
        decision.override_reason = override_reason.strip()
        decision.points_left_out = coverage.unanswered
    decision.save()
    docket.handling_state = DOCKET_RULES[Act.PUBLISH_DECISION].to_handling or docket.handling_state
    docket.save()
    told = _tell_everybody(docket, decision, moment)
    record_about_docket(
        Verb.DECISION_PUBLISHED,
        docket,
        actor=actor,
        act=Act.PUBLISH_DECISION,
        at=moment,
        facts={
            "kind": decision.kind,
            "decided_on": decision.decided_on.isoformat(),
            "answers_published_with_it": len(answers),
            "points": coverage.points,
            "points_left_out": decision.points_left_out,
            "submitters_told": told,
        },
        private=decision_words(decision),
    )
    return decision


def _tell_everybody(docket: Docket, decision: Decision, moment: datetime) -> int:
    """Write to everybody who sent something and gave an address; an address that sent twice gets one letter."""
    told: set[str] = set()
    senders = Submission.objects.filter(docket=docket).exclude(submitter=None).exclude(submitter__email="")
    for submission in senders.select_related("docket", "submitter").order_by("received_at", "pk"):
        if submission.email not in told:
            told.add(submission.email)
            send_message(
                to=submission.email,
                template="decision_published",
                context=letter_context(submission, decision=decision),
                language=submission.language,
                about=subject_of_docket(docket),
                reason=DECIDED,
                at=moment,
            )
    return len(told)
