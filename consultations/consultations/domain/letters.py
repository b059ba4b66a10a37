"""What the letters of this area hold; their words are in `templates/notices/`."""

from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from consultations.models import Docket, Submission
from design.formats import format_instant
from design.languages import localised

RECEIVED: Final = "received"
ANSWERED: Final = "answered"
DECIDED: Final = "decided"


def subject_of_submission(submission: Submission) -> str:
    """Return what a letter about a submission is about, by which it is never written twice."""
    return f"submission:{submission.tracking_number}"


def subject_of_docket(docket: Docket) -> str:
    """Return what a letter about a docket is about."""
    return f"docket:{docket.reference}"


def letter_context(submission: Submission, **more: Any) -> dict[str, Any]:
    """Return what every letter to a submitter holds, in the language of the submission."""
    docket = submission.docket
    with translation.override(submission.language):
        return {
            "title": localised(docket, "title"),
            "authority": localised(docket, "authority"),
            "reference": docket.reference,
            "number": submission.tracking_number,
            "received_at": format_instant(submission.received_at),
            "page_url": settings.BASE_URL + docket.get_absolute_url(),
            "track_url": f"{settings.BASE_URL}{reverse('consultations:track')}?number={submission.tracking_number}",
            **more,
        }
