"""Answering points. An answer's draft and its publication are two acts with two dates."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.acts import Act
from consultations.domain.letters import ANSWERED, letter_context, subject_of_submission
from consultations.domain.records import record_about_docket, record_about_submission
from consultations.enums import DISPOSITIONS_WITH_REASON, Disposition, Verb
from consultations.models import Docket, OfficialResponse, Point, Submission
from consultations.permissions import require, require_for_submission
from consultations.refusals import IncompleteError, WrongStateError
from notices.domain import send_message


@transaction.atomic
def answer_point(
    point: Point,
    *,
    actor: Any,
    disposition: Disposition,
    reason: str = "",
    change_made: str = "",
    language: str = "",
    at: datetime | None = None,
) -> OfficialResponse:
    """Draft the answer to a point, or change the draft; by default in the language of the submission.

    Side effects, in order: the answer is stored, a submission that nobody had marked as read is so now, the record gets
    an entry (not public). Raises PermissionDenied, WrongStateError where the answer is published already, and
    IncompleteError where a reason is needed and missing.
    """
    moment = at or timezone.now()
    point = Point.objects.select_related("submission__docket", "submission__submitter").get(pk=point.pk)
    submission = point.submission
    require_for_submission(Act.ANSWER_POINT, actor, submission, moment)
    if point.public_answer is not None:
        raise WrongStateError(_("This answer is published: it stands as it is."))
    if disposition in DISPOSITIONS_WITH_REASON and not reason.strip():
        raise IncompleteError(
            _("Give a reason: an answer of “%(disposition)s” without one is no due account.")
            % {"disposition": Disposition(disposition).label}
        )
    answer = point.answer or OfficialResponse(point=point, drafted_at=moment, drafted_by=actor)
    answer.disposition = Disposition(disposition)
    answer.reason = reason.strip()
    answer.change_made = change_made.strip()
    answer.language = language or submission.language
    answer.answered_at = moment
    answer.save()
    if submission.read_at is None:
        submission.read_at = moment
        submission.read_by = actor
        submission.save(update_fields=["read_at", "read_by"])
    record_about_submission(
        Verb.POINT_ANSWERED,
        submission,
        actor=actor,
        act=Act.ANSWER_POINT,
        at=moment,
        facts={"point": point.sort_order + 1, "disposition": answer.disposition},
        public=False,
    )
    return answer


@transaction.atomic
def publish_responses(docket: Docket, *, actor: Any, at: datetime | None = None) -> int:
    """Publish every answer of a consultation that is ready; return how many.

    Side effects, in order: the answers are stored as published, every submitter with an e-mail address who was answered
    is written to once, the record gets a public entry. Raises PermissionDenied, WrongStateError, and
    IncompleteError where no answer is waiting.
    """
    moment = at or timezone.now()
    docket = Docket.objects.select_for_update().get(pk=docket.pk)
    require(Act.PUBLISH_RESPONSES, actor, docket, moment)
    published = publish_waiting_answers(docket, moment)
    if not published:
        raise IncompleteError(_("No answer is waiting for publication."))
    for submission in (
        Submission.objects.filter(points__response__in=published).select_related("docket", "submitter").distinct()
    ):
        _tell(submission, moment)
    record_about_docket(
        Verb.RESPONSES_PUBLISHED,
        docket,
        actor=actor,
        act=Act.PUBLISH_RESPONSES,
        at=moment,
        facts={"answers": len(published)},
    )
    return len(published)


def publish_waiting_answers(docket: Docket, moment: datetime) -> list[OfficialResponse]:
    """Store the unpublished answers of a docket as published and return them."""
    waiting = list(OfficialResponse.objects.unpublished().filter(point__submission__docket=docket))
    for answer in waiting:
        answer.published_at = moment
        answer.save(update_fields=["published_at"])
    return waiting


def _tell(submission: Submission, moment: datetime) -> None:
    if submission.email:
        send_message(
            to=submission.email,
            template="comment_answered",
            context=letter_context(submission),
            language=submission.language or settings.LANGUAGE_CODE,
            about=subject_of_submission(submission),
            reason=ANSWERED,
            at=moment,
        )
