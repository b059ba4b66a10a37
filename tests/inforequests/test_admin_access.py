"""Every role in every stage at the page of every act: what is done, what is refused, and which buttons there are."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from inforequests import domain
from inforequests.acts import ROLES_FOR, STAGE_RULES, Act
from inforequests.enums import AnswerPrivacy, Disposition, Stage, WithheldType
from inforequests.models import InformationRequest
from ledger.models import Entry
from tests.inforequests.factories import again, answer, ask, disclosed, ground, item_of, person, refused, send, withhold
from tests.inforequests.officials import REQUEST_PAGES, REQUESTS, desk, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

CASES = [(act, stage) for act in REQUEST_PAGES for stage in Stage]


class UndoneError(Exception):
    """Takes back what was done, so that the next person finds the same state."""


def staged(stage: Stage, *, keeping_back: bool = False) -> InformationRequest:
    """A request in a stage; its first question is drafted as soon as it is in hand."""
    now = timezone.now()
    sent = ask("How much?", at=now, privacy=AnswerPrivacy.PUBLIC)
    if stage is Stage.WITHDRAWN:
        return domain.withdraw_request(sent.request, key=sent.secret)
    if stage is not Stage.RECEIVED:
        answer(item_of(sent.request), Disposition.WITHHELD if keeping_back else Disposition.PROVIDED, at=now)
        if keeping_back:
            withhold(item_of(sent.request), at=now)
    if stage is Stage.DECIDED:
        domain.mark_answer_ready(sent.request, actor=person(Role.CASE_OFFICER))
    if stage is Stage.SENT:
        send(sent.request, at=now)
    return again(sent).request


def place_of(act: Act, stage: Stage) -> InformationRequest:
    """A request in a stage, in which nothing but the stage stands in the way of the act."""
    if act is Act.CONCEAL and stage is Stage.SENT:
        return disclosed().request
    return staged(stage, keeping_back=act is Act.WITHHOLD_ITEM)


def has_place(act: Act, stage: Stage) -> bool:
    """Whether the act has its place in a request that `place_of` made."""
    if act is Act.CONCEAL:
        return stage is Stage.SENT
    if act is Act.WITHHOLD_ITEM:
        return stage in {Stage.IN_HAND, Stage.DECIDED}  # before that nothing is drafted as kept back
    if act is Act.MARK_READY:
        return stage is Stage.IN_HAND  # what is only received has no answer yet
    return STAGE_RULES[act].allows(stage)


def filled_in(act: Act, request: InformationRequest) -> dict[str, Any]:
    """What somebody sends who fills in the form of an act as it should be."""
    decision = request.decisions.filter(sent_at=None).first()
    by_act: dict[Act, dict[str, Any]] = {
        Act.ACKNOWLEDGE: {},
        Act.WRITE_MESSAGE: {"text": "Which river?"},
        Act.ANSWER_ITEM: {"disposition": Disposition.PROVIDED.value, "text": "13 kg."},
        Act.WITHHOLD_ITEM: {
            "ground": ground().pk,
            "withheld_type": WithheldType.METHOD.value,
            "text_en": "It is a trade secret.",
            "public_interest_en": "Small.",
            "concerns_releases": "no",
            "substitute": "none",
        },
        Act.MARK_READY: {"letter": "Here it is."},
        Act.SEND_ANSWER: {"decision": decision.pk if decision else 0},
        Act.DISCLOSE: {"text_en": "Mercury"},
        Act.CONCEAL: {},
    }
    data = by_act[act]
    if act is Act.ANSWER_ITEM:
        page = sign_in(Role.CASE_OFFICER).get(desk(request, REQUEST_PAGES[act]))
        if page.status_code == 200:
            data["loaded"] = page.context["form"]["loaded"].value()
    return data


def is_done(client: Client, path: str, data: dict[str, Any]) -> tuple[bool, int]:
    """Whether sending the form did something, and how it was answered; afterwards nothing is done."""
    before = Entry.objects.count()
    try:
        with transaction.atomic():
            status = client.post(path, data).status_code
            done = Entry.objects.count() > before
            raise UndoneError
    except UndoneError:
        return done, status


@pytest.mark.parametrize(("act", "stage"), CASES, ids=lambda value: value.value)
def test_an_act_is_done_by_its_roles_in_its_stages_and_refused_otherwise(act: Act, stage: Stage) -> None:
    request = place_of(act, stage)
    path, data = desk(request, REQUEST_PAGES[act]), filled_in(act, request)
    for role in [*Role, None]:
        client = sign_in(role)
        done, status = is_done(client, path, data)
        has_role = role in ROLES_FOR[act]
        assert done is (has_role and has_place(act, stage)), f"{act} by {role} while {stage} answered {status}"
        if has_role:
            assert status == (302 if done else 200), f"{act} by {role} while {stage}"
        else:
            assert status == (403 if role in {None, Role.AUDITOR} else 302), f"{act} refused to {role}"


@pytest.mark.parametrize("stage", list(Stage), ids=lambda stage: stage.value)
def test_the_desk_offers_each_role_its_acts_of_the_stage_and_no_other(stage: Stage) -> None:
    request = staged(stage)
    whole = [act for act in REQUEST_PAGES if act not in {Act.ANSWER_ITEM, Act.WITHHOLD_ITEM}]
    for role in ROLES_FOR[Act.READ_REQUESTS]:
        page = sign_in(role).get(desk(request))
        offered = {step.url for step in page.context["steps_now"]}
        expected = {
            desk(request, REQUEST_PAGES[act])
            for act in whole
            if role in ROLES_FOR[act]
            and act is not Act.CONCEAL
            and STAGE_RULES[act].allows(stage)
            # Nothing is drafted yet of what was only just received.
            and not (act is Act.MARK_READY and stage is Stage.RECEIVED)
        }
        assert offered == expected, f"{role} while {stage}"
        may_answer = role in ROLES_FOR[Act.ANSWER_ITEM] and STAGE_RULES[Act.ANSWER_ITEM].allows(stage)
        assert bool(page.context["rows"][0].answer_url) is may_answer, f"{role} while {stage}"


@pytest.mark.parametrize("role", [*Role, None], ids=str)
def test_what_keeps_something_back_is_sent_and_disclosed_by_a_decision_maker_only(role: Role | None) -> None:
    ready = staged(Stage.DECIDED, keeping_back=True)
    done, _status = is_done(sign_in(role), desk(ready, "send/"), filled_in(Act.SEND_ANSWER, ready))
    assert done is (role is Role.DECISION_MAKER)
    kept = refused(at=timezone.now()).request
    withholding = kept.sorted_items[0].sent_answers[0].sorted_withholdings[0]
    done, _status = is_done(sign_in(role), desk(kept, f"questions/1/kept-back/{withholding.pk}/disclose/"), {})
    assert done is (role is Role.DECISION_MAKER)


@pytest.mark.parametrize("role", [*Role, None], ids=str)
def test_only_those_who_handle_requests_enter_one_or_mark_messages_as_read(role: Role | None) -> None:
    handles = role in ROLES_FOR[Act.RECORD_REQUEST]
    assert (sign_in(role).get(f"{REQUESTS}new/").status_code == 200) is handles
    now = f"{timezone.localtime():%Y-%m-%d %H:%M}"
    data = {"kind": "post", "submitted_at": now, "language": "en", "privacy": "requester", "question_1": "How much?"}
    sign_in(role).post(f"{REQUESTS}new/", data)
    assert InformationRequest.objects.exists() is handles


def test_an_auditor_sees_everything_and_no_button() -> None:
    sent = refused(at=timezone.now(), name="Aino Example")
    auditor = sign_in(Role.AUDITOR)
    for path in (REQUESTS, f"{REQUESTS}?stands_at=all", desk(sent.request), desk(sent.request, "history/")):
        page = auditor.get(path)
        assert page.status_code == 200, path
        assert 'method="post"' not in page.content.decode().partition("<main")[2].lower(), path
    assert auditor.get(desk(sent.request)).context["steps_now"] == []
    assert "Aino Example" in auditor.get(desk(sent.request)).content.decode()


def test_a_decision_maker_decides_without_knowing_who_asked() -> None:
    sent = ask(at=timezone.now(), name="Aino Example")
    for path in (desk(sent.request), REQUESTS):
        assert "Aino Example" not in sign_in(Role.DECISION_MAKER).get(path).content.decode()
        assert "Aino Example" in sign_in(Role.CASE_OFFICER).get(path).content.decode()
    assert sent.request.tracking_number not in (
        sign_in(Role.DECISION_MAKER).get(f"{REQUESTS}?q=Aino Example").content.decode()
    )


def test_editors_facilitators_and_reviewers_have_no_desk_here() -> None:
    sent = ask(at=timezone.now())
    for role in (Role.EDITOR, Role.FACILITATOR, Role.REVIEWER):
        for path in (REQUESTS, desk(sent.request), desk(sent.request, "history/")):
            assert sign_in(role).get(path).status_code == 302, f"{path} read by {role}"


def test_somebody_who_is_not_signed_in_is_sent_to_the_sign_in_page() -> None:
    sent = ask(at=timezone.now())
    for part in ("", *REQUEST_PAGES.values()):
        for answered_with in (Client().get(desk(sent.request, part)), Client().post(desk(sent.request, part))):
            assert answered_with.status_code == 302
            assert answered_with["Location"].startswith("/accounts/login/")


def test_no_request_can_be_copied_or_deleted() -> None:
    sent = ask(at=timezone.now())
    administrator = sign_in(Role.ADMINISTRATOR)
    for path in (f"{REQUESTS}delete/{sent.request.pk}/", desk(sent.request, "delete/"), desk(sent.request, "edit/")):
        assert administrator.post(path, follow=True).status_code == 404, path
    assert InformationRequest.objects.exists()
