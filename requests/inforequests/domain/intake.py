"""Taking a request: whatever the form says, the server's clock decides, and its instant starts the time limit."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from files.domain import bind_files
from files.models import StoredFile
from inforequests.acts import Act
from inforequests.domain.clocks import start_answer_clock
from inforequests.domain.commitments import request_words
from inforequests.domain.letters import Letter, write_letter
from inforequests.domain.records import REQUEST, record_act
from inforequests.enums import AnswerPrivacy, MessageKind, Suspicion, Verb
from inforequests.models import InformationRequest, Requester, RequestItem, Submission
from inforequests.permissions import require
from inforequests.refusals import IncompleteError
from register.models import Facility, Pollutant
from tracking.numbers import derived_secret, new_secret, new_tracking_number, secret_digest

TRACKING_PREFIX: Final = "R"


@dataclass(frozen=True)
class Question:
    """One thing asked, and what of the register it is about, where the asker says so."""

    text: str
    pollutant: Pollutant | None = None
    facility: Facility | None = None


@dataclass(frozen=True)
class Sent:
    """What intake gives back: the request, the secret that only its sender learns, and whether it is new."""

    request: InformationRequest
    secret: str
    is_new: bool


def receive_request(
    *,
    language: str,
    questions: Sequence[Question | str],
    name: str = "",
    email: str = "",
    postal_address: str = "",
    privacy: AnswerPrivacy = AnswerPrivacy.REQUESTER,
    files: Sequence[StoredFile] = (),
    form_token: str = "",
    suspicion: Suspicion | None = None,
    kind: MessageKind = MessageKind.WEB,
    entered_by: Any = None,
    submitted_at: datetime | None = None,
    received_at: datetime | None = None,
    at: datetime | None = None,
) -> Sent:
    """Take a request for information (Art. 11(2)); nobody has to say who they are, or why they ask.

    The same `form_token` again gives the first request back, with the same secret, and nothing else happens: a second
    click on "Send". What looks like a machine's is received with its `suspicion`, and the time limit runs: nothing of a
    request is public before an official has answered it and published it. An official who enters what came another way
    is `entered_by` and gives `submitted_at`, when it was sent or said, from which the time limit runs, and
    `received_at`.

    Side effects, in order: requester, request, submission and one item for each question are stored; the files are
    bound to it; the clock starts at the instant of submission; the record gets a public entry that says the last day
    and commits to words, files and requester without telling them; a receipt is written to the e-mail address, if one
    was given. All or nothing.

    Raises IncompleteError where nothing is asked or a day lies in the future, FileGoneError where a file is no longer
    held, and PermissionDenied for an official without the role.
    """
    moment = at or timezone.now()
    secret = derived_secret(form_token) if form_token else new_secret()
    earlier = sent_before(form_token)
    if earlier is not None:
        return earlier
    asked = [question for question in map(_as_question, questions) if question.text]
    if not asked:
        raise IncompleteError(_("Write what you want to know."))
    if kind is not MessageKind.WEB or entered_by is not None:
        require(Act.RECORD_REQUEST, entered_by)
    submitted = submitted_at or received_at or moment
    received = received_at or submitted
    if submitted > moment or received > moment:
        raise IncompleteError(_("A request cannot have come in the future: correct day and time."))
    if received < submitted:
        raise IncompleteError(_("A request cannot have come before it was sent: correct day and time."))
    number = new_tracking_number(TRACKING_PREFIX)
    try:
        with transaction.atomic():
            request = InformationRequest.objects.create(
                tracking_number=number,
                secret_digest=secret_digest(secret, number),
                language=language,
                requester=_requester(name, email, postal_address),
                privacy=AnswerPrivacy(privacy),
                submitted_at=submitted,
            )
            Submission.objects.create(
                request=request,
                text="\n\n".join(question.text for question in asked),
                kind=kind,
                submitted_at=submitted,
                received_at=received,
                zone=settings.TIME_ZONE,
                form_digest=_digest_of(form_token),
                suspicion=suspicion or "",
                entered_by=entered_by,
            )
            bind_files(files, subject_kind=REQUEST, subject_reference=number)
            _start(request, asked, submitted)
            _record(request, entered_by, moment)
            write_letter(Letter.RECEIVED, request, at=moment, secret=secret)
    except IntegrityError:
        # Two clicks at the same instant: the other one was first.
        earlier = sent_before(form_token)
        if earlier is None:
            raise
        return earlier
    return Sent(request, secret, is_new=True)


def _as_question(question: Question | str) -> Question:
    asked = Question(question) if isinstance(question, str) else question
    return Question(asked.text.strip(), asked.pollutant, asked.facility)


def sent_before(form_token: str) -> Sent | None:
    """Return what was taken with the token of a form; None where nothing was."""
    if not form_token:
        return None
    asked = InformationRequest.objects.with_items().filter(submission__form_digest=_digest_of(form_token)).first()
    return Sent(asked, derived_secret(form_token), is_new=False) if asked else None


def _digest_of(form_token: str) -> str | None:
    return hashlib.sha256(form_token.encode()).hexdigest() if form_token else None


def _requester(name: str, email: str, postal_address: str) -> Requester | None:
    if not (name or email or postal_address):
        return None
    return Requester.objects.create(name=name, email=email, postal_address=postal_address)


def _start(request: InformationRequest, asked: Sequence[Question], submitted: datetime) -> None:
    """Store the items, and start the clock for all of them."""
    clock = start_answer_clock(request, submitted_at=submitted)
    RequestItem.objects.bulk_create(
        RequestItem(
            request=request,
            number=number,
            text=question.text,
            pollutant=question.pollutant,
            facility=question.facility,
            added_at=submitted,
            clock=clock,
        )
        for number, question in enumerate(asked, start=1)
    )


def _record(request: InformationRequest, entered_by: Any, moment: datetime) -> None:
    submission = request.submission
    facts: dict[str, Any] = {
        "kind": submission.kind,
        "submitted_at": submission.submitted_at.isoformat(),
        "received_at": submission.received_at.isoformat(),
        "items": request.items.count(),
    }
    clock = request.clock
    if clock is not None:
        rule = clock.rule.code if clock.rule else ""
        facts |= {"last_day": clock.last_day.isoformat(), "rule": rule, "clock": clock.kind}
    act = Act.RECORD_REQUEST if entered_by is not None else None
    record_act(
        Verb.SUBMITTED, request, actor=entered_by, act=act, at=moment, facts=facts, private=request_words(request)
    )
