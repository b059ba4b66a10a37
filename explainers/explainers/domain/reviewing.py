"""Which figures a text was published beside, and whether today's figures still suit it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone

from explainers.enums import TaskReason
from explainers.models import ExplainerPage
from register.facts import BoundFact, bound_facts
from register.figures import pollutant_chart

LARGEST_CHANGE: Final = Decimal("0.2")  # of the reviewed value


@dataclass(frozen=True)
class ReviewNote:
    """Why a text has to be read again, since when the figures are new, and when somebody last saw text and figures."""

    reasons: tuple[TaskReason, ...]
    figures_at: datetime | None
    reviewed_at: datetime | None


def facts_in_short(facts: Iterable[BoundFact]) -> dict[str, dict[str, Any]]:
    """Return facts as they are kept: year, quantity as decimal text, and the direction that was said of it."""
    return {
        fact.medium.value: {
            "year": fact.total.year,
            "quantity_kg": None if fact.total.quantity_kg is None else str(fact.total.quantity_kg),
            "direction": fact.change.direction.value if fact.change.direction else "",
        }
        for fact in facts
    }


def record_review(page: ExplainerPage, *, at: datetime | None = None) -> None:
    """Keep which figures stand beside a text that is published now: its publisher answers for both together.

    Side effects, in order: the figures and the instant are stored with the page.
    """
    chart = pollutant_chart(page.pollutant)
    kept = facts_in_short(bound_facts(chart)) if chart else {}
    ExplainerPage.objects.filter(pk=page.pk).update(reviewed_facts=kept, reviewed_at=at or timezone.now())


def reasons_to_review(
    reviewed: Mapping[str, Mapping[str, Any]], now: Mapping[str, Mapping[str, Any]]
) -> list[TaskReason]:
    """Return why a text published beside some figures has to be read again beside others, each reason once."""
    reasons: list[TaskReason] = []
    for medium, fact in now.items():
        before = reviewed.get(medium)
        if before is None or before["year"] != fact["year"]:
            reasons.append(TaskReason.NEW_YEAR)
        if before is not None and before["direction"] != fact["direction"]:
            reasons.append(TaskReason.WORD_BOUNDARY_CROSSED)
        if before is not None and _changed_much(before["quantity_kg"], fact["quantity_kg"]):
            reasons.append(TaskReason.CHANGE_OVER_LIMIT)
    return [reason for reason in TaskReason if reason in reasons]


def _changed_much(before: str | None, now: str | None) -> bool:
    if before is None or now is None:
        return before != now
    old, new = Decimal(before), Decimal(now)
    return abs(new - old) > LARGEST_CHANGE * old


def review_note(page: ExplainerPage, facts: list[BoundFact]) -> ReviewNote | None:
    """Return the dated note that the figures are newer than the text; None where they suit, or nothing is written."""
    if not page.is_written or page.reviewed_at is None:
        return None
    reasons = reasons_to_review(page.reviewed_facts, facts_in_short(facts))
    if not reasons:
        return None
    figures_at = facts[0].version.loaded_at if facts else None
    return ReviewNote(reasons=tuple(reasons), figures_at=figures_at, reviewed_at=page.reviewed_at)
