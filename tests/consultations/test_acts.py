"""Every role, in every stage, with every act: the table in words, the functions, and both the same."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from consultations import domain, permissions
from consultations.acts import DOCKET_RULES, ROLES_FOR, Act
from consultations.domain.records import SUBMISSION
from consultations.enums import Channel, Disposition, ModerationReason, PublicationPreference
from consultations.models import Decision, Docket, Submission
from consultations.refusals import Refusal, WrongStateError
from files.domain import release_file as make_public
from files.domain import store_files
from files.models import StoredFile
from tests.consultations.factories import (
    NOON,
    DocketFactory,
    OfficialFactory,
    answer,
    new_decision,
    new_docket,
    send,
    texts,
)
from tests.ledger.acts import entries_written, misfits

pytestmark = [pytest.mark.any_database, pytest.mark.slow]

# Who may do what: E editor, C case officer, D decision-maker, F facilitator, R reviewer, U auditor, A administrator.
WHO = {
    Act.READ_FILE: "ECDFUA",
    Act.CREATE_DOCKET: "ECA",
    Act.CHANGE_DOCKET: "ECA",
    Act.PLAN_PERIOD: "ECA",
    Act.PUBLISH_DOCKET: "DA",
    Act.EXTEND_PERIOD: "DA",
    Act.REOPEN_DOCKET: "DA",
    Act.DISCONTINUE_DOCKET: "DA",
    Act.RECORD_SUBMISSION: "CA",
    Act.DECIDE_ADMISSIBILITY: "CA",
    Act.PUBLISH_SUBMISSION: "CFA",
    Act.WITHHOLD_SUBMISSION: "CFA",
    Act.RELEASE_FILE: "CFA",
    Act.WITHDRAW_FILE: "CFA",
    Act.MARK_READ: "CA",
    Act.ADD_POINT: "CA",
    Act.ANSWER_POINT: "CA",
    Act.PUBLISH_RESPONSES: "CDA",
    Act.DRAFT_DECISION: "CD",
    Act.PUBLISH_DECISION: "D",
}
LETTERS = {
    "E": Role.EDITOR,
    "C": Role.CASE_OFFICER,
    "D": Role.DECISION_MAKER,
    "F": Role.FACILITATOR,
    "R": Role.REVIEWER,
    "U": Role.AUDITOR,
    "A": Role.ADMINISTRATOR,
}
# In which stages an act has its place: "draft upcoming open closed drafted decided discontinued".
STAGES = ("draft", "upcoming", "open", "closed", "drafted", "decided", "discontinued")
WHEN = {
    Act.CHANGE_DOCKET: "draft upcoming open closed drafted",
    Act.PLAN_PERIOD: "draft",
    Act.PUBLISH_DOCKET: "draft",
    Act.EXTEND_PERIOD: "upcoming open",
    Act.REOPEN_DOCKET: "closed drafted",
    Act.DISCONTINUE_DOCKET: "upcoming open closed drafted",
    Act.RECORD_SUBMISSION: "open closed drafted",
    Act.DECIDE_ADMISSIBILITY: "upcoming open closed drafted",
    Act.PUBLISH_SUBMISSION: "upcoming open closed drafted decided discontinued",
    Act.WITHHOLD_SUBMISSION: "upcoming open closed drafted decided discontinued",
    Act.RELEASE_FILE: "upcoming open closed drafted decided discontinued",
    Act.WITHDRAW_FILE: "upcoming open closed drafted decided discontinued",
    Act.MARK_READ: "upcoming open closed drafted decided discontinued",
    Act.ADD_POINT: "upcoming open closed drafted",
    Act.ANSWER_POINT: "upcoming open closed drafted decided",
    Act.PUBLISH_RESPONSES: "closed drafted decided",
    Act.DRAFT_DECISION: "closed drafted",
    Act.PUBLISH_DECISION: "drafted",
}
WITH_SUBMISSION = ("open", "closed", "drafted", "decided", "discontinued")
SOON, LATER = NOON + timedelta(days=30), NOON + timedelta(days=60)

Doing = Callable[[User, Docket, Submission | None], object]


def first_point(submission: Submission | None) -> Any:
    return submission.points.first() if submission else None


def file_of(submission: Submission | None) -> StoredFile:
    """A small file that came with it."""
    number = submission.tracking_number if submission else ""
    upload = SimpleUploadedFile("letter.txt", b"Half a kilogram.")
    return store_files([upload], subject_kind=SUBMISSION, subject_reference=number)[0]


def released_file_of(submission: Submission | None) -> StoredFile:
    return make_public(file_of(submission))


DOING: dict[Act, Doing] = {
    Act.CREATE_DOCKET: lambda who, docket, _: domain.create_docket(new_docket(slug="another"), actor=who, at=NOON),
    Act.CHANGE_DOCKET: lambda who, docket, _: domain.change_docket(docket, actor=who, at=NOON),
    Act.PLAN_PERIOD: lambda who, docket, _: domain.add_period(
        docket, actor=who, opens_at=SOON, closes_at=LATER, at=NOON
    ),
    Act.PUBLISH_DOCKET: lambda who, docket, _: domain.publish_docket(docket, actor=who, at=NOON),
    Act.EXTEND_PERIOD: lambda who, docket, _: domain.extend_period(
        docket, actor=who, closes_at=LATER, reason=texts("Holidays."), at=NOON
    ),
    Act.REOPEN_DOCKET: lambda who, docket, _: domain.reopen_docket(
        docket, actor=who, opens_at=SOON, closes_at=LATER, reason=texts("New facts."), at=NOON
    ),
    Act.DISCONTINUE_DOCKET: lambda who, docket, _: domain.discontinue_docket(
        docket, actor=who, reason=texts("The law changed."), at=NOON
    ),
    Act.RECORD_SUBMISSION: lambda who, docket, _: domain.receive_submission(
        docket,
        language="en",
        publication_preference=PublicationPreference.WITHOUT_NAME,
        text="A letter.",
        channel=Channel.POST,
        entered_by=who,
        at=NOON,
    ),
    Act.PUBLISH_SUBMISSION: lambda who, _, sent: domain.publish_submission(sent, actor=who, at=NOON),
    Act.WITHHOLD_SUBMISSION: lambda who, _, sent: domain.withhold_submission(
        sent, actor=who, reason=ModerationReason.SPAM, at=NOON
    ),
    Act.RELEASE_FILE: lambda who, _, sent: domain.release_file(sent, file_of(sent), actor=who, at=NOON),
    Act.WITHDRAW_FILE: lambda who, _, sent: domain.withdraw_file(sent, released_file_of(sent), actor=who, at=NOON),
    Act.MARK_READ: lambda who, _, sent: domain.mark_read(sent, actor=who, at=NOON),
    Act.ADD_POINT: lambda who, _, sent: domain.add_point(sent, actor=who, text="measure monthly", at=NOON),
    Act.ANSWER_POINT: lambda who, _, sent: domain.answer_point(
        first_point(sent), actor=who, disposition=Disposition.ACCEPTED, at=NOON
    ),
    Act.PUBLISH_RESPONSES: lambda who, docket, _: domain.publish_responses(docket, actor=who, at=NOON),
    Act.DRAFT_DECISION: lambda who, docket, _: domain.draft_decision(docket, draft_of(docket), actor=who, at=NOON),
    Act.PUBLISH_DECISION: lambda who, docket, _: domain.publish_decision(
        docket, actor=who, override_reason="Urgent.", at=NOON
    ),
}
# Whose outcome needs more than role and stage has its own tests (late comments; published answers).
SUBMISSION_ACTS = {
    Act.PUBLISH_SUBMISSION,
    Act.WITHHOLD_SUBMISSION,
    Act.RELEASE_FILE,
    Act.WITHDRAW_FILE,
    Act.MARK_READ,
    Act.ADD_POINT,
    Act.ANSWER_POINT,
}


def draft_of(docket: Docket) -> Decision:
    return getattr(docket, "decision", None) or new_decision()


def test_the_table_of_roles_is_the_one_written_here() -> None:
    assert {act: {LETTERS[letter] for letter in letters} for act, letters in WHO.items()} == {
        act: set(roles) for act, roles in ROLES_FOR.items()
    }


def test_every_act_on_a_docket_has_a_rule() -> None:
    assert set(DOCKET_RULES) == set(Act) - {Act.READ_FILE, Act.CREATE_DOCKET}
    assert set(DOCKET_RULES) == set(WHEN)


def staged(stage: str) -> tuple[Docket, Submission | None]:
    """A docket in a stage, with a comment and an answer that waits, as far as the stage has them."""
    if stage == "draft":
        return DocketFactory(), None
    if stage in {"upcoming", "discontinued"}:
        return DocketFactory(**{stage: True}), None
    docket = DocketFactory(**{"open" if stage == "open" else "closed": True})
    submission = send(docket)
    if stage in {"closed", "drafted", "decided"}:
        answer(send(docket, text="Another.", measure_texts={}))
        late_answer = send(docket, text="One more.", measure_texts={})
    if stage in {"drafted", "decided"}:
        domain.draft_decision(docket, new_decision(), actor=OfficialFactory(role=Role.CASE_OFFICER), at=NOON)
    if stage == "decided":
        chief = OfficialFactory(role=Role.DECISION_MAKER)
        domain.publish_decision(docket, actor=chief, override_reason="Urgent.", at=NOON)
        answer(late_answer)
    return Docket.objects.get(pk=docket.pk), Submission.objects.get(pk=submission.pk)


class UndoneError(Exception):
    """Takes back what an act did, so that the next person finds the same state."""


@pytest.mark.django_db
@pytest.mark.parametrize("stage", STAGES)
def test_an_act_is_done_by_its_roles_in_its_stages_and_by_nobody_else(stage: str) -> None:
    docket, submission = staged(stage)
    people: dict[str, Any] = {letter: OfficialFactory(role=role) for letter, role in LETTERS.items()}
    people["nobody"] = OfficialFactory()
    for act, do in DOING.items():
        if act in SUBMISSION_ACTS and submission is None:
            continue
        has_place = act not in WHEN or stage in WHEN[act].split()
        for letter, person in people.items():
            may = letter in WHO[act]
            expected = PermissionDenied if not may else None if has_place else WrongStateError
            assert outcome(do, person, docket, submission) is expected, f"{act} by {letter} while {stage}"


def outcome(do: Doing, person: User, docket: Docket, submission: Submission | None) -> type[Exception] | None:
    """What a person gets: nothing (it was done), or the kind of refusal."""
    fresh = Docket.objects.get(pk=docket.pk)
    try:
        with transaction.atomic():
            with entries_written() as written:
                do(person, fresh, submission)
            assert (len(written), misfits(written)) == (1, [])  # one act, one entry, and nobody's words in it
            raise UndoneError
    except UndoneError:
        return None
    except (PermissionDenied, Refusal) as refusal:
        return type(refusal)


@pytest.mark.django_db
@pytest.mark.parametrize("stage", STAGES)
def test_the_permission_functions_say_the_same(stage: str) -> None:
    docket, submission = staged(stage)
    people: dict[str, Any] = {letter: OfficialFactory(role=role) for letter, role in LETTERS.items()}
    people["stranger"] = AnonymousUser()
    about_docket = {
        act: getattr(permissions, f"user_can_{act.value}")
        for act in WHEN
        if act not in SUBMISSION_ACTS and act is not Act.DECIDE_ADMISSIBILITY
    }
    for act, may in about_docket.items():
        allowed = {letter for letter, person in people.items() if may(person, docket, NOON)}
        assert allowed == (set(WHO[act]) if stage in WHEN[act].split() else set()), f"{act} while {stage}"
    if submission is None:
        return
    for act in SUBMISSION_ACTS - {Act.ANSWER_POINT}:
        may = getattr(permissions, f"user_can_{act.value}")
        allowed = {letter for letter, person in people.items() if may(person, submission, NOON)}
        assert allowed == (set(WHO[act]) if stage in WHEN[act].split() else set()), f"{act} while {stage}"
    answering = {
        letter
        for letter, person in people.items()
        if permissions.user_can_answer_point(person, first_point(submission), NOON)
    }
    assert answering == (set(WHO[Act.ANSWER_POINT]) if stage in WHEN[Act.ANSWER_POINT].split() else set())


@pytest.mark.django_db
def test_a_stranger_does_not_read_the_file() -> None:
    assert not permissions.user_can_read_file(AnonymousUser(), DocketFactory())
    assert not permissions.user_can_create_docket(AnonymousUser())
