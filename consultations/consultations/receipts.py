"""Receipts of comments and of decisions: what they say, and on which act of the record they rest."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from consultations.domain.records import DOCKET, SUBMISSION
from consultations.enums import Verb
from consultations.file_subject import files_of_submission
from consultations.models import Decision, Docket, Submission
from consultations.queries import point_topic
from design.formats import format_date_long, format_instant, format_number
from files.queries import file_lines
from ledger.models import Entry
from receipts.kinds import Kind, Line, Slip, add_kind

COMMENT_KIND = "submission"
DECISION_KIND = "decision"


def receipt_lines(submission: Submission) -> list[str]:
    """Return what the comment contains, as sentences for the slip on the page."""
    points = _points(submission)
    return [
        _count(len(points)),
        *(point_topic(point) for point in points),
        *file_lines(files_of_submission(submission)),
        str(submission.get_publication_preference_display()),
    ]


def add_receipts() -> None:
    """Offer receipts of comments and of decisions."""
    add_kind(
        Kind(
            name=COMMENT_KIND,
            label=gettext_lazy("A comment on a proposal"),
            find=lambda number: Submission.objects.with_points().filter(tracking_number=number).first(),
            slip=_slip_of_comment,
            letter="C",
            subjects=_comments,
            ask_for_key="consultations:track",
        )
    )
    add_kind(
        Kind(
            name=DECISION_KIND,
            label=gettext_lazy("A decision on a proposal"),
            find=_decided,
            slip=_slip_of_decision,
        )
    )


def _comments() -> QuerySet[Any]:
    return Submission.objects.with_points()


def _slip_of_comment(submission: Submission) -> Slip | None:
    docket, points = submission.docket, _points(submission)
    entry = Entry.objects.about(SUBMISSION, submission.tracking_number).filter(verb=Verb.SUBMISSION_RECEIVED).first()
    if entry is None:
        return None
    return Slip(
        title=_("Receipt for your comment"),
        reference=submission.tracking_number,
        received=Line(_("Received"), format_instant(submission.received_at)),
        lines=[
            Line(_("Consultation"), f"{docket.title} ({docket.reference})"),
            Line(_("Authority"), docket.authority),
            Line(_("Version of the proposal"), format_number(submission.proposal_version.number)),
            Line(_("Contains"), _count(len(points))),
            *(Line(_("Sent along"), line) for line in file_lines(files_of_submission(submission))),
            Line(_("Publication"), str(submission.get_publication_preference_display())),
        ],
        words=[Line(point_topic(point), point.text) for point in points],
        entry=entry,
        follow=reverse("consultations:tracking", args=[submission.tracking_number]),
        follow_words=_("Check where your comment stands"),
    )


def _decided(reference: str) -> Decision | None:
    docket = Docket.objects.published().filter(reference=reference).select_related("decision").first()
    return docket.published_decision if docket else None


def _slip_of_decision(decision: Decision) -> Slip | None:
    docket = decision.docket
    entry = Entry.objects.about(DOCKET, docket.reference).filter(verb=Verb.DECISION_PUBLISHED).first()
    if entry is None or decision.published_at is None:
        return None
    return Slip(
        title=_("Receipt for a decision"),
        reference=docket.reference,
        received=Line(_("Published"), format_instant(decision.published_at)),
        lines=[
            Line(_("Consultation"), docket.title),
            Line(_("Decision"), str(decision.get_kind_display())),
            Line(_("Decided by"), decision.authority),
            Line(_("Decided on"), format_date_long(decision.decided_on)),
            Line(_("Legal basis"), decision.legal_basis),
        ],
        words=[
            Line(_("What we decided"), decision.summary),
            *([Line(_("What changes in the register"), decision.register_change)] if decision.register_change else []),
            *(Line(each.heading, each.text) for each in decision.considerations.all()),
            Line(_("If you disagree"), decision.review),
        ],
        entry=entry,
        follow=docket.get_absolute_url(),
        follow_words=_("Read the consultation and the decision"),
    )


def _points(submission: Submission) -> list[Any]:
    """Return what was said, point by point, without the passages that an official singled out of it."""
    return [point for point in submission.points.all() if not point.is_passage]


def _count(points: int) -> str:
    return ngettext("A comment with %(count)s point", "A comment with %(count)s points", points) % {
        "count": format_number(points)
    }
