"""What this area holds about people: comments and who sent them (`privacy.holdings`), and for how long."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, Final

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from consultations.domain.commitments import REASON
from consultations.domain.identity import erase_submitter, hide_submitter, words_of
from consultations.domain.letters import subject_of_submission
from consultations.domain.records import AREA, SUBMISSION
from consultations.enums import PublicationPreference
from consultations.models import Point, Submission
from consultations.queries import point_topic
from design.formats import format_instant
from privacy.blanking import blanked
from privacy.enums import Consequence
from privacy.holdings import Held, Holding, Part, Proof
from privacy.retaining import RetentionKind

SUBMITTERS: Final = "submission_identity"
WORDS: Final = "submission_words"


class SubmissionHolding(Holding):
    """Comments, with whoever sent them."""

    key: ClassVar = SUBMISSION
    area: ClassVar = AREA
    subject_kind: ClassVar = SUBMISSION
    title: ClassVar = _("Comments on proposals")
    what: ClassVar = _("Your words; and apart from them your name, organisation and e-mail address, if you gave them.")

    def find(self, proof: Proof) -> Iterable[Held]:
        """Return the comments sent with a proven address, and those whose key was given."""
        asked = Q(tracking_number__in=list(proof.keys))
        for address in proof.addresses:
            asked |= Q(submitter__email__iexact=address)
        found = Submission.objects.with_points().filter(asked).order_by("received_at", "pk")
        return [self.describe(each) for each in found if proof.opens(each) or proof.reads(each.email)]

    def by_reference(self, reference: str) -> Submission | None:
        """Return the comment with a tracking number."""
        return Submission.objects.with_points().filter(tracking_number=reference).first()

    def stored(self, held: Held) -> Held | None:
        """Return the comment as it is stored, locked."""
        locked = Submission.objects.with_points().select_for_update(of=("self",)).filter(pk=held.subject.pk).first()
        return self.describe(locked) if locked else None

    def describe(self, subject: Any) -> Held:
        """Return a comment as a thing held about its submitter."""
        who = subject.submitter
        points = [point for point in subject.points.all() if not point.is_passage]
        return Held(
            holding=self,
            subject=subject,
            reference=subject.tracking_number,
            title=_now("Comment %(number)s") % {"number": subject.tracking_number},
            url=reverse("consultations:tracking", args=[subject.tracking_number]),
            about=subject_of_submission(subject),
            is_identified=who is not None,
            kept_salts=_kept_salts(subject),
            erased_at=subject.identity_erased_at,
            shows_name=(
                who is not None
                and bool(who.display_name)
                and subject.publication_preference == PublicationPreference.WITH_NAME
            ),
            parts=[
                Part(_("Consultation"), subject.docket.title),
                Part(_("Received"), format_instant(subject.received_at)),
                *_identity_parts(subject),
                Part(_("You write as"), str(subject.get_submitter_type_display())),
                Part(_("Your wish"), str(subject.get_publication_preference_display())),
                Part(_("Publication"), str(subject.get_publication_state_display())),
                *(part for point in points for part in _point_parts(point)),
            ],
            data={
                "identity": {"name": who.name, "organisation": who.organisation, "email": who.email} if who else {},
                "identity_erased_at": subject.identity_erased_at,
                "number": subject.tracking_number,
                "consultation": subject.docket.reference,
                "proposal_version": subject.proposal_version.number,
                "received_at": subject.received_at,
                "way": subject.channel,
                "language": subject.language,
                "writes_as": subject.submitter_type,
                "wish": subject.publication_preference,
                "publication": subject.publication_state,
                "published_at": subject.published_at,
                "held_as_suspicious": subject.suspicion,
                "points": [_point_data(point) for point in points],
            },
            goes=[
                _("Your name, organisation and e-mail address."),
                _("Your address in the letters we sent you, and their words. You get no further letters."),
                _(
                    "The random numbers that tie your words to the sealed record: a receipt fetched from then on "
                    "proves them no longer. One that you have kept still does."
                ),
            ],
            stays=[
                _("Your words, word for word, and the answers: they are part of the public record of the decision."),
                _("That a name was erased here, and on which day. Number and key still open the comment."),
            ],
        )

    def erase(self, held: Held, *, at: datetime) -> None:
        """Remove the submitter."""
        erase_submitter(held.subject, at=at)

    def hide_name(self, held: Held, *, at: datetime) -> None:
        """Publish the comment without the name."""
        hide_submitter(held.subject)


def _kept_salts(submission: Submission) -> frozenset[str]:
    """Return what the authority stays held to: why a late comment counts, or does not, unless that names her."""
    reason = submission.admissibility_reason
    return frozenset({REASON} if blanked(reason, words_of(submission)) == reason else ())


def _identity_parts(submission: Submission) -> list[Part]:
    who = submission.submitter
    if submission.identity_erased_at is not None:
        return [Part(_("Who you are"), submission.tombstone)]
    if who is None:
        return [Part(_("Who you are"), _now("You did not say."))]
    given = [(_("Name"), who.name), (_("Organisation"), who.organisation), (_("E-mail address"), who.email)]
    return [Part(label, value) for label, value in given if value]


def _point_parts(point: Point) -> list[Part]:
    parts = [Part(point_topic(point), point.text, is_text=True)]
    answer = point.public_answer
    if answer is not None:
        words = "\n\n".join(text for text in (str(answer.get_disposition_display()), answer.reason) if text)
        parts.append(Part(_("Answer"), words, is_text=True))
    return parts


def _point_data(point: Point) -> dict[str, Any]:
    answer = point.public_answer
    return {
        "about": point.measure_code or point.target,
        "text": point.text,
        "answer": {
            "disposition": answer.disposition,
            "reason": answer.reason,
            "change_made": answer.change_made,
            "published_at": answer.published_at,
        }
        if answer
        else None,
    }


def _ended_before(cutoff: datetime) -> Iterable[Held]:
    """Return the comments with a submitter on consultations that came to their end before an instant."""
    ended = Coalesce("docket__discontinued_at", "docket__decision__published_at")
    over = Submission.objects.exclude(submitter=None).annotate(ended_at=ended).filter(ended_at__lt=cutoff)
    holding = SubmissionHolding()
    return [holding.describe(each) for each in over.with_points()]


SUBMITTERS_KEPT: Final = RetentionKind(
    key=SUBMITTERS,
    title=_("Who sent a comment: name, organisation and e-mail address"),
    counted_from=_("after the publication of the decision, or the early end of the consultation"),
    consequence=Consequence.ERASE_IDENTITY,
    due=_ended_before,
)
WORDS_KEPT: Final = RetentionKind(
    key=WORDS,
    title=_("What was said in a comment, and the answers to it"),
    counted_from="",
    consequence=Consequence.KEEP,
)
