"""Subjects as they are stored, held against other writers until the transaction ends."""

from inforequests.models import Decision, InformationRequest, RequestItem, ReviewCase


def locked(request: InformationRequest) -> InformationRequest:
    """Return the request as it is stored."""
    # The lock is on the request's own row: PostgreSQL cannot lock what an outer join may leave empty.
    return InformationRequest.objects.select_for_update(of=("self",)).with_items().get(pk=request.pk)


def locked_item(item: RequestItem) -> RequestItem:
    """Return an item of a request as it is stored, with its request held."""
    request = locked(item.request)
    return next(each for each in _with(request) if each.pk == item.pk)


def locked_decision(decision: Decision) -> Decision:
    """Return a decision as it is stored, with its request held."""
    request = locked(decision.request)
    stored = Decision.objects.prefetch_related("answers__withholdings__ground", "answers__item").get(pk=decision.pk)
    stored.request = request
    return stored


def locked_case(case: ReviewCase) -> ReviewCase:
    """Return a review as it is stored, with its request held."""
    request = locked(case.request)
    stored = ReviewCase.objects.select_related("body").get(pk=case.pk)
    stored.request = request
    return stored


def _with(request: InformationRequest) -> list[RequestItem]:
    items = list(request.sorted_items)
    for item in items:
        item.request = request
    return items
