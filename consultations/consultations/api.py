"""Consultations for machines: read-only, the same as the pages show. Mounted below /api/v1/consultations."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router, Schema
from ninja.pagination import paginate

from consultations.enums import DisplayState
from consultations.file_subject import with_files
from consultations.models import Decision, Docket, ProposalVersion, Submission
from consultations.queries import matrix_points, matrix_row, readable_submissions, submission_counts
from consultations.schemas import ConsultationDetailOut, ConsultationOut, PointOut, SubmissionOut
from consultations.states import turning_points
from design.apis import Pages
from design.freshness import keep_until, keep_until_midnight
from design.texts import Texts

router = Router(tags=["consultations"])

_PERIOD: Final = ("kind", "opens_at", "closes_at", "zone")
_CONSULTATION: Final = ("reference", "slug", "decision_expected_by", "published_at")
_DECISION_TEXTS: Final = ("authority", "legal_basis", "summary", "register_change", "review")


class Filter(Schema):
    """Which consultations."""

    state: DisplayState | None = None


@router.get("", response=list[ConsultationOut], summary="All consultations, newest first")
@paginate(Pages)
def consultations(request: HttpRequest, asked: Query[Filter]) -> list[dict[str, Any]]:
    """List the published consultations, all of them or those in one state."""
    at = timezone.now()
    keep_until_midnight(request, at)
    for docket in Docket.objects.published().undecided().with_periods():
        _keep_until_it_turns(request, docket, at)
    dockets = Docket.objects.published().with_periods().order_by("-published_at", "-pk")
    if asked.state:
        dockets = dockets.in_state(asked.state, at)
    return [_consultation(docket, at) for docket in dockets]


@router.get("/{slug}", response=ConsultationDetailOut, summary="One consultation: proposal, periods, decision")
def consultation(request: HttpRequest, slug: str) -> dict[str, Any]:
    """Return everything that is public about a consultation."""
    at = timezone.now()
    docket = _docket(slug)
    _keep_until_it_turns(request, docket, at)
    version = docket.current_proposal
    decision = docket.published_decision
    return {
        **_consultation(docket, at),
        "authority": _texts(docket, "authority"),
        "legal_basis": _texts(docket, "legal_basis"),
        "periods": [{**_fields(period, _PERIOD), "reason": _texts(period, "reason")} for period in docket.windows],
        "proposal": _proposal(docket, version) if version else None,
        "submissions": vars(submission_counts(docket)),
        "decision": _decision(decision) if decision else None,
        "discontinued_at": docket.discontinued_at,
        "discontinued_reason": _texts(docket, "discontinued_reason") if docket.discontinued_at else None,
    }


@router.get("/{slug}/submissions", response=list[SubmissionOut], summary="Published comments of a consultation")
@paginate(Pages)
def submissions(request: HttpRequest, slug: str) -> Sequence[Submission]:
    """List the published comments, and the tombstones of withheld ones without their words."""
    return with_files(readable_submissions(_docket(slug)).select_related("proposal_version"))


@router.get("/{slug}/answers", response=list[PointOut], summary="Points and answers of a consultation")
@paginate(Pages)
def answers(request: HttpRequest, slug: str) -> list[dict[str, Any]]:
    """List every point of every published comment with its answer, in the order and with the numbers of the page."""
    rows = []
    for number, point in enumerate(matrix_points(_docket(slug)), start=1):
        row = matrix_row(point, number)
        answer = point.public_answer
        rows.append(
            {
                **{key: row[key] for key in ("number", "topic", "author", "comment", "answer", "answer_language")},
                "tracking_number": point.submission.tracking_number,
                "measure": point.measure_code or None,
                "language": point.submission.language,
                "disposition": answer.disposition if answer else None,
                "change_made": answer.change_made if answer else None,
            }
        )
    return rows


def _docket(slug: str) -> Docket:
    return get_object_or_404(Docket.objects.published().with_periods().select_related("decision"), slug=slug)


def _consultation(docket: Docket, at: datetime) -> dict[str, Any]:
    return {
        **_fields(docket, _CONSULTATION),
        "title": _texts(docket, "title"),
        "summary": _texts(docket, "summary"),
        "state": docket.display_state(at).value,
        "opens_at": docket.opens_at(at),
        "closes_at": docket.closes_at(at),
        "url": settings.BASE_URL + docket.get_absolute_url(),
    }


def _proposal(docket: Docket, version: ProposalVersion) -> dict[str, Any]:
    content = version.content
    papers = [
        {**facts, "url": settings.BASE_URL + reverse("consultations:paper", args=[docket.slug, facts["sha256"]])}
        for facts in content["documents"]
    ]
    return {
        **_fields(version, ("number", "sha256", "published_at")),
        "measures": [{**facts, **content["words"][str(facts["number"])]} for facts in content["measures"]],
        "documents": papers,
        "content": content,
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        **_fields(decision, ("kind", "decided_on", "published_at", "points_left_out", "override_reason")),
        **{name: _texts(decision, name) for name in _DECISION_TEXTS},
        "considerations": [
            {"heading": _texts(consideration, "heading"), "text": _texts(consideration, "text")}
            for consideration in decision.considerations.all()
        ],
    }


def _fields(holder: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(holder, name) for name in names}


def _texts(holder: Any, field: str) -> dict[str, str]:
    return vars(Texts.of(holder, field))


def _keep_until_it_turns(request: HttpRequest, docket: Docket, at: datetime) -> None:
    """Let a kept answer go at the instant at which it would say something else."""
    for instant in turning_points(docket.windows, at)[:1]:
        keep_until(request, instant)
