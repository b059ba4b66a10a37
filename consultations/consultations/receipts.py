"""The receipt of a comment: on the page, as a file, and again at any time with number and key."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext

from consultations.domain.letters import letter_context
from consultations.file_subject import files_of_submission
from consultations.models import Submission
from consultations.queries import point_topic


def receipt_lines(submission: Submission) -> list[str]:
    """Return what the comment contains, as sentences for the slip."""
    points = list(submission.points.all())
    lines = [
        ngettext("A comment with %(count)s point", "A comment with %(count)s points", len(points))
        % {"count": len(points)}
    ]
    lines += [point_topic(point) for point in points]
    lines.append(str(submission.get_publication_preference_display()))
    return lines


def receipt_text(submission: Submission, key: str) -> str:
    """Return the receipt as a plain text, with the words themselves and their hash."""
    context = letter_context(submission, secret=key)
    context |= {
        "submission": submission,
        "points": [(point_topic(point), point.text) for point in submission.points.all() if not point.is_passage],
        "files": files_of_submission(submission),
        "address": settings.BASE_URL + reverse("consultations:track"),
    }
    return render_to_string("consultations/receipt.txt", context)
