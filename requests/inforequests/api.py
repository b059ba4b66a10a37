"""Requests for machines: read-only, the same as the pages show. Mounted below /api/v1/requests."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from ninja.pagination import paginate

from design.apis import Pages
from design.freshness import keep_until_midnight
from inforequests import deadlines
from inforequests.domain.clocks import due_for
from inforequests.models import DeadlineRule, Disclosure, InformationRequest, RequestItem
from inforequests.queries import request_counts
from inforequests.schemas import CountsOut, DeadlineOut, DisclosureDetailOut, DisclosureOut

router = Router(tags=["requests"])


class Asked(Schema):
    """On which day a request is submitted."""

    submitted_on: date


@router.get("/counts", response=CountsOut, summary="How many requests there are")
def counts(request: HttpRequest) -> dict[str, Any]:
    """Return the numbers of all requests."""
    at = timezone.now()
    keep_until_midnight(request, at)
    return vars(request_counts(at))


@router.get("/deadline", response=DeadlineOut, summary="The last day for a request, and how it is worked out")
def deadline(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Return by when a request submitted on a day has to be answered; raises 404 where no day can be given."""
    try:
        rule, result = due_for(asked.submitted_on)
    except (DeadlineRule.DoesNotExist, deadlines.DeadlineError) as error:
        raise HttpError(404, str(error)) from error
    return {
        "submitted_on": asked.submitted_on,
        "rule": rule.code,
        "last_day": result.last_day,
        "explanation": [str(line) for line in result.explanation],
    }


@router.get("/disclosures", response=list[DisclosureOut], summary="Published requests, newest first")
@paginate(Pages)
def disclosures(request: HttpRequest) -> QuerySet[Disclosure]:
    """List the disclosure log."""
    return Disclosure.objects.select_related("request").prefetch_related("request__items")


@router.get("/disclosures/{number}", response=DisclosureDetailOut, summary="One published request with its answers")
def disclosure(request: HttpRequest, number: str) -> dict[str, Any]:
    """Return the questions and answers of a published request."""
    entry = get_object_or_404(Disclosure.objects.select_related("request"), request__tracking_number=number)
    subject = InformationRequest.objects.with_items().get(pk=entry.request_id)
    return {
        **{name: getattr(entry, name) for name in ("title", "published_at")},
        "tracking_number": subject.tracking_number,
        "submitted_at": subject.submitted_at,
        "url": settings.BASE_URL + entry.get_absolute_url(),
        "items": [_item(item) for item in subject.sorted_items],
    }


def _item(item: RequestItem) -> dict[str, Any]:
    sent = item.sent_answers[-1:] if item.answered_at else []
    answer = sent[0] if sent else None
    return {
        "number": item.number,
        "question": item.text,
        "pollutant": item.pollutant.code if item.pollutant else None,
        "facility": item.facility.public_id if item.facility else None,
        "disposition": item.public_disposition.value,
        "answer": answer.text if answer else "",
        "language": answer.language if answer else "",
        "public_url": answer.public_url if answer else "",
        "answered_at": item.answered_at,
        "withheld": [
            {
                "type": withholding.withheld_type,
                "ground": withholding.ground.code,
                "article": withholding.ground.article,
                "reason": withholding.reason,
                "is_lifted": withholding.is_lifted,
            }
            for withholding in (answer.sorted_withholdings if answer else ())
        ],
    }
