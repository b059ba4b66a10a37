"""Requests in every state, made the way people make them: through the domain functions."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from accounts.models import User
from accounts.roles import Role
from design.texts import Texts
from inforequests import domain
from inforequests.enums import (
    AnswerPrivacy,
    Disposition,
    GroundCode,
    Limb,
    ReviewOutcome,
    ReviewRoute,
    WithheldType,
)
from inforequests.models import (
    Decision,
    Ground,
    InformationRequest,
    RequestItem,
    ReviewBody,
    ReviewCase,
    Withholding,
)
from tests.consultations.factories import OfficialFactory

# A Tuesday at noon: the last day is Friday 10 April 2026, a month later.
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
LAST_DAY = date(2026, 4, 10)
AFTER_LAST_DAY = datetime(2026, 4, 11, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def person(role: Role | None = None, email: str = "") -> User:
    """Somebody with a role; the same one each time."""
    address = email or f"{role.value if role else 'stranger'}@example.org"
    return User.objects.filter(email=address).first() or OfficialFactory.create(email=address, role=role)


def ask(*questions: str, at: datetime = NOON, **details: Any) -> domain.Sent:
    """A citizen asks; by default one thing."""
    asked = questions or ("How much mercury did the smelter of Vel release to water in 2024?",)
    return domain.receive_request(**{"language": "en", "questions": asked, "at": at, **details})


def item_of(request: InformationRequest, number: int = 1) -> RequestItem:
    """A question of a request, as it is stored."""
    return RequestItem.objects.select_related("request", "clock").get(request=request, number=number)


def ground(code: GroundCode = GroundCode.COMMERCIAL_INDUSTRIAL) -> Ground:
    """One of the five grounds, as the migration planted them."""
    return Ground.objects.get(code=code)


def withhold(item: RequestItem, *, at: datetime = NOON + HOUR, **details: Any) -> Withholding:
    """An officer drafts that a quantity is kept back as a trade secret."""
    return domain.withhold_item(
        item,
        **{
            "actor": person(Role.CASE_OFFICER),
            "ground": ground(),
            "withheld_type": WithheldType.AMOUNT,
            "reason": "The quantity would tell competitors how much is made.",
            "public_interest": "Neighbours want to know; the total of the river is published.",
            "concerns_releases": False,
            "at": at,
            **details,
        },
    )


def answer(item: RequestItem, disposition: Disposition = Disposition.PROVIDED, **details: Any) -> None:
    """An officer drafts an answer."""
    given = {"text": "It was 12.5 kg."} if disposition != Disposition.WITHHELD else {}
    if disposition == Disposition.ALREADY_PUBLIC:
        given = {"public_url": "https://register.example.org/entry", "checked_on": NOON.date()}
    values = {"actor": person(Role.CASE_OFFICER), "disposition": disposition, "at": NOON + HOUR, **given, **details}
    domain.answer_item(item, **values)


def send(request: InformationRequest, *, at: datetime = NOON + 2 * HOUR, in_part: bool = False) -> Decision:
    """The answer is made ready and sent."""
    ready = domain.mark_answer_ready(request, actor=person(Role.CASE_OFFICER), in_part=in_part, at=at)
    return domain.send_decision(ready, actor=person(Role.DECISION_MAKER), at=at)


def answered(*, at: datetime = NOON + 2 * HOUR, questions: Sequence[str] = (), **details: Any) -> domain.Sent:
    """A request of which everything was given."""
    sent = ask(*questions, at=at - 2 * HOUR, **details)
    for item in sent.request.items.all():
        answer(item, at=at)
    send(sent.request, at=at)
    return again(sent)


def refused(
    *, at: datetime = NOON + 2 * HOUR, questions: Sequence[str] = (), language: str = "en", **details: Any
) -> domain.Sent:
    """A request of which everything was kept back; some details are of the request, the others of what is kept back."""
    of_request = {name: details.pop(name) for name in ("privacy", "name", "email") if name in details}
    sent = ask(*questions, at=at - 2 * HOUR, language=language, **of_request)
    for item in sent.request.items.all():
        withhold(item, at=at, **details)
    send(sent.request, at=at)
    return again(sent)


def disclosed(title: Texts | str = "Mercury of the smelter", **details: Any) -> domain.Sent:
    """An answered request that everybody may read."""
    sent = answered(privacy=AnswerPrivacy.PUBLIC, **details)
    domain.publish_in_disclosure_log(sent.request, actor=person(Role.CASE_OFFICER), title=title, at=NOON + 3 * HOUR)
    return again(sent)


def body(**fields: Any) -> ReviewBody:
    """The review body that takes cases here, with the reviewer as its member."""
    found = ReviewBody.objects.filter(name_en="Access Commission").first()
    if found is None:
        found = ReviewBody.objects.create(
            route=ReviewRoute.INDEPENDENT_BODY,
            name_en="Access Commission",
            legal_basis_en="Access Act, section 30",
            how_en="Free of charge.",
            receives_here=True,
            **fields,
        )
        found.members.add(person(Role.REVIEWER))
    return found


def review(sent: domain.Sent, limb: Limb = Limb.REFUSED_IN_FULL, *, at: datetime = NOON + DAY) -> ReviewCase:
    """The requester asks for a review."""
    body()
    return domain.open_review(sent.request, key=sent.secret, limb=limb, at=at)


def overturn(case: ReviewCase, *numbers: int, at: datetime = NOON + 2 * DAY) -> ReviewCase:
    """The reviewer overturns the decision; the items, all or some, are to be answered anew within ten days."""
    items = case.request.items.all()
    return domain.decide_review(
        case,
        actor=person(Role.REVIEWER),
        outcome=ReviewOutcome.DECISION_OVERTURNED,
        reasons="Releases are not a trade secret.",
        reopened_items=list(items.filter(number__in=numbers) if numbers else items),
        comply_by=(at + 10 * DAY).date(),
        at=at,
    )


def again(sent: domain.Sent) -> domain.Sent:
    """The same with the request as it is stored now."""
    stored = InformationRequest.objects.with_items().get(pk=sent.request.pk)
    return domain.Sent(stored, sent.secret, sent.is_new)
