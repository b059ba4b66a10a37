"""What the desk of a request shows: what can be done now and later, each question with its answer, what happened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Role
from design.desk.words import Tag
from inforequests import permissions
from inforequests.acts import STAGE_RULES, Act
from inforequests.admin.words import item_tag
from inforequests.domain import draft_of, missing_for_decision
from inforequests.domain.records import AREA, REQUEST
from inforequests.enums import AnswerPrivacy, Direction, Disposition, Verb
from inforequests.models import InformationRequest, ItemAnswer, Message, RequestItem, ReviewCase, Withholding
from ledger.domain import PUBLIC_ACTOR, SYSTEM_ACTOR
from ledger.models import Entry

# The acts on a request as a whole have a page each; the order is that of the work.
ACT_PAGES: Final[Mapping[Act, str]] = {
    Act.ACKNOWLEDGE: "requests:acknowledge",
    Act.WRITE_MESSAGE: "requests:message",
    Act.MARK_READY: "requests:ready",
    Act.SEND_ANSWER: "requests:send",
    Act.DISCLOSE: "requests:disclose",
    Act.CONCEAL: "requests:conceal",
}
_MAIN_ORDER: Final = (Act.ACKNOWLEDGE, Act.SEND_ANSWER, Act.MARK_READY, Act.DISCLOSE)
_GRAVE: Final = (Act.CONCEAL,)
_ACTORS: Final[Mapping[str, Promise]] = {
    PUBLIC_ACTOR: gettext_lazy("the requester"),
    SYSTEM_ACTOR: gettext_lazy("the site"),
}


@dataclass(frozen=True)
class Step:
    """An act that the person has a role for: where it is done, or why it has no place yet."""

    label: Promise | str
    url: str
    refusal: str = ""
    is_main: bool = False
    is_grave: bool = False


@dataclass(frozen=True)
class Held:
    """Something kept back, with what the person may do about it."""

    withholding: Withholding
    drop_url: str = ""
    lift_url: str = ""


@dataclass(frozen=True)
class ItemRow:
    """One thing asked: its draft or its answers, and what the person may do about it."""

    item: RequestItem
    tag: Tag
    draft: ItemAnswer | None
    sent: list[ItemAnswer]
    held: list[Held]
    answer_url: str = ""
    withhold_url: str = ""


@dataclass(frozen=True)
class Written:
    """A message, and whether the requester wrote it and nobody has read it."""

    message: Message
    is_unread: bool


@dataclass(frozen=True)
class Happened:
    """A line of the timeline."""

    instant: datetime
    actor: str
    text: str
    is_public: bool
    facts: list[str] = field(default_factory=list)


def steps_for(person: Any, subject: InformationRequest) -> tuple[list[Step], list[Step]]:
    """Return what the person can do with a request now, and what at another time, with the reason."""
    now, later = [], []
    allowed = {act for act in ACT_PAGES if _MAY[act](person, subject)}
    main = next((act for act in _MAIN_ORDER if act in allowed and not _is_premature(act, subject)), None)
    for act, url_name in ACT_PAGES.items():
        url = reverse(url_name, args=[subject.pk])
        if act is Act.MARK_READY and act in allowed and (reason := nothing_drafted(subject)):
            later.append(Step(act.label, url, refusal=reason))
        elif act in allowed:
            now.append(Step(act.label, url, is_main=act is main, is_grave=act in _GRAVE))
        elif permissions.user_has_role_for(person, act) and act is not Act.CONCEAL:
            later.append(Step(act.label, url, refusal=_refusal(act, person, subject)))
    return now, later


def nothing_drafted(subject: InformationRequest) -> str:
    """Return why no answer can be made ready yet: none is drafted. Nothing where one is."""
    if any(item.disposition != Disposition.UNDECIDED for item in subject.unanswered_items):
        return ""
    return _("Draft the answer to a question first: as yet there is nothing to send.")


def _is_premature(act: Act, subject: InformationRequest) -> bool:
    """Whether an act is allowed, but something else comes before it: as long as answers are missing, they do."""
    return act is Act.MARK_READY and bool(missing_for_decision(subject))


def _can_send(person: Any, subject: InformationRequest) -> bool:
    decision = subject.pending_decision
    return decision is not None and permissions.user_can_send_decision(person, decision)


_MAY: Final[Mapping[Act, Callable[[Any, InformationRequest], bool]]] = {
    Act.ACKNOWLEDGE: permissions.user_can_acknowledge,
    Act.WRITE_MESSAGE: permissions.user_can_write_message,
    Act.MARK_READY: permissions.user_can_mark_ready,
    Act.SEND_ANSWER: _can_send,
    Act.DISCLOSE: permissions.user_can_disclose,
    Act.CONCEAL: permissions.user_can_conceal,
}


def _refusal(act: Act, person: Any, subject: InformationRequest) -> str:
    """Return why an act has no place now: because of the stage, or of what the requester wants."""
    if permissions.request_allows(act, subject):
        if act is Act.SEND_ANSWER:
            return _("Something is kept back in this answer: a decision-maker sends it.")
        if act is Act.DISCLOSE and subject.privacy != AnswerPrivacy.PUBLIC:
            return _("The requester has not agreed to publication.")
        if act is Act.DISCLOSE:
            return _("This request is in the disclosure log already.")
    return str(STAGE_RULES[act].refusal)


def item_rows(person: Any, subject: InformationRequest) -> list[ItemRow]:
    """Return each thing asked with its answer; no query where the request was fetched `with_items`."""
    rows = []
    for item in subject.sorted_items:
        item.request = subject
        draft = draft_of(item) if item.answered_at is None else None
        sent = list(item.sent_answers)
        shown = draft or (sent[-1] if sent else None)
        place = [subject.pk, item.number]
        rows.append(
            ItemRow(
                item=item,
                tag=item_tag(item),
                draft=draft,
                sent=sent,
                held=[_held(person, subject, item, each) for each in (shown.sorted_withholdings if shown else [])],
                answer_url=reverse("requests:answer", args=place)
                if permissions.user_can_answer_item(person, item)
                else "",
                withhold_url=(
                    reverse("requests:withhold", args=place) if permissions.user_can_withhold_item(person, item) else ""
                ),
            )
        )
    return rows


def _held(person: Any, subject: InformationRequest, item: RequestItem, withholding: Withholding) -> Held:
    place = [subject.pk, item.number, withholding.pk]
    return Held(
        withholding=withholding,
        drop_url=(
            reverse("requests:drop", args=place)
            if permissions.user_can_withhold_item(person, item) and not withholding.answer.is_sent
            else ""
        ),
        lift_url=(
            reverse("requests:lift", args=place) if permissions.user_can_lift_withholding(person, withholding) else ""
        ),
    )


def thread_of(subject: InformationRequest) -> list[Written]:
    """Return the messages, oldest first; no query where they are fetched."""
    written = sorted(subject.messages.all(), key=lambda message: (message.sent_at, message.pk))
    return [
        Written(message, message.direction == Direction.FROM_REQUESTER and message.read_at is None)
        for message in written
    ]


def timeline(subject: InformationRequest) -> list[Happened]:
    """Return what happened with a request, newest first; one query."""
    entries: QuerySet[Entry] = Entry.objects.about(REQUEST, subject.tracking_number).filter(area=AREA)
    return [_line(entry) for entry in entries.order_by("-instant", "-pk")]


def _line(entry: Entry) -> Happened:
    actor = _ACTORS.get(entry.actor_role) or Role(entry.actor_role).label
    return Happened(entry.instant, str(actor), str(Verb(entry.verb).label), entry.public)


def reviews_of(subject: InformationRequest) -> list[ReviewCase]:
    """Return the reviews of a request, newest first; no query where they are fetched."""
    cases = sorted(subject.reviews.all(), key=lambda case: case.number, reverse=True)
    for case in cases:
        case.request = subject
    return cases
