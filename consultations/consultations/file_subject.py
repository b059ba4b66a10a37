"""Submissions and the room of files: who may read the files that came with one, and how lists get them."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from consultations.domain.records import SUBMISSION
from consultations.models import Submission
from consultations.models.submissions import SubmissionQuerySet
from consultations.permissions import user_can_read_file
from files.models import StoredFile
from files.queries import WithReleasedFiles, files_of, released_files_of


def submission_is_public(number: str) -> bool:
    """Return whether the public may read a submission."""
    return Submission.objects.published().filter(tracking_number=number).exists()


def user_can_read_submission(user: Any, number: str) -> bool:
    """Return whether an official may read a submission, and so the originals of its files."""
    submission = Submission.objects.select_related("docket").filter(tracking_number=number).first()
    return submission is not None and user_can_read_file(user, submission.docket)


def files_of_submission(submission: Submission) -> list[StoredFile]:
    """Return all files that came with a submission, for its sender and for officials; one query."""
    return files_of(SUBMISSION, submission.tracking_number)


def released_files(numbers: Iterable[str]) -> dict[str, list[StoredFile]]:
    """Return the files that the public may have, by the tracking number of their submission; one query."""
    return released_files_of(SUBMISSION, numbers)


def with_files(rows: SubmissionQuerySet) -> WithReleasedFiles[Submission]:
    """Return a list of submissions of which each has its `released_files`."""
    return WithReleasedFiles(rows, SUBMISSION, lambda submission: submission.tracking_number)


def public_address(file: StoredFile) -> str:
    """Return the whole address at which everybody can have a released file."""
    return settings.BASE_URL + reverse("files:released", args=[file.code])
