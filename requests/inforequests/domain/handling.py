"""Between question and answer: acknowledging, writing to each other, withdrawing. None of it moves a date."""

import hashlib
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inforequests.acts import STAGE_RULES, Act
from inforequests.domain.clocks import lapse_clocks
from inforequests.domain.commitments import TEXT
from inforequests.domain.letters import Letter, write_letter
from inforequests.domain.records import record_act
from inforequests.domain.stored import locked
from inforequests.enums import AnswerPrivacy, Direction, MessageKind, Stage, Verb
from inforequests.models import InformationRequest, Message
from inforequests.permissions import require, require_requester
from inforequests.refusals import IncompleteError


@transaction.atomic
def acknowledge_request(request: InformationRequest, *, actor: Any, at: datetime | None = None) -> InformationRequest:
    """Tell the requester that the authority has the request in hand. That is no answer, and counts as none.

    Side effects, in order: the request is stored as in hand, the record gets a public entry, the requester is written
    to. Raises PermissionDenied and WrongStateError.
    """
    moment = at or timezone.now()
    request = locked(request)
    require(Act.ACKNOWLEDGE, actor, request)
    request.stage = Stage.IN_HAND
    request.acknowledged_at = moment
    request.acknowledged_by = actor
    request.save(update_fields=["stage", "acknowledged_at", "acknowledged_by"])
    record_act(Verb.ACKNOWLEDGED, request, actor=actor, act=Act.ACKNOWLEDGE, at=moment)
    write_letter(Letter.ACKNOWLEDGED, request, at=moment)
    return request


@transaction.atomic
def send_message_to_requester(
    request: InformationRequest,
    *,
    actor: Any,
    text: str,
    asks_for_clarification: bool = False,
    language: str = "",
    at: datetime | None = None,
) -> Message:
    """Write to the requester; a question in it is optional to answer and leaves the last day alone.

    Side effects, in order: the message is stored, the record gets an entry (not public), the requester is written to,
    without the words, which stand on the request's page. Raises PermissionDenied, WrongStateError, IncompleteError.
    """
    moment = at or timezone.now()
    request = locked(request)
    require(Act.WRITE_MESSAGE, actor, request)
    message = Message(
        request=request,
        direction=Direction.TO_REQUESTER,
        text=_words(text),
        language=language or request.language,
        asks_for_clarification=asks_for_clarification,
        sent_at=moment,
        author=actor,
    )
    message.full_clean()
    message.save()
    facts = {"asks_for_clarification": asks_for_clarification}
    record_act(
        Verb.MESSAGE_SENT,
        request,
        actor=actor,
        act=Act.WRITE_MESSAGE,
        at=moment,
        facts=facts,
        private={TEXT: message.text},
        public=False,
    )
    write_letter(Letter.MESSAGE, request, at=moment, once_for=message.pk, asks_for_clarification=asks_for_clarification)
    return message


def receive_message(
    request: InformationRequest,
    *,
    key: str,
    text: str,
    language: str,
    form_token: str = "",
    at: datetime | None = None,
) -> Message:
    """Take a message of the requester, who shows the access key; the same `form_token` again gives the first one back.

    Side effects, in order: the message is stored, the record gets an entry (not public). Raises NotYoursError,
    WrongStateError and IncompleteError.
    """
    moment = at or timezone.now()
    digest = hashlib.sha256(form_token.encode()).hexdigest() if form_token else None
    try:
        with transaction.atomic():
            request = locked(request)
            require_requester(Act.REPLY, key, request)
            earlier = Message.objects.filter(request=request, form_digest=digest).first() if digest else None
            if earlier is not None:
                return earlier
            message = Message(
                request=request,
                direction=Direction.FROM_REQUESTER,
                kind=MessageKind.WEB,
                text=_words(text),
                language=language,
                sent_at=moment,
                form_digest=digest,
            )
            message.full_clean()
            message.save()
            record_act(Verb.MESSAGE_RECEIVED, request, at=moment, private={TEXT: message.text}, public=False)
            return message
    except IntegrityError:
        # Two clicks at the same instant: the other one was first.
        return Message.objects.get(request=request, form_digest=digest)


@transaction.atomic
def mark_messages_read(request: InformationRequest, *, actor: Any, at: datetime | None = None) -> int:
    """Remember that the requester's messages were read; return how many were unread.

    Side effects: the messages are stored as read; the record gets no entry. Raises PermissionDenied.
    """
    require(Act.WRITE_MESSAGE, actor)
    return Message.objects.filter(request=request).unread().update(read_at=at or timezone.now())


@transaction.atomic
def withdraw_request(request: InformationRequest, *, key: str, at: datetime | None = None) -> InformationRequest:
    """Withdraw a request, by its requester, who shows the access key; nobody has to say why.

    Side effects, in order: an answer that was ready and not sent is dropped, the request is stored as withdrawn, its
    clocks lapse, the record gets a public entry. Raises NotYoursError and WrongStateError.
    """
    moment = at or timezone.now()
    request = locked(request)
    require_requester(Act.WITHDRAW, key, request)
    request.decisions.filter(sent_at=None).delete()
    request.stage = next(iter(STAGE_RULES[Act.WITHDRAW].to_stages))
    request.withdrawn_at = moment
    request.save(update_fields=["stage", "withdrawn_at"])
    lapse_clocks(request, at=moment)
    record_act(Verb.WITHDRAWN, request, at=moment)
    return request


@transaction.atomic
def choose_privacy(
    request: InformationRequest, *, key: str, privacy: AnswerPrivacy, at: datetime | None = None
) -> InformationRequest:
    """Let the requester, who shows the access key, choose who may read question and answer.

    Side effects, in order: the choice is stored; where it is taken back after publication, the entry leaves the
    disclosure log; the record gets one entry: a public one that it was taken from publication, or else one that is not
    public. Raises NotYoursError and WrongStateError.
    """
    moment = at or timezone.now()
    request = locked(request)
    require_requester(Act.CHOOSE_PRIVACY, key, request)
    if request.privacy == privacy:
        return request
    request.privacy = AnswerPrivacy(privacy)
    request.save(update_fields=["privacy"])
    disclosure = getattr(request, "disclosure", None)
    conceals = disclosure is not None and privacy is not AnswerPrivacy.PUBLIC
    if disclosure is not None and conceals:
        disclosure.delete()
    record_act(
        Verb.CONCEALED if conceals else Verb.PRIVACY_CHANGED,
        request,
        at=moment,
        facts={"privacy": request.privacy},
        public=conceals,  # what the public could read it is told is gone; the choice alone concerns nobody else
    )
    return locked(request)


def _words(text: str) -> str:
    if not text.strip():
        raise IncompleteError(_("Write the message first."))
    return text.strip()
