"""Taking what the public sends: whatever the form says, the server's clock decides."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.acts import Act
from consultations.domain.commitments import submission_words
from consultations.domain.letters import letter_context, subject_of_submission
from consultations.domain.records import SUBMISSION, record_about_submission
from consultations.enums import (
    Channel,
    NotOpenReason,
    PointTarget,
    PublicationPreference,
    SubmissionState,
    SubmitterType,
    Suspicion,
    Verb,
)
from consultations.models import Docket, Measure, Point, Submission, Submitter
from consultations.permissions import require
from consultations.refusals import IncompleteError, IntakeClosedError
from consultations.states import IntakeStatus, window_at
from design.formats import format_instant
from files.domain import bind_files
from files.models import StoredFile
from notices.domain import send_message
from tracking.numbers import derived_secret, new_secret, new_tracking_number, secret_digest

TRACKING_PREFIX: Final = "C"


@dataclass(frozen=True)
class Sent:
    """What intake gives back: the submission, the secret that only its sender learns, and whether it is new."""

    submission: Submission
    secret: str
    is_new: bool


def receive_submission(
    docket: Docket,
    *,
    language: str,
    publication_preference: PublicationPreference,
    text: str = "",
    measure_texts: Mapping[int, str] | None = None,
    submitter_type: SubmitterType = SubmitterType.ANONYMOUS,
    name: str = "",
    organisation: str = "",
    email: str = "",
    files: Sequence[StoredFile] = (),
    form_token: str = "",
    suspicion: Suspicion | None = None,
    channel: Channel = Channel.WEB,
    entered_by: Any = None,
    received_at: datetime | None = None,
    at: datetime | None = None,
) -> Sent:
    """Take a comment on the whole, on measures (by number), or on both.

    The same `form_token` again gives the first submission back, with the same secret, and nothing else happens: a
    second click on "Send". An official who enters what came another way is `entered_by` and gives `received_at`; what
    came outside every period is then taken as late and waits for a decision on whether it counts.

    `files` are held by `files.domain.hold_files`: their bytes are safe before anything is stored here.

    Side effects, in order: submitter, submission and one point for each text are stored, the files are bound to it, the
    record gets a public entry that commits to words, files and sender without telling them, and a receipt is written to
    the e-mail address, if one was given. All or nothing.

    Raises IntakeClosedError with the true reason, IncompleteError where there is no text, and FileGoneError where a
    file is no longer held.
    """
    moment = at or timezone.now()
    earlier = sent_before(form_token)
    if earlier is not None:
        return earlier
    secret = derived_secret(form_token) if form_token else new_secret()
    texts = {number: words for number, words in (measure_texts or {}).items() if words.strip()}
    try:
        with transaction.atomic():
            is_late = _require_intake(docket, channel, entered_by, received_at, moment)
            if not text.strip() and not texts:
                raise IncompleteError(_("Write at least one comment: on a measure, or on the proposal as a whole."))
            submission = _store(
                docket,
                secret=secret,
                form_digest=_digest_of(form_token),
                received_at=received_at or moment,
                received_late=is_late,
                state=SubmissionState.RECEIVED if is_late else SubmissionState.ADMISSIBLE,
                submitter=_submitter(name, organisation, email),
                text=text,
                measure_texts=texts,
                files=files,
                language=language,
                publication_preference=publication_preference,
                submitter_type=submitter_type,
                suspicion=suspicion or "",
                channel=channel,
                entered_by=entered_by,
            )
            _record(submission, entered_by, moment)
            _send_receipt(submission, secret, moment)
    except IntegrityError:
        # Two clicks at the same instant: the other one was first.
        earlier = sent_before(form_token)
        if earlier is None:
            raise
        return earlier
    return Sent(submission, secret, is_new=True)


def intake_refusal(status: IntakeStatus) -> str:
    """Return the sentence that says why no comment is taken; nothing where one is."""
    if status.reason is None:
        return ""
    opening = format_instant(status.opens_at) if status.opens_at else ""
    closing = format_instant(status.closes_at) if status.closes_at else ""
    if status.reason is NotOpenReason.NOT_OPEN_YET and opening:
        return _("Comments are not open yet. They open on %(opening)s.") % {"opening": opening}
    if status.reason is NotOpenReason.CLOSED and closing:
        return _("Comments closed on %(closing)s.") % {"closing": closing}
    return {
        NotOpenReason.NOT_PUBLISHED: _("This consultation is not published."),
        NotOpenReason.NOT_OPEN_YET: _("Comments are not open yet."),
        NotOpenReason.CLOSED: _("Comments are closed."),
        NotOpenReason.DISCONTINUED: _("This consultation was discontinued: no comments are taken any more."),
    }[status.reason]


def sent_before(form_token: str) -> Sent | None:
    """Return what was taken with the token of a form; None where nothing was."""
    if not form_token:
        return None
    found = Submission.objects.select_related("docket", "submitter").filter(form_digest=_digest_of(form_token)).first()
    return Sent(found, derived_secret(form_token), is_new=False) if found else None


def _digest_of(form_token: str) -> str | None:
    return hashlib.sha256(form_token.encode()).hexdigest() if form_token else None


def _require_intake(
    docket: Docket, channel: Channel, entered_by: Any, received_at: datetime | None, moment: datetime
) -> bool:
    """Insist that the docket takes this comment, by its stored state; return whether it came late."""
    stored = Docket.objects.get(pk=docket.pk)
    if channel is Channel.WEB:
        status = stored.intake_status(moment)
        if status.reason is not None:
            raise IntakeClosedError(status.reason, intake_refusal(status))
        return False
    require(Act.RECORD_SUBMISSION, entered_by, stored, moment)
    arrived = received_at or moment
    if arrived > moment:
        raise IncompleteError(_("A comment cannot have come in the future: correct the day and time of receipt."))
    if stored.published_at and arrived < stored.published_at:
        raise IncompleteError(_("A comment cannot have come before the consultation was published."))
    return window_at(stored.windows, arrived) is None


def _submitter(name: str, organisation: str, email: str) -> Submitter | None:
    if not (name or organisation or email):
        return None
    return Submitter.objects.create(name=name, organisation=organisation, email=email)


def _store(
    docket: Docket,
    *,
    secret: str,
    text: str,
    measure_texts: Mapping[int, str],
    files: Sequence[StoredFile],
    **fields: Any,
) -> Submission:
    """Store the submission and one point for each text in it, under a new number, with its files."""
    version = docket.current_proposal
    if version is None:
        raise IntakeClosedError(NotOpenReason.NOT_PUBLISHED, _("This consultation is not published."))
    number = new_tracking_number(TRACKING_PREFIX)
    submission = Submission.objects.create(
        docket=docket,
        proposal_version=version,
        tracking_number=number,
        secret_digest=secret_digest(secret, number),
        text=text,
        **fields,
    )
    measures = {measure.number: measure for measure in Measure.objects.filter(docket=docket)}
    points = [
        Point(
            submission=submission,
            target=PointTarget.MEASURE,
            measure=measures[measure_number],
            measure_number=measure_number,
            text=words,
        )
        for measure_number, words in sorted(measure_texts.items())
    ]
    if text.strip():
        points.append(Point(submission=submission, target=PointTarget.WHOLE, text=text))
    for position, point in enumerate(points):
        point.sort_order = position
        point.save()
    bind_files(files, subject_kind=SUBMISSION, subject_reference=number)
    return submission


def _record(submission: Submission, entered_by: Any, moment: datetime) -> None:
    record_about_submission(
        Verb.SUBMISSION_RECEIVED,
        submission,
        actor=entered_by,
        act=Act.RECORD_SUBMISSION if entered_by else None,
        at=moment,
        facts={
            "channel": submission.channel,
            "received_at": submission.received_at.isoformat(),
            "late": submission.received_late,
            "proposal_version": submission.proposal_version.number,
        },
        private=submission_words(submission),
    )


def _send_receipt(submission: Submission, secret: str, moment: datetime) -> None:
    """Write the receipt; where no address was given, the ledger of letters says so."""
    send_message(
        to=submission.email,
        template="comment_received",
        context=letter_context(submission, secret=secret),
        language=submission.language,
        about=subject_of_submission(submission),
        reason="received",
        at=moment,
    )
