"""Taking the submitter out of a comment: the words, the points and their answers stay."""

from datetime import datetime

from consultations.enums import PublicationPreference
from consultations.models import Submission


def erase_submitter(submission: Submission, *, at: datetime) -> Submission:
    """Remove who sent a comment; called by the one place that erases, which writes the record (`privacy.domain`).

    Side effects, in order: the submission forgets its submitter and remembers the day, the submitter is deleted.
    """
    submitter = submission.submitter
    submission.submitter = None
    submission.identity_erased_at = at
    submission.save(update_fields=["submitter", "identity_erased_at"])
    if submitter is not None:
        submitter.delete()
    return submission


def hide_submitter(submission: Submission) -> Submission:
    """Publish a comment without the name from now on; the authority still knows it.

    Side effects: the submission is stored with the wish.
    """
    submission.publication_preference = PublicationPreference.WITHOUT_NAME
    submission.save(update_fields=["publication_preference"])
    return submission
