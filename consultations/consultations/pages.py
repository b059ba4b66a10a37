"""What the Wagtail pages show: the list of consultations, and one consultation from proposal to decision."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone

from consultations.domain.intake import intake_refusal
from consultations.enums import DisplayState
from consultations.measures import describe_measure, touched_entries
from consultations.models import Docket, Measure
from consultations.queries import matrix_points, matrix_rows, papers_of, readable_submissions, submission_counts
from consultations.receipts import DECISION_KIND
from consultations.states import turning_points
from consultations.timeline import lines_for_public
from consultations.wording import clock, state_tag
from design.freshness import keep_until, keep_until_midnight
from receipts.domain import links_of
from register.links import Link, explanations

_SHOWN_OF_EACH: Final = 10
_PER_PAGE: Final = 20
_COMMENTS_SHOWN: Final = 3
_ANSWERS_SHOWN: Final = 10
# What can be acted on comes first.
_ORDER: Final = (
    DisplayState.OPEN,
    DisplayState.UPCOMING,
    DisplayState.UNDER_CONSIDERATION,
    DisplayState.CONCLUDED,
    DisplayState.DISCONTINUED,
)


def index_context(request: HttpRequest) -> dict[str, Any]:
    """Return the consultations by state; with ?state= one state only, page by page."""
    at = timezone.now()
    chosen = request.GET.get("state", "")
    state = DisplayState(chosen) if chosen in DisplayState.values else None
    groups = [_group(each, at, None if state else _SHOWN_OF_EACH) for each in ([state] if state else _ORDER)]
    context: dict[str, Any] = {
        "groups": [group for group in groups if group["count"] or state],
        "states": [{"value": each.value, "label": each.label, "is_chosen": each is state} for each in _ORDER],
        "chosen": state,
        "at": at,
    }
    if state:
        page = Paginator(groups[0]["dockets"], _PER_PAGE).get_page(request.GET.get("page"))
        context |= {"page_obj": page}
        groups[0]["dockets"] = page.object_list
    keep_until_midnight(request, at)
    for docket in Docket.objects.published().undecided().with_periods():
        _keep_until_it_turns(request, docket, at)
    return context


def _group(state: DisplayState, at: datetime, limit: int | None) -> dict[str, Any]:
    dockets = list(Docket.objects.published().in_state(state, at).with_periods().select_related("decision"))
    dockets.sort(key=_urgency(state, at))
    shown = dockets[:limit] if limit else dockets
    return {
        "state": state,
        "count": len(dockets),
        "dockets": [{"docket": docket, "tag": state_tag(docket, at), "clock": clock(docket, at)} for docket in shown],
    }


def _urgency(state: DisplayState, at: datetime) -> Any:
    """Return by what the dockets of a state are put in order: what ends, opens or is due first; else the newest."""
    far = datetime.max.replace(tzinfo=at.tzinfo)
    if state is DisplayState.OPEN:
        return lambda docket: docket.closes_at(at) or far
    if state is DisplayState.UPCOMING:
        return lambda docket: docket.opens_at(at) or far
    if state is DisplayState.UNDER_CONSIDERATION:
        return lambda docket: docket.decision_expected_by or far.date()
    return lambda docket: -_ended_at(docket).timestamp()


def _ended_at(docket: Docket) -> datetime:
    decision = docket.published_decision
    return (decision.published_at if decision else None) or docket.discontinued_at or docket.created_at


def consultation_context(request: HttpRequest, docket: Docket) -> dict[str, Any]:
    """Return everything the public may know about a docket now."""
    at = timezone.now()
    docket = Docket.objects.with_periods().select_related("decision").get(pk=docket.pk)
    status = docket.intake_status(at)
    version = docket.current_proposal
    points = matrix_points(docket)
    decision = docket.published_decision
    keep_until_midnight(request, at)
    _keep_until_it_turns(request, docket, at)
    return {
        "docket": docket,
        "at": at,
        "tag": state_tag(docket, at),
        "clock": clock(docket, at),
        "is_open": status.is_open,
        "not_open": intake_refusal(status),
        "measures": measure_rows(docket),
        "version": version,
        "papers": papers_of(version) if version else [],
        "ways": docket.ways.all() if status.is_open else [],
        "counts": submission_counts(docket),
        "submissions": readable_submissions(docket).published()[:_COMMENTS_SHOWN],
        "rows": matrix_rows(points.answered().exclude(response__published_at=None)[:_ANSWERS_SHOWN]),
        "decision": decision,
        "considerations": decision.considerations.all() if decision else [],
        "downloads": links_of(DECISION_KIND, docket.reference) if decision else [],
        "timeline": lines_for_public(docket),
    }


def measure_rows(docket: Docket) -> list[dict[str, Any]]:
    """Return what would change, as rows of the before-and-after component, each with ways to its pollutant."""
    measures = list(docket.measures.select_related("pollutant", "activity__parent"))
    explained = explanations(measure.pollutant for measure in measures)
    return [_measure_row(measure, explained) for measure in measures]


def _measure_row(measure: Measure, explained: Mapping[int, Link]) -> dict[str, Any]:
    words = describe_measure(measure)
    explanation = explained.get(measure.pollutant_id or 0)
    return {
        "number": words.code,
        "label": words.label,
        "url": measure.pollutant.get_absolute_url() if measure.pollutant else "",
        "explained_in": explanation.title if explanation else "",
        "explained_url": explanation.url if explanation else "",
        "before": words.before,
        "after": words.after,
        "change_in_words": words.change,
        "note": words.rationale,
        "entries": touched_entries(measure).lines,
    }


def _keep_until_it_turns(request: HttpRequest, docket: Docket, at: datetime) -> None:
    """Let a kept page go at the instant at which it would say something else."""
    for instant in turning_points(docket.windows, at)[:1]:
        keep_until(request, instant)
