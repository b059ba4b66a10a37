"""Taking the submitter out of a comment: the words, the points and their answers stay."""

from datetime import datetime

from consultations.enums import PublicationPreference
from consultations.models import Submission
from privacy.blanking import blanked


def erase_submitter(submission: Submission, *, at: datetime) -> Submission:
    """Remove who sent a comment; called by the one place that erases, which writes the record (`privacy.domain`).

    Side effects, in order: name and addresses are taken out of the reason why it counts, where they stand in it (what
    the submitter wrote is the record, and stays as it is); the submission forgets its submitter and remembers the day,
    the submitter is deleted.
    """
    submitter = submission.submitter
    submission.admissibility_reason = blanked(submission.admissibility_reason, words_of(submission))
    submission.submitter = None
    submission.identity_erased_at = at
    submission.save(update_fields=["admissibility_reason", "submitter", "identity_erased_at"])
    if submitter is not None:
        submitter.delete()
    return submission


def words_of(submission: Submission) -> list[str]:
    """Return the words by which a submitter is known: name, organisation, e-mail address."""
    submitter = submission.submitter
    return [submitter.name, submitter.organisation, submitter.email] if submitter else []


def hide_submitter(submission: Submission) -> Submission:
    """Publish a comment without the name from now on; the authority still knows it.

    Side effects: the submission is stored with the wish.
    """
    submission.publication_preference = PublicationPreference.WITHOUT_NAME
    submission.save(update_fields=["publication_preference"])
    return submission
