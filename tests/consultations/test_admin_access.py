"""Every role at every page of the desk: what is refused, what is done, and which buttons there are."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from consultations import domain
from consultations.acts import DOCKET_RULES, ROLES_FOR, Act
from consultations.enums import Channel, Disposition, ModerationReason, PublicationPreference
from consultations.models import Docket, Submission
from ledger.models import Entry
from tests.consultations.factories import OfficialFactory, answer, new_decision, send
from tests.consultations.officials import (
    DESKS,
    DOCKET_PAGES,
    SUBMISSION_PAGES,
    SUBMISSIONS,
    consultation,
    in_three_languages,
    sent_by,
    sign_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

STAGES = ("draft", "upcoming", "open", "closed", "drafted", "decided", "discontinued")
# A stage in which the act has its place.
PLACE = {
    Act.CHANGE_DOCKET: "draft",
    Act.PUBLISH_DOCKET: "draft",
    Act.EXTEND_PERIOD: "open",
    Act.REOPEN_DOCKET: "closed",
    Act.DISCONTINUE_DOCKET: "open",
    Act.RECORD_SUBMISSION: "open",
    Act.PUBLISH_RESPONSES: "closed",
    Act.DRAFT_DECISION: "closed",
    Act.PUBLISH_DECISION: "drafted",
    **dict.fromkeys(SUBMISSION_PAGES, "open"),
    Act.DECIDE_ADMISSIBILITY: "closed",
}


class UndoneError(Exception):
    """Takes back what was done, so that the next person finds the same state."""


def staged(stage: str) -> Docket:
    """A docket in a stage, with a comment and an answer that waits, as far as the stage has them."""
    if stage == "draft":
        return consultation()
    if stage in {"upcoming", "discontinued"}:
        return consultation(**{stage: True})
    docket = consultation(**{"open" if stage == "open" else "closed": True})
    send(docket)
    if stage != "open":
        answer(send(docket, text="Another.", measure_texts={}), at=timezone.now())
    if stage in {"drafted", "decided"}:
        officer = OfficialFactory(role=Role.CASE_OFFICER)
        domain.draft_decision(docket, new_decision(decided_on=timezone.now().date()), actor=officer)
    if stage == "decided":
        chief = OfficialFactory(role=Role.DECISION_MAKER)
        domain.publish_decision(docket, actor=chief, override_reason="Urgent.")
    return Docket.objects.get(pk=docket.pk)


def comment_on(docket: Docket, act: Act) -> Submission:
    """The comment that an act is done with: a late letter where it is about that."""
    if act is not Act.DECIDE_ADMISSIBILITY:
        first = docket.submissions.order_by("pk").first()
        assert first is not None
        return first
    return domain.receive_submission(
        docket,
        language="en",
        publication_preference=PublicationPreference.WITHOUT_NAME,
        text="A letter that came late.",
        channel=Channel.POST,
        entered_by=OfficialFactory(role=Role.CASE_OFFICER),
        received_at=timezone.now() - timedelta(hours=1),
    ).submission


def address(act: Act, docket: Docket, submission: Submission | None) -> str:
    if act in DOCKET_PAGES:
        return f"{DESKS}{docket.pk}/{DOCKET_PAGES[act]}"
    assert submission is not None
    return f"{SUBMISSIONS}{submission.pk}/{SUBMISSION_PAGES[act]}"


def filled_in(act: Act, docket: Docket, submission: Submission | None) -> dict[str, Any]:
    """What somebody sends who fills in the form of an act as it should be."""
    later = timezone.localtime(timezone.now() + timedelta(days=40)).strftime("%Y-%m-%d %H:%M")
    soon = timezone.localtime(timezone.now() + timedelta(days=9)).strftime("%Y-%m-%d %H:%M")
    now = timezone.localtime(timezone.now()).strftime("%Y-%m-%d %H:%M")
    if act in {Act.CHANGE_DOCKET, Act.DRAFT_DECISION}:
        author = sign_in(Role.CASE_OFFICER)
        data = sent_by(author.get(address(act, docket, None)).context["form"])
        if act is Act.CHANGE_DOCKET:
            return data | {"title_en": "Another title"}
        considered = in_three_languages({"considerations-0-heading": "Health", "considerations-0-text": "Fish."})
        listed = {"considerations-TOTAL_FORMS": "1", "considerations-0-ORDER": "1", "considerations-0-id": ""}
        return (
            data
            | considered
            | listed
            | in_three_languages({"summary": "Yes.", "review": "In court."})
            | {"kind": "adopted"}
        )
    reason = in_three_languages({"text": "Holidays."})
    by_act: dict[Act, dict[str, Any]] = {
        Act.PUBLISH_DOCKET: {},
        Act.EXTEND_PERIOD: {"closes_at": later, **reason},
        Act.REOPEN_DOCKET: {"opens_at": soon, "closes_at": later, **reason},
        Act.DISCONTINUE_DOCKET: reason,
        Act.RECORD_SUBMISSION: {
            "channel": Channel.POST.value,
            "received_at": now,
            "language": "en",
            "submitter_type": "individual",
            "publication_preference": PublicationPreference.WITHOUT_NAME.value,
            "text": "A letter.",
        },
        Act.PUBLISH_RESPONSES: {},
        Act.PUBLISH_DECISION: {"override_reason": "Urgent."},
        Act.MARK_READ: {},
        Act.PUBLISH_SUBMISSION: {},
        Act.WITHHOLD_SUBMISSION: {"reason": ModerationReason.SPAM.value},
        Act.DECIDE_ADMISSIBILITY: {"admissible": "yes", "reason": "See the postmark."},
        Act.ADD_POINT: {"text": "measure monthly"},
    }
    if act is Act.ANSWER_POINT:
        assert submission is not None
        point = submission.points.get(sort_order=0)
        prefix = f"point-{point.pk}"
        return {f"{prefix}-disposition": Disposition.ACCEPTED.value, f"{prefix}-language": "en", f"{prefix}-loaded": ""}
    return by_act[act]


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


@pytest.mark.parametrize("act", PLACE, ids=lambda act: act.value)
def test_an_act_is_done_at_its_page_by_its_roles_and_refused_to_everybody_else(act: Act) -> None:
    docket = staged(PLACE[act])
    submission = comment_on(docket, act) if act in SUBMISSION_PAGES else None
    path, data = address(act, docket, submission), filled_in(act, docket, submission)
    for role in [*Role, None]:
        client = sign_in(role)
        may = role in ROLES_FOR[act]
        reads_the_page = may or (act is Act.ANSWER_POINT and role in ROLES_FOR[Act.READ_FILE])
        assert client.get(path).status_code == (200 if reads_the_page else 302 if role else 403), (
            f"{act} read by {role}"
        )
        done, status = is_done(client, path, data)
        assert done is may, f"{act} by {role} answered {status}"
        if not may:
            assert status == (403 if role in {None, Role.AUDITOR} else 302), f"{act} refused to {role}"


def test_somebody_who_is_not_signed_in_is_sent_to_the_sign_in_page() -> None:
    docket = staged("open")
    for act in PLACE:
        submission = docket.submissions.first()
        path = address(act, docket, submission)
        for answered in (Client().get(path), Client().post(path)):
            assert answered.status_code == 302
            assert answered["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("stage", STAGES)
def test_the_desk_offers_each_role_its_acts_of_the_stage_and_no_other(stage: str) -> None:
    docket = staged(stage)
    for role in ROLES_FOR[Act.READ_FILE]:
        page = sign_in(role).get(f"{DESKS}{docket.pk}/")
        offered = {step.url for step in page.context["steps_now"]}
        expected = {
            f"{DESKS}{docket.pk}/{part}"
            for act, part in DOCKET_PAGES.items()
            if role in ROLES_FOR[act]
            and DOCKET_RULES[act].allows(docket.editorial_state, docket.handling_state, docket.time_state())
        }
        assert offered == expected, f"{role} while {stage}"
        html = page.content.decode()
        assert {url for url in expected if f'href="{url}"' in html} == expected


@pytest.mark.parametrize("stage", STAGES)
def test_an_act_without_a_place_in_the_stage_is_refused_with_its_sentence(stage: str) -> None:
    docket = staged(stage)
    for act, part in DOCKET_PAGES.items():
        if DOCKET_RULES[act].allows(docket.editorial_state, docket.handling_state, docket.time_state()):
            continue
        client = sign_in(next(role for role in Role if role in ROLES_FOR[act]))
        page = client.get(f"{DESKS}{docket.pk}/{part}", follow=True)
        assert page.redirect_chain == [(f"{DESKS}{docket.pk}/", 302)], f"{act} while {stage}"
        assert [str(message).strip() for message in page.context["messages"]] == [str(DOCKET_RULES[act].refusal)]


def test_an_auditor_sees_everything_and_no_button() -> None:
    docket = staged("open")
    submission = comment_on(docket, Act.MARK_READ)
    auditor = sign_in(Role.AUDITOR)
    for path in (
        DESKS,
        f"{DESKS}{docket.pk}/",
        f"{DESKS}{docket.pk}/history/",
        f"{DESKS}{docket.pk}/preview/",
        SUBMISSIONS,
        f"{SUBMISSIONS}{submission.pk}/",
        f"{SUBMISSIONS}{submission.pk}/history/",
    ):
        page = auditor.get(path)
        assert page.status_code == 200, path
        main = page.content.decode().partition("<main")[2]
        assert 'method="post"' not in main.lower(), path
    assert auditor.get(f"{DESKS}{docket.pk}/").context["steps_now"] == []
    assert "Aino Example" in auditor.get(f"{SUBMISSIONS}{submission.pk}/").content.decode()


def test_a_reviewer_of_the_independent_body_has_no_desk_here() -> None:
    docket = staged("open")
    reviewer = sign_in(Role.REVIEWER)
    for path in (DESKS, SUBMISSIONS, f"{DESKS}{docket.pk}/", f"{DESKS}{docket.pk}/history/"):
        assert reviewer.get(path).status_code == 302, path


def test_an_editor_reads_a_comment_and_not_who_sent_it() -> None:
    docket = staged("open")
    submission = send(docket, name="Aino Private", publication_preference=PublicationPreference.WITHOUT_NAME)
    editor = sign_in(Role.EDITOR)
    for path in (f"{SUBMISSIONS}{submission.pk}/", SUBMISSIONS, f"{SUBMISSIONS}?q=Aino Private"):
        html = editor.get(path).content.decode()
        assert "Aino Private" not in html.replace('value="Aino Private"', ""), path
    assert "Aino Private" in sign_in(Role.CASE_OFFICER).get(f"{SUBMISSIONS}{submission.pk}/").content.decode()
    assert submission.tracking_number not in editor.get(f"{SUBMISSIONS}?q=Aino Private").content.decode()


def test_nothing_of_a_file_can_be_copied_or_deleted() -> None:
    docket = staged("open")
    administrator = sign_in(Role.ADMINISTRATOR)
    for path in (f"{DESKS}delete/{docket.pk}/", f"{DESKS}{docket.pk}/delete/", f"{DESKS}copy/{docket.pk}/"):
        assert administrator.post(path, follow=True).status_code == 404, path
    assert Docket.objects.filter(pk=docket.pk).exists()
