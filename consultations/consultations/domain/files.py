"""Letting the public have a file that came with a submission, and taking it back."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.acts import Act
from consultations.domain.moderation import locked
from consultations.domain.records import SUBMISSION, record_about_submission
from consultations.enums import Verb
from consultations.models import Submission
from consultations.permissions import require_for_submission
from consultations.refusals import WrongStateError
from files import domain as files
from files.models import StoredFile


@transaction.atomic
def release_file(submission: Submission, file: StoredFile, *, actor: Any, at: datetime | None = None) -> StoredFile:
    """Let the public have a rendition of a file, once the submission itself is public.

    Side effects, in order: the rendition is made and the file is stored as released, the record gets a public entry
    with the place and kind of the file: of its bytes it has the commitment already. Raises PermissionDenied,
    WrongStateError, and ReleaseRefusedError where the file is malicious, not scanned yet, or cannot be drawn.
    """
    moment = at or timezone.now()
    submission = _require(Act.RELEASE_FILE, submission, file, actor, moment)
    file = files.release_file(file, at=moment)
    _record(Act.RELEASE_FILE, submission, file, actor, moment)
    return file


@transaction.atomic
def withdraw_file(submission: Submission, file: StoredFile, *, actor: Any, at: datetime | None = None) -> StoredFile:
    """Take a file back from the public; at its address stands that it was there.

    Side effects, in order: the file is stored as withdrawn, the record gets a public entry. Raises PermissionDenied,
    WrongStateError, and ReleaseRefusedError where it is not public.
    """
    moment = at or timezone.now()
    submission = _require(Act.WITHDRAW_FILE, submission, file, actor, moment)
    file = files.withdraw_file(file)
    _record(Act.WITHDRAW_FILE, submission, file, actor, moment)
    return file


def _require(act: Act, submission: Submission, file: StoredFile, actor: Any, moment: datetime) -> Submission:
    submission = locked(submission)
    require_for_submission(act, actor, submission, moment)
    if (file.subject_kind, file.subject_reference) != (SUBMISSION, submission.tracking_number):
        raise WrongStateError(_("This file belongs to something else."))
    return submission


def _record(act: Act, submission: Submission, file: StoredFile, actor: Any, moment: datetime) -> None:
    verb = Verb.FILE_RELEASED if act is Act.RELEASE_FILE else Verb.FILE_WITHDRAWN
    facts = {"file": file.position, "rendition": file.rendition_kind}
    record_about_submission(verb, submission, actor=actor, act=act, at=moment, facts=facts)
