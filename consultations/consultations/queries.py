"""What the pages and the API read of consultations, each with a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from consultations.enums import Disposition, PublicationPreference, PublicationState, SubmissionState
from consultations.measures import measure_label
from consultations.models import Docket, FrozenFile, OfficialResponse, Point, ProposalVersion, Submission
from consultations.models.submissions import PointQuerySet, SubmissionQuerySet
from design.languages import current_code

_TONES: Final = {
    Disposition.ACCEPTED: "done",
    Disposition.ACCEPTED_IN_PART: "done",
    Disposition.NOT_ACCEPTED: "closed",
}


@dataclass(frozen=True)
class SubmissionCounts:
    """How many comments came, and what became of their publication; the parts always add up."""

    received: int
    published: int
    withheld: int
    private: int
    pending: int


def submission_counts(docket: Docket) -> SubmissionCounts:
    """Return the numbers of a docket's comments; one query."""
    private = Q(publication_preference=PublicationPreference.NOT_PUBLISHED)
    withheld = Q(publication_state=PublicationState.WITHHELD)
    published = Q(publication_state=PublicationState.PUBLISHED)
    counted = Submission.objects.filter(docket=docket).aggregate(
        received=Count("pk"),
        published=Count("pk", filter=published),
        withheld=Count("pk", filter=withheld),
        private=Count("pk", filter=private & ~withheld),
        pending=Count("pk", filter=~published & ~withheld & ~private),
    )
    return SubmissionCounts(**counted)


def readable_submissions(docket: Docket) -> SubmissionQuerySet:
    """Return the published comments and the tombstones of the withheld ones, newest first."""
    states = (PublicationState.PUBLISHED, PublicationState.WITHHELD)
    return Submission.objects.filter(docket=docket, publication_state__in=states).with_points()


def matrix_points(docket: Docket) -> PointQuerySet:
    """Return the points that the public can read, in the order in which the matrix numbers them."""
    return (
        Point.objects.filter(submission__docket=docket)
        .public()
        .exclude(submission__state=SubmissionState.INADMISSIBLE)
        .in_matrix_order()
        .select_related(
            "submission__submitter",
            "submission__proposal_version",
            "measure__pollutant",
            "measure__activity",
            "response",
        )
    )


def matrix_rows(points: Iterable[Point], *, first_number: int = 1) -> list[dict[str, Any]]:
    """Return the rows of the matrix component; an answer appears once it is published."""
    return [matrix_row(point, number) for number, point in enumerate(points, start=max(first_number, 1))]


def matrix_row(point: Point, number: int) -> dict[str, Any]:
    """Return one row of the matrix component."""
    answer = point.public_answer
    return {
        "number": number,
        "topic": point_topic(point),
        "author": point.submission.public_author,
        "comment": point.text,
        "comment_language": point.submission.language,
        "answer": (answer.reason or _("The authority accepts this point.")) if answer else None,
        "answer_language": _language_of(answer) if answer else None,
        "disposition": answer.get_disposition_display() if answer else None,
        "change": answer.change_made if answer else None,
        "change_language": answer.language if answer else None,
        "tone": _TONES.get(Disposition(answer.disposition), "neutral") if answer else None,
        "anchor": f"point-{point.pk}",
    }


def _language_of(answer: OfficialResponse) -> str:
    """Return the language of the reason or, where an accepted point needs none, that of the reader."""
    return answer.language if answer.reason else current_code()


def point_topic(point: Point) -> str:
    """Return what a point is about; a measure that is gone is named as in the version that was commented on."""
    if point.measure_number is None:
        return _("The proposal as a whole")
    if point.measure is not None:
        return _("%(code)s: %(label)s") % {"code": point.measure.code, "label": measure_label(point.measure)}
    words = point.submission.proposal_version.content["words"].get(str(point.measure_number), {})
    label = words.get("label", {}).get(current_code(), "")
    return _("%(code)s (no longer proposed): %(label)s") % {"code": point.measure_code, "label": label}


@dataclass(frozen=True)
class Paper:
    """A paper of the dossier as the public downloads it."""

    title: str
    language: str
    file_name: str
    size_bytes: int
    sha256: str

    @property
    def language_name(self) -> str:
        """The name of its language, in that language."""
        return str(dict(settings.LANGUAGES)[self.language])


def papers_of(version: ProposalVersion) -> Sequence[Paper]:
    """Return the papers of a version, in its order; one query."""
    files = {frozen.sha256: frozen for frozen in FrozenFile.objects.filter(versions=version)}
    code = current_code()
    return [
        Paper(
            title=facts["title"][code] or facts["title"]["en"],
            language=facts["language"],
            file_name=facts["file_name"],
            size_bytes=files[facts["sha256"]].size_bytes,
            sha256=facts["sha256"],
        )
        for facts in version.content["documents"]
    ]
