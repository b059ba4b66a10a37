"""What the pages show: the way to ask, and one request as its requester sees it."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst

from design.formats import date_of
from design.freshness import keep_until_midnight
from inforequests.domain.letters import subject_of
from inforequests.enums import (
    LIMB_SENTENCES,
    REFUSAL_LIMBS,
    REOPENING_OUTCOMES,
    Disposition,
    Limb,
    Stage,
    Substitute,
)
from inforequests.models import InformationRequest, ItemAnswer, RequestItem, ReviewBody, ReviewCase, Withholding
from inforequests.permissions import (
    requester_can_ask_review,
    requester_can_choose_privacy,
    requester_can_reply,
    requester_can_withdraw,
)
from inforequests.queries import published_answers, request_counts
from inforequests.remedies import open_limbs, was_ignored
from inforequests.timeline import lines_for_requester
from inforequests.wording import DISPOSITION_TONES
from notices.queries import messages_about
from register.links import explanations

_NEWEST: Final = 5


def index_context(request: HttpRequest) -> dict[str, Any]:
    """Return the figures of all requests, the newest answers, and who reviews."""
    at = timezone.now()
    keep_until_midnight(request, at)
    return {
        "counts": request_counts(at),
        "newest": published_answers()[:_NEWEST],
        "bodies": ReviewBody.objects.active(),
        "sentences": [LIMB_SENTENCES[limb] for limb in Limb],
    }


def requester_context(request: InformationRequest, key: str, at: datetime) -> dict[str, Any]:
    """Return everything that only the requester sees."""
    limbs = open_limbs(request, at)
    ways = ways_to_review(request)
    return {
        "items": item_rows(request, at),
        "correspondence": request.messages.all(),
        "letters": [decision for decision in request.decisions.sent() if decision.letter],
        "reviews": [review_row(case) for case in request.reviews.all()],
        "ways": ways,
        # The other reasons are always open: then the way is named, and nobody is pushed.
        "is_review_due": not {Limb.IGNORED, *REFUSAL_LIMBS}.isdisjoint(limbs),
        # Here only where a body takes cases here; else the page names the other ways.
        "can_review": any(way["body"].receives_here for way in ways) and requester_can_ask_review(key, request),
        "can_reply": requester_can_reply(key, request),
        "can_choose": requester_can_choose_privacy(key, request),
        "can_withdraw": requester_can_withdraw(key, request),
        "is_ignored": any(was_ignored(item, date_of(at)) for item in request.unanswered_items),
        "timeline": lines_for_requester(request),
        "deliveries": messages_about(subject_of(request)),
    }


def item_rows(request: InformationRequest, at: datetime | None = None) -> list[dict[str, Any]]:
    """Return the questions of a request with every answer that was sent, the one that counts first."""
    today = date_of(at or timezone.now())
    items = request.sorted_items
    explained = explanations(item.pollutant for item in items)
    return [
        {
            **_item_row(item, today, is_awaited=request.is_open),
            "language": request.language,
            "explanation": explained.get(item.pollutant_id or 0),
        }
        for item in items
    ]


def _item_row(item: RequestItem, today: Any, *, is_awaited: bool) -> dict[str, Any]:
    disposition = item.public_disposition
    is_open = disposition is Disposition.UNDECIDED
    is_withdrawn = is_open and not is_awaited
    answers = [_answer_row(answer) for answer in reversed(item.sent_answers)]
    return {
        "item": item,
        "label": capfirst(Stage.WITHDRAWN.label if is_withdrawn else disposition.label),
        "tone": "closed" if is_withdrawn else DISPOSITION_TONES[disposition],
        "is_open": is_open and is_awaited,
        "is_ignored": item.answered_at is None and was_ignored(item, today),
        # What was sent before a review re-opened the question stays to be read, marked as what it is.
        "answer": answers[0] if answers and disposition is not Disposition.UNDECIDED else None,
        "earlier": answers if disposition is Disposition.UNDECIDED else answers[1:],
    }


def _answer_row(answer: ItemAnswer) -> dict[str, Any]:
    return {
        "answer": answer,
        "label": capfirst(answer.get_disposition_display()),
        "sent_at": answer.decision.sent_at if answer.decision else None,
        "withholdings": [withholding_row(withholding) for withholding in answer.sorted_withholdings],
    }


def withholding_row(withholding: Withholding) -> dict[str, Any]:
    """Return what is kept back, on which ground and why, for the page."""
    substitute = withholding.substitute != Substitute.NONE or withholding.substitute_text
    return {
        "withholding": withholding,
        "type": withholding.get_withheld_type_display(),
        "ground": withholding.ground.get_code_display(),
        "citation": withholding.ground.citation,
        "legal_basis": withholding.ground.legal_basis,
        "substitute": withholding.get_substitute_display() if substitute else "",
    }


def review_row(case: ReviewCase) -> dict[str, Any]:
    """Return one review for the page."""
    overturned = case.outcome in REOPENING_OUTCOMES
    return {
        "case": case,
        "sentence": LIMB_SENTENCES[Limb(case.limb)],
        "tone": "soon" if case.is_open else ("done" if overturned else "closed"),
        "label": capfirst(case.get_stage_display() if case.is_open else case.get_outcome_display()),
    }


def ways_to_review(request: InformationRequest) -> list[dict[str, Any]]:
    """Return the bodies one can turn to, each with the last day that national law sets from the newest opening."""
    remedies = sorted(request.remedies.all(), key=lambda remedy: remedy.opened_at)
    opened = remedies[-1].opened_at if remedies else None
    return [
        {
            "body": body,
            "until": date_of(opened) + timedelta(days=body.window_days) if opened and body.window_days else None,
        }
        for body in ReviewBody.objects.active()
    ]
