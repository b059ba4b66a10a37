"""Receipts of requests, of their answers and of reviews: what they say, and on which act of the record they rest."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from design.formats import format_date_long, format_instant, format_number
from files.queries import file_lines, files_of
from inforequests.domain.records import REQUEST
from inforequests.enums import Verb
from inforequests.models import Decision, InformationRequest, ReviewCase
from ledger.models import Entry
from receipts.domain import links_of
from receipts.kinds import Kind, Line, Slip, add_kind

REQUEST_KIND = "request"
ANSWER_KIND = "answer"
APPEAL_KIND = "appeal"
REVIEW_KIND = "review"


def receipt_lines(request: InformationRequest) -> list[str]:
    """Return what was received and by when it is to be answered, as sentences for the slip on the page."""
    lines = [_count(len(request.sorted_items))]
    if request.clock is not None:
        lines.append(_("To be answered by %(day)s") % {"day": format_date_long(request.clock.last_day)})
    lines += file_lines(files_of(REQUEST, request.tracking_number))
    lines.append(str(request.get_privacy_display()))
    return lines


def answer_reference(decision: Decision) -> str:
    """Return by what the receipt of an answer is fetched: the number of the request and that of the answer."""
    return f"{decision.request.tracking_number}.{decision.number}"


def answer_receipts(request: InformationRequest) -> list[dict[str, Any]]:
    """Return for each answer that was sent when that was, and the addresses of its receipt; one query."""
    return [
        {"sent_at": decision.sent_at, "downloads": links_of(ANSWER_KIND, answer_reference(decision))}
        for decision in request.decisions.sent().select_related("request")
    ]


def review_reference(case: ReviewCase) -> str:
    """Return by what the receipts of a review are fetched: the number of the request and that of the review."""
    return f"{case.request.tracking_number}.{case.number}"


def review_receipts(request: InformationRequest) -> list[dict[str, Any]]:
    """Return for each review when it was asked for and decided, with the addresses of both receipts; one query."""
    return [
        {
            "case": case,
            "downloads": links_of(APPEAL_KIND, review_reference(case)),
            "decision_downloads": links_of(REVIEW_KIND, review_reference(case)) if case.decided_at else [],
        }
        for case in request.reviews.select_related("request").order_by("number")
    ]


def add_receipts() -> None:
    """Offer receipts of requests and of their answers, of reviews that were asked for and of their decisions."""
    add_kind(
        Kind(
            name=REQUEST_KIND,
            label=gettext_lazy("A request for information"),
            find=lambda number: InformationRequest.objects.with_items().filter(tracking_number=number).first(),
            slip=_slip_of_request,
            letter="R",
            subjects=_requests,
            ask_for_key="inforequests:track",
        )
    )
    add_kind(
        Kind(
            name=ANSWER_KIND,
            label=gettext_lazy("The answer to a request for information"),
            find=_answered,
            slip=_slip_of_answer,
            ask_for_key="inforequests:track",
            holder=lambda decision: decision.request,
        )
    )
    add_kind(
        Kind(
            name=APPEAL_KIND,
            label=gettext_lazy("A review that was asked for"),
            find=_case,
            slip=_slip_of_appeal,
            ask_for_key="inforequests:track",
            holder=lambda case: case.request,
        )
    )
    add_kind(
        Kind(
            name=REVIEW_KIND,
            label=gettext_lazy("The decision of a review"),
            find=_case,
            slip=_slip_of_review,
            ask_for_key="inforequests:track",
            holder=lambda case: case.request,
        )
    )


def _requests() -> QuerySet[Any]:
    return InformationRequest.objects.with_items()


def _slip_of_request(request: InformationRequest) -> Slip | None:
    entry = Entry.objects.about(REQUEST, request.tracking_number).filter(verb=Verb.SUBMITTED).first()
    if entry is None:
        return None
    lines = [Line(_("Contains"), _count(len(request.sorted_items)))]
    lines += [Line(_("Sent along"), line) for line in file_lines(files_of(REQUEST, request.tracking_number))]
    clock = request.clock
    if clock is not None:
        lines.append(Line(_("To be answered by"), format_date_long(clock.last_day)))
        lines.append(Line(_("How that day was worked out"), " ".join(str(line) for line in clock.lines)))
    lines.append(Line(_("Publication"), str(request.get_privacy_display())))
    return Slip(
        title=_("Receipt for your request for information"),
        reference=request.tracking_number,
        received=Line(_("Submitted"), format_instant(request.submitted_at)),
        lines=lines,
        words=[Line(_("Question %(number)s") % {"number": item.number}, item.text) for item in request.sorted_items],
        entry=entry,
        follow=request.get_absolute_url(),
        follow_words=_("Check where your request stands"),
    )


def _answered(reference: str) -> Decision | None:
    number, _point, count = reference.partition(".")
    if not count.isdecimal():
        return None
    sent = Decision.objects.sent().filter(request__tracking_number=number, number=int(count))
    return sent.select_related("request").prefetch_related("answers__item").first()


def _slip_of_answer(decision: Decision) -> Slip | None:
    request = decision.request
    entries = Entry.objects.about(REQUEST, request.tracking_number).filter(verb=Verb.SENT)
    entry = next((entry for entry in entries if entry.facts.get("decision") == decision.number), None)
    if entry is None or decision.sent_at is None:
        return None
    answers = sorted(decision.answers.all(), key=lambda answer: answer.item.number)
    return Slip(
        title=_("Receipt for the answer to your request"),
        reference=answer_reference(decision),
        received=Line(_("Sent"), format_instant(decision.sent_at)),
        lines=[
            Line(_("Submitted"), format_instant(request.submitted_at)),
            *(
                Line(_("Question %(number)s") % {"number": answer.item.number}, str(answer.get_disposition_display()))
                for answer in answers
            ),
        ],
        words=[
            *([Line(_("Letter"), decision.letter)] if decision.letter else []),
            *(
                Line(_("Answer to question %(number)s") % {"number": answer.item.number}, answer.text)
                for answer in answers
                if answer.text
            ),
        ],
        entry=entry,
        follow=request.get_absolute_url(),
        follow_words=_("Check where your request stands"),
    )


def _case(reference: str) -> ReviewCase | None:
    number, _point, count = reference.partition(".")
    if not count.isdecimal():
        return None
    found = ReviewCase.objects.filter(request__tracking_number=number, number=int(count))
    return found.select_related("request", "body").prefetch_related("reopened_items").first()


def _entry_of_case(case: ReviewCase, verb: Verb) -> Entry | None:
    entries = Entry.objects.about(REQUEST, case.request.tracking_number).filter(verb=verb)
    return next((entry for entry in entries if entry.facts.get("review") == case.number), None)


def _slip_of_appeal(case: ReviewCase) -> Slip | None:
    entry = _entry_of_case(case, Verb.REVIEW_OPENED)
    if entry is None:
        return None
    return Slip(
        title=_("Receipt for the review you asked for"),
        reference=review_reference(case),
        received=Line(_("Asked for"), format_instant(case.opened_at)),
        lines=[
            Line(pgettext("of a review", "Number"), case.reference),
            Line(_("Review body"), case.body.name),
            Line(_("Reason for the review"), str(case.get_limb_display())),
        ],
        words=[Line(_("What you said"), case.words)] if case.words else [],
        entry=entry,
        follow=case.request.get_absolute_url(),
        follow_words=_("Check where your request stands"),
    )


def _slip_of_review(case: ReviewCase) -> Slip | None:
    entry = _entry_of_case(case, Verb.REVIEW_DECIDED)
    if entry is None or case.decided_at is None:
        return None
    lines = [
        Line(pgettext("of a review", "Number"), case.reference),
        Line(_("Decided by"), case.body.name),
        Line(_("Outcome"), str(case.get_outcome_display())),
    ]
    if case.comply_by:
        numbers = sorted(item.number for item in case.reopened_items.all())
        lines.append(Line(_("Questions to be answered anew"), ", ".join(map(str, numbers))))
        lines.append(Line(_("To be complied with by"), format_date_long(case.comply_by)))
    return Slip(
        title=_("Receipt for the decision of a review"),
        reference=review_reference(case),
        received=Line(pgettext("of a review", "Decided"), format_instant(case.decided_at)),
        lines=lines,
        words=[Line(_("Reasons"), case.reasons)],
        entry=entry,
        follow=case.request.get_absolute_url(),
        follow_words=_("Check where your request stands"),
    )


def _count(questions: int) -> str:
    return ngettext("A request with %(count)s question", "A request with %(count)s questions", questions) % {
        "count": format_number(questions)
    }
