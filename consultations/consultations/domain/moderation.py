"""What officials do with a submission: read it, publish it or say why not, single out points. Its words stay."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.acts import Act
from consultations.domain.commitments import admissibility_words
from consultations.domain.records import record_about_submission
from consultations.enums import ModerationReason, PointTarget, PublicationState, SubmissionState, Verb
from consultations.models import Measure, Point, Submission
from consultations.permissions import require_for_submission
from consultations.refusals import IncompleteError, WrongStateError


@transaction.atomic
def mark_read(submission: Submission, *, actor: Any, at: datetime | None = None) -> Submission:
    """Say that an official has read a submission.

    Side effects, in order: the submission is stored with when and by whom, the record gets an entry (not public).
    Raises PermissionDenied and WrongStateError.
    """
    moment = at or timezone.now()
    submission = locked(submission)
    require_for_submission(Act.MARK_READ, actor, submission, moment)
    submission.read_at = moment
    submission.read_by = actor
    submission.save()
    _record(Verb.SUBMISSION_READ, Act.MARK_READ, submission, actor, moment, public=False)
    return submission


@transaction.atomic
def publish_submission(
    submission: Submission, *, actor: Any, despite_suspicion: bool = False, at: datetime | None = None
) -> Submission:
    """Let the public read a submission, with or without a name, as its submitter wishes.

    Side effects, in order: the submission is stored, the record gets a public entry. Raises PermissionDenied,
    WrongStateError, and IncompleteError where it is held as suspicious and nobody confirmed having looked at it.
    """
    moment = at or timezone.now()
    submission = locked(submission)
    require_for_submission(Act.PUBLISH_SUBMISSION, actor, submission, moment)
    if submission.suspicion and not despite_suspicion:
        raise IncompleteError(
            _("This comment is held: %(suspicion)s. Read it, and confirm that a person wrote it.")
            % {"suspicion": submission.get_suspicion_display()}
        )
    submission.publication_state = PublicationState.PUBLISHED
    submission.published_at = moment
    submission.withheld_at = None
    submission.withheld_reason = ""
    submission.save()
    _record(
        Verb.SUBMISSION_PUBLISHED,
        Act.PUBLISH_SUBMISSION,
        submission,
        actor,
        moment,
        preference=submission.publication_preference,
    )
    return submission


@transaction.atomic
def withhold_submission(
    submission: Submission, *, actor: Any, reason: ModerationReason, at: datetime | None = None
) -> Submission:
    """Keep a submission from the public, for one of the published reasons; it is considered all the same.

    Side effects, in order: the submission is stored with the reason, its words untouched, a tombstone stands in its
    place, the record gets a public entry. Raises PermissionDenied and WrongStateError.
    """
    moment = at or timezone.now()
    submission = locked(submission)
    require_for_submission(Act.WITHHOLD_SUBMISSION, actor, submission, moment)
    submission.publication_state = PublicationState.WITHHELD
    submission.withheld_at = moment
    submission.withheld_reason = ModerationReason(reason)
    submission.published_at = None
    submission.save()
    _record(
        Verb.SUBMISSION_WITHHELD, Act.WITHHOLD_SUBMISSION, submission, actor, moment, reason=submission.withheld_reason
    )
    return submission


@transaction.atomic
def decide_admissibility(
    submission: Submission, *, actor: Any, admissible: bool, reason: str, at: datetime | None = None
) -> Submission:
    """Decide whether a submission that came late counts; the reason is public.

    Side effects, in order: the submission is stored with the reason, the record gets a public entry that commits to the
    reason. Raises PermissionDenied, WrongStateError, and IncompleteError without a reason.
    """
    moment = at or timezone.now()
    submission = locked(submission)
    require_for_submission(Act.DECIDE_ADMISSIBILITY, actor, submission, moment)
    if not reason.strip():
        raise IncompleteError(_("Say why this late comment counts, or does not: the reason is public."))
    submission.state = SubmissionState.ADMISSIBLE if admissible else SubmissionState.INADMISSIBLE
    submission.admissibility_reason = reason.strip()
    submission.save()
    record_about_submission(
        Verb.ADMISSIBILITY_DECIDED,
        submission,
        actor=actor,
        act=Act.DECIDE_ADMISSIBILITY,
        at=moment,
        facts={"state": submission.state},
        private=admissibility_words(submission),
    )
    return submission


@transaction.atomic
def add_point(
    submission: Submission, *, actor: Any, text: str, measure: Measure | None = None, at: datetime | None = None
) -> Point:
    """Single out a passage that raises a matter of its own; it must be the submitter's own words.

    Side effects, in order: the point is stored, the record gets an entry (not public). Raises PermissionDenied,
    WrongStateError, and IncompleteError where the passage is not in the submission.
    """
    moment = at or timezone.now()
    submission = locked(submission)
    require_for_submission(Act.ADD_POINT, actor, submission, moment)
    passage = " ".join(text.split())
    originals = [point.text for point in submission.points.filter(is_passage=False)]
    if not passage or not any(passage in " ".join(original.split()) for original in originals):
        raise IncompleteError(_("The passage must stand in the comment word for word."))
    if measure is not None and measure.docket_id != submission.docket_id:
        raise WrongStateError(_("This measure belongs to another consultation."))
    point = Point.objects.create(
        submission=submission,
        target=PointTarget.MEASURE if measure else PointTarget.WHOLE,
        measure=measure,
        measure_number=measure.number if measure else None,
        text=passage,
        is_passage=True,
        sort_order=submission.points.count(),
    )
    _record(Verb.POINT_ADDED, Act.ADD_POINT, submission, actor, moment, public=False, point=point.sort_order + 1)
    return point


def locked(submission: Submission) -> Submission:
    """Return the submission as it is stored, held against other writers until the transaction ends."""
    return (
        Submission.objects.select_for_update(of=("self",)).select_related("docket", "submitter").get(pk=submission.pk)
    )


def _record(
    verb: Verb, act: Act, submission: Submission, actor: Any, moment: datetime, *, public: bool = True, **facts: Any
) -> None:
    record_about_submission(verb, submission, actor=actor, act=act, at=moment, facts=facts, public=public)
