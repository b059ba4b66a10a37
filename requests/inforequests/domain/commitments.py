"""What entries about requests commit to, and how it is found again in the tables of this area.

The same function gives the words when an act is recorded and when the record is verified, so both see the same.
"""

from collections.abc import Callable, Mapping
from typing import Final

from design.texts import Texts
from inforequests.enums import Direction, Verb
from inforequests.models import Decision, InformationRequest, ItemAnswer, Message, ReviewCase
from ledger.canonical import canonical_json
from ledger.models import Entry

TEXT: Final = "text"
REQUESTER: Final = "requester"
ANSWER: Final = "answer"
REASONS: Final = "reasons"
_WITHHOLDING_TEXTS: Final = ("reason", "releases_consideration", "public_interest")


def request_words(request: InformationRequest) -> dict[str, str]:
    """Return what was asked, and by whom; what was not said, and what has been erased, is not among them."""
    words = {TEXT: request.submission.text}
    if sender := request.requester:
        words[REQUESTER] = canonical_json(
            {"name": sender.name, "email": sender.email, "postal_address": sender.postal_address}
        )
    return {name: said for name, said in words.items() if said.strip()}


def answer_words(decision: Decision) -> dict[str, str]:
    """Return what an answer says, with everything that it keeps back and why."""
    answers = decision.answers.select_related("item").prefetch_related("withholdings__ground").order_by("item__number")
    content = {
        "letter": decision.letter,
        "items": {str(answer.item.number): _answer_content(answer) for answer in answers},
    }
    return {ANSWER: canonical_json(content)}


def review_words(case: ReviewCase) -> dict[str, str]:
    """Return what the requester said in asking for a review."""
    return {TEXT: case.words} if case.words.strip() else {}


def words_behind_request(entry: Entry) -> Mapping[str, str]:
    """Return the words now stored behind an entry about a request."""
    request = (
        InformationRequest.objects.filter(tracking_number=entry.subject_reference)
        .select_related("requester", "submission")
        .first()
    )
    find = _FIND.get(entry.verb)
    return find(request, entry) if request and find else {}


def _answer_content(answer: ItemAnswer) -> dict[str, object]:
    return {
        "disposition": answer.disposition,
        "text": answer.text,
        "public_url": answer.public_url,
        "checked_on": answer.checked_on.isoformat() if answer.checked_on else None,
        "withholdings": [
            {
                "ground": withholding.ground.code,
                "withheld_type": withholding.withheld_type,
                "substitute_text": withholding.substitute_text,
                **{name: vars(Texts.of(withholding, name)) for name in _WITHHOLDING_TEXTS},
            }
            for withholding in answer.sorted_withholdings
        ],
    }


def _message(request: InformationRequest, entry: Entry) -> dict[str, str]:
    sent = entry.verb == Verb.MESSAGE_SENT
    direction = Direction.TO_REQUESTER if sent else Direction.FROM_REQUESTER
    message = Message.objects.filter(request=request, direction=direction, sent_at=entry.instant).first()
    return {TEXT: message.text} if message else {}


def _answer(request: InformationRequest, entry: Entry) -> dict[str, str]:
    decision = request.decisions.filter(number=entry.facts["decision"]).first()
    return answer_words(decision) if decision else {}


def _asked_review(request: InformationRequest, entry: Entry) -> dict[str, str]:
    case = request.reviews.filter(number=entry.facts["review"]).first()
    return review_words(case) if case else {}


def _decided_review(request: InformationRequest, entry: Entry) -> dict[str, str]:
    case = request.reviews.filter(number=entry.facts["review"]).first()
    return {REASONS: case.reasons} if case else {}


_FIND: Final[Mapping[str, Callable[[InformationRequest, Entry], dict[str, str]]]] = {
    Verb.SUBMITTED: lambda request, _entry: request_words(request),
    Verb.MESSAGE_SENT: _message,
    Verb.MESSAGE_RECEIVED: _message,
    Verb.SENT: _answer,
    Verb.REVIEW_OPENED: _asked_review,
    Verb.REVIEW_DECIDED: _decided_review,
}
