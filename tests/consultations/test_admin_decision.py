"""Drafting the decision, previewing it, and the gate that no point slips through."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from consultations.domain.letters import DECIDED
from consultations.enums import DecisionKind, HandlingState
from consultations.models import Decision, Docket
from notices.models import Message
from tests.consultations.factories import answer, send
from tests.consultations.officials import DESKS, a_row, consultation, in_three_languages, sent_by, sentences, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def at(docket: Docket, part: str = "decision/") -> str:
    return f"{DESKS}{docket.pk}/{part}"


def a_whole_decision(client: Client, docket: Docket, **fields: str) -> dict[str, str]:
    data = sent_by(client.get(at(docket)).context["form"])
    data |= {"kind": DecisionKind.ADOPTED.value, "considerations-TOTAL_FORMS": "1"}
    data |= in_three_languages(
        {
            "summary": "The threshold is 0.5 kg a year.",
            "register_change": "From the reporting year 2027 on.",
            "review": "Before the Administrative Court, within a month.",
        }
    )
    words = in_three_languages({"heading": "Health", "text": "Mercury builds up in fish."})
    return data | a_row("considerations", 0, **words) | fields


@pytest.fixture
def officer() -> Client:
    return sign_in(Role.CASE_OFFICER, name="Olga")


@pytest.fixture
def chief() -> Client:
    return sign_in(Role.DECISION_MAKER, name="Dagmar")


def drafted(docket: Docket, client: Client, **fields: str) -> Docket:
    sent = client.post(at(docket), a_whole_decision(client, docket, **fields))
    assert sent.status_code == 302
    return Docket.objects.get(pk=docket.pk)


def test_a_decision_is_drafted_with_its_considerations_and_nobody_sees_it(officer: Client) -> None:
    docket = drafted(consultation(closed=True), officer)
    decision = Decision.objects.get()
    assert docket.handling_state == HandlingState.DECISION_DRAFTED
    assert (decision.summary_fr, decision.considerations.get().text_ru) == (
        "The threshold is 0.5 kg a year. (fr)",
        "Mercury builds up in fish. (ru)",
    )
    assert "0.5 kg a year. (en)" not in sentences(Client().get(docket.get_absolute_url()))
    assert "The threshold is 0.5 kg a year. (en)" in sentences(officer.get(f"{DESKS}{docket.pk}/"))


def test_a_new_decision_begins_with_what_the_file_and_the_last_decision_say(officer: Client) -> None:
    consultation(slug="before", decided=True)
    form = officer.get(at(consultation(slug="now", closed=True))).context["form"]
    assert form["authority_ru"].value() == "Environment Agency (ru)"
    assert form["legal_basis_fr"].value() == "Register Act, section 4 (fr)"
    assert form["review_en"].value() == "Before the Administrative Court, within a month. (en)"
    assert form["decided_on"].value() == timezone.localdate()


def test_a_draft_that_is_not_valid_is_not_saved_and_nothing_typed_is_lost(officer: Client) -> None:
    docket = consultation(closed=True)
    page = officer.post(at(docket), a_whole_decision(officer, docket, kind="", summary_ru="Долго думали."))
    assert page.status_code == 200
    assert "kind" in page.context["form"].errors
    assert page.context["form"]["summary_ru"].value() == "Долго думали."
    assert not Decision.objects.exists()


def test_two_officials_at_one_draft_do_not_overwrite_each_other_unseen(officer: Client, chief: Client) -> None:
    docket = drafted(consultation(closed=True), officer)
    olgas, dagmars = (sent_by(client.get(at(docket)).context["form"]) for client in (officer, chief))
    officer.post(at(docket), olgas | {"summary_en": "Olga’s words."})
    warned = chief.post(at(docket), dagmars | {"review_en": "Dagmar’s words."})
    assert "Olga Official saved this while you were writing" in sentences(warned)
    assert Decision.objects.get().review_en != "Dagmar’s words."
    chief.post(at(docket), sent_by(warned.context["form"]))
    assert Decision.objects.get().review_en == "Dagmar’s words."


def test_what_a_draft_lacks_is_said_before_it_can_be_published(officer: Client, chief: Client) -> None:
    docket = drafted(consultation(closed=True), officer, summary_fr="", **{"considerations-0-text_ru": ""})
    page = chief.get(at(docket, "decision/publish/"))
    assert page.context["missing"] == [
        "What was decided is missing in: Français.",
        "Consideration 1 is not complete in all three languages.",
    ]
    assert "Yes, publish the decision" not in sentences(page)
    chief.post(at(docket, "decision/publish/"))
    assert Decision.objects.get().published_at is None


def test_the_preview_shows_the_page_with_the_drafted_decision_in_each_language(officer: Client) -> None:
    docket = drafted(consultation(closed=True), officer)
    for code, words in {"en": "year. (en)", "fr": "year. (fr)", "ru": "year. (ru)"}.items():
        page = officer.get(at(docket, f"preview/{code}/"))
        assert page.status_code == 200
        assert f"The threshold is 0.5 kg a {words}" in sentences(page)
        assert f'lang="{code}"' in page.content.decode()
    assert officer.get(at(docket, "preview/de/"), follow=True).status_code == 404
    assert 'lang="en"' in officer.get(DESKS).content.decode()[:200]


def test_a_draft_consultation_is_previewed_before_it_has_a_page(officer: Client) -> None:
    docket = consultation(title="Not public yet")
    for code in ("en", "fr", "ru"):
        assert f"Not public yet ({code})" in sentences(officer.get(at(docket, f"preview/{code}/")))
    assert Client().get(docket.get_absolute_url()).status_code == 404


def test_a_point_without_an_answer_keeps_the_decision_back_and_the_page_says_what_is_open(
    officer: Client, chief: Client
) -> None:
    docket = consultation(closed=True)
    send(docket)
    docket = drafted(docket, officer)
    page = chief.get(at(docket, "decision/publish/"))
    for words in ("1 comment is unread.", "2 points have no answer.", "Publish all the same, because"):
        assert words in sentences(page), words
    refused = chief.post(at(docket, "decision/publish/"), {"override_reason": "  "})
    assert refused.status_code == 200
    assert "Answer what is left, or say publicly why the decision is published before that." in sentences(refused)
    assert Decision.objects.get().published_at is None


def test_an_override_is_public_with_its_reason(officer: Client, chief: Client) -> None:
    docket = consultation(closed=True)
    send(docket)
    docket = drafted(docket, officer)
    chief.post(at(docket, "decision/publish/"), {"override_reason": "The law comes into force tomorrow."})
    decision = Decision.objects.get()
    assert (decision.override_reason, decision.points_left_out) == ("The law comes into force tomorrow.", 2)
    assert "The law comes into force tomorrow." in sentences(Client().get(docket.get_absolute_url()))


def test_when_every_point_is_answered_no_reason_is_asked_for_and_commenters_are_told(
    officer: Client, chief: Client, django_capture_on_commit_callbacks: Any
) -> None:
    docket = consultation(closed=True)
    answer(send(docket, email="aino@example.org"), at=timezone.now())
    docket = drafted(docket, officer)
    page = chief.get(at(docket, "decision/publish/"))
    assert "override_reason" not in page.context["form"].fields
    assert "1 person who gave an address is told by mail." in sentences(page)
    with django_capture_on_commit_callbacks(execute=True):
        done = chief.post(at(docket, "decision/publish/"), follow=True)
    assert [str(message).split("\n")[0].strip() for message in done.context["messages"]] == ["The decision is public."]
    assert [letter.recipient for letter in Message.objects.filter(reason=DECIDED)] == ["aino@example.org"]
    assert "The threshold is 0.5 kg a year. (en)" in sentences(Client().get(docket.get_absolute_url()))


def test_a_case_officer_sees_that_the_gate_is_shut_and_cannot_open_it(officer: Client) -> None:
    docket = consultation(closed=True)
    send(docket)
    docket = drafted(docket, officer)
    assert "2 points have no answer." in sentences(officer.get(f"{DESKS}{docket.pk}/"))
    officer.post(at(docket, "decision/publish/"), {"override_reason": "I want to."})
    assert Decision.objects.get().published_at is None


def test_a_second_press_on_publish_is_answered_and_changes_nothing(officer: Client, chief: Client) -> None:
    docket = drafted(consultation(closed=True), officer)
    chief.post(at(docket, "decision/publish/"))
    published_at = Decision.objects.get().published_at
    again = chief.post(at(docket, "decision/publish/"))
    assert "A decision is published once" in sentences(again)
    assert Decision.objects.get().published_at == published_at
