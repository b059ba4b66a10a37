"""An official at the desk: each act by its page, what it says, and what is kept when it is refused."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from accounts.roles import Role
from inforequests import domain
from inforequests.enums import AnswerPrivacy, Direction, Disposition, Stage, WithheldType
from inforequests.models import InformationRequest, Message, Withholding
from tests.inforequests.factories import (
    again,
    answer,
    answered,
    ask,
    ground,
    item_of,
    person,
    refused,
    review,
    withhold,
)
from tests.inforequests.officials import REQUESTS, desk, said, sentences, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

WITHHOLDING = {
    "withheld_type": WithheldType.AMOUNT.value,
    "text_en": "The quantity would tell competitors how much is made.",
    "public_interest_en": "Neighbours want to know; the total of the river is published.",
    "concerns_releases": "no",
    "substitute": "none",
}


def stored(request: InformationRequest) -> InformationRequest:
    return InformationRequest.objects.with_items().get(pk=request.pk)


def test_the_desk_shows_question_clock_and_what_can_be_done() -> None:
    request = ask(at=timezone.now()).request
    page = sign_in(Role.CASE_OFFICER).get(desk(request))
    assert page.status_code == 200
    assert [str(step.label) for step in page.context["steps_now"]] == [
        "Acknowledge the request",
        "Write to the requester",
    ]
    text = page.content.decode()
    assert "How much mercury did the smelter of Vel release" in text
    assert "The hour does not matter, and this day is not counted." in text


def test_an_officer_acknowledges_a_request() -> None:
    request = ask(at=timezone.now()).request
    done = sign_in(Role.CASE_OFFICER).post(desk(request, "acknowledge/"), follow=True)
    assert said(done) == ["The request is acknowledged and in hand."]
    assert stored(request).stage == Stage.IN_HAND


def test_a_message_needs_words_and_keeps_the_tick() -> None:
    request = ask(at=timezone.now()).request
    client = sign_in(Role.CASE_OFFICER)
    refusal = client.post(desk(request, "message/"), {"text": " ", "asks_for_clarification": "on"})
    assert sentences(refusal) == ["Write the message first."]
    assert refusal.context["form"]["asks_for_clarification"].value() is True
    client.post(desk(request, "message/"), {"text": "Which river?", "asks_for_clarification": "on"})
    message = Message.objects.get(request=request)
    assert (message.text, message.asks_for_clarification) == ("Which river?", True)


def test_an_officer_marks_what_the_requester_wrote_as_read() -> None:
    sent = ask(at=timezone.now())
    domain.receive_message(sent.request, key=sent.secret, text="The Vel.", language="en")
    client = sign_in(Role.CASE_OFFICER)
    assert client.get(desk(sent.request)).context["has_unread"] is True
    client.post(desk(sent.request, "messages/read/"))
    assert client.get(desk(sent.request)).context["has_unread"] is False
    assert Message.objects.get().direction == Direction.FROM_REQUESTER


def test_a_question_is_answered_and_the_answer_sent() -> None:
    request = ask(at=timezone.now()).request
    officer = sign_in(Role.CASE_OFFICER)
    officer.post(desk(request, "questions/1/answer/"), {"disposition": "provided", "text": "12.5 kg.", "loaded": ""})
    assert item_of(request).disposition == Disposition.PROVIDED
    officer.post(desk(request, "ready/"), {"letter": "With this letter you get it."})
    page = officer.get(desk(request, "send/"))
    done = officer.post(desk(request, "send/"), {"decision": page.context["decision"].pk}, follow=True)
    assert said(done) == ["The answer is sent."]
    assert stored(request).stage == Stage.SENT


def test_words_without_a_disposition_are_no_answer_and_are_kept() -> None:
    request = ask(at=timezone.now()).request
    refusal = sign_in(Role.CASE_OFFICER).post(desk(request, "questions/1/answer/"), {"text": "It was 12.5 kg."})
    assert refusal.context["form"].errors["disposition"] == ["Choose what becomes of this question."]
    assert refusal.context["form"]["text"].value() == "It was 12.5 kg."


def test_already_public_needs_the_place_and_the_day() -> None:
    request = ask(at=timezone.now()).request
    data = {"disposition": "already_public", "public_url": "", "checked_on": "", "loaded": ""}
    refusal = sign_in(Role.CASE_OFFICER).post(desk(request, "questions/1/answer/"), data)
    assert sentences(refusal) == ["Say where it can be read, and on which day you have seen it there."]


def test_what_is_kept_back_leads_on_to_the_ground() -> None:
    request = ask(at=timezone.now()).request
    done = sign_in(Role.CASE_OFFICER).post(
        desk(request, "questions/1/answer/"), {"disposition": "withheld", "text": "", "loaded": ""}
    )
    assert done["Location"] == desk(request, "questions/1/keep-back/")


def test_a_withholding_needs_ground_type_and_whether_it_is_about_releases() -> None:
    request = ask(at=timezone.now()).request
    answer(item_of(request), Disposition.WITHHELD, at=timezone.now())
    refusal = sign_in(Role.CASE_OFFICER).post(desk(request, "questions/1/keep-back/"), {"text_en": "Secret."})
    assert {name: list(errors) for name, errors in refusal.context["form"].errors.items()} == {
        "ground": ["Choose the ground in law on which this is kept back."],
        "withheld_type": ["Say what type of information is kept back."],
        "concerns_releases": ["Say whether it is about releases into the environment."],
        "substitute": ["Make a choice under “Given instead”."],
    }
    assert refusal.context["form"]["text_en"].value() == "Secret."
    assert not Withholding.objects.exists()


def test_a_withholding_without_reason_is_refused_and_everything_typed_is_kept() -> None:
    request = ask(at=timezone.now()).request
    answer(item_of(request), Disposition.WITHHELD, at=timezone.now())
    data = {**WITHHOLDING, "ground": ground().pk, "text_en": " "}
    refusal = sign_in(Role.CASE_OFFICER).post(desk(request, "questions/1/keep-back/"), data)
    assert sentences(refusal) == [
        "Say in plain words why this is kept back: the requester and the register have to be told."
    ]
    assert refusal.context["form"]["public_interest_en"].value() == WITHHOLDING["public_interest_en"]
    assert not Withholding.objects.exists()


def test_a_trade_secret_about_releases_needs_the_written_consideration() -> None:
    request = ask(at=timezone.now()).request
    answer(item_of(request), Disposition.WITHHELD, at=timezone.now())
    client = sign_in(Role.CASE_OFFICER)
    data = {**WITHHOLDING, "ground": ground().pk, "concerns_releases": "yes"}
    assert sentences(client.post(desk(request, "questions/1/keep-back/"), data)) == [
        "This is about releases into the environment: on this ground it is kept back only with a written "
        "consideration of why it is not disclosed (Art. 12(2))."
    ]
    client.post(desk(request, "questions/1/keep-back/"), data | {"releases_consideration_en": "The total is public."})
    assert Withholding.objects.get().releases_consideration_en == "The total is public."


def test_a_drafted_withholding_is_dropped_and_a_sent_one_disclosed() -> None:
    request = ask(at=timezone.now()).request
    withholding = withhold(item_of(request), at=timezone.now())
    sign_in(Role.CASE_OFFICER).post(desk(request, f"questions/1/kept-back/{withholding.pk}/drop/"))
    assert not Withholding.objects.exists()
    sent = refused(at=timezone.now())
    kept = Withholding.objects.get()
    sign_in(Role.DECISION_MAKER).post(desk(sent.request, f"questions/1/kept-back/{kept.pk}/disclose/"))
    assert Withholding.objects.get().lifted_at is not None


def test_an_answer_is_not_ready_before_each_question_has_one() -> None:
    request = ask("How much?", "Since when?", at=timezone.now()).request
    answer(item_of(request), at=timezone.now())
    client = sign_in(Role.CASE_OFFICER)
    assert client.get(desk(request, "ready/")).context["missing"] == ["Question 2 has no answer yet."]
    refusal = client.post(desk(request, "ready/"), {"letter": "Here it is."})
    assert sentences(refusal) == ["Question 2 has no answer yet."]
    assert refusal.context["form"]["letter"].value() == "Here it is."
    client.post(desk(request, "ready/"), {"letter": "Here it is.", "in_part": "on"})
    assert stored(request).stage == Stage.DECIDED


def test_nothing_is_sent_before_it_is_ready() -> None:
    request = ask(at=timezone.now()).request
    client = sign_in(Role.CASE_OFFICER)
    assert said(client.get(desk(request, "send/"), follow=True)) == [
        "An answer is sent once, when it is marked as ready."
    ]
    refusal = client.post(desk(request, "send/"), {"decision": "1"})
    assert refusal.status_code == 200
    assert stored(request).sent_at is None


def test_an_answer_that_keeps_something_back_is_sent_by_a_decision_maker_only_and_names_the_ways_to_a_review() -> None:
    request = ask(at=timezone.now()).request
    withhold(item_of(request), at=timezone.now())
    decision = domain.mark_answer_ready(request, actor=person(Role.CASE_OFFICER))
    officer = sign_in(Role.CASE_OFFICER)
    assert officer.get(desk(request, "send/")).status_code == 302
    assert "a decision-maker sends it" in str(
        [step.refusal for step in officer.get(desk(request)).context["steps_later"]]
    )
    chief = sign_in(Role.DECISION_MAKER)
    page = chief.get(desk(request, "send/"))
    assert page.context["keeps_back"] is True
    assert "The answer says to whom the requester can turn (Art. 14)." in page.content.decode()
    chief.post(desk(request, "send/"), {"decision": decision.pk})
    assert stored(request).stage == Stage.SENT


def test_who_sends_an_answer_that_a_colleague_has_changed_meanwhile_is_told() -> None:
    request = ask(at=timezone.now()).request
    answer(item_of(request), at=timezone.now())
    first = domain.mark_answer_ready(request, actor=person(Role.CASE_OFFICER))
    answer(item_of(request), text="It was 13 kg.", at=timezone.now())
    domain.mark_answer_ready(request, actor=person(Role.CASE_OFFICER))
    refusal = sign_in(Role.CASE_OFFICER).post(desk(request, "send/"), {"decision": first.pk + 1000})
    assert sentences(refusal) == [
        "A colleague has changed the answer while you were reading it. Go back, and read it as it is now."
    ]
    assert stored(request).sent_at is None


def test_two_officials_at_one_question_the_second_is_told_once_and_loses_nothing() -> None:
    request = ask(at=timezone.now()).request
    second = sign_in(Role.ADMINISTRATOR)
    loaded = second.get(desk(request, "questions/1/answer/")).context["form"]["loaded"].value()
    first = sign_in(Role.CASE_OFFICER)
    first.post(desk(request, "questions/1/answer/"), {"disposition": "provided", "text": "12 kg.", "loaded": loaded})
    mine = {"disposition": "not_in_register", "text": "We looked everywhere.", "loaded": loaded}
    refusal = second.post(desk(request, "questions/1/answer/"), mine)
    assert "changed this answer while you were writing" in sentences(refusal)[0]
    assert "12 kg." in sentences(refusal)[0]
    assert refusal.context["form"]["text"].value() == "We looked everywhere."
    again_loaded = refusal.context["form"]["loaded"].value()
    second.post(desk(request, "questions/1/answer/"), mine | {"loaded": again_loaded})
    assert item_of(request).answers.get().text == "We looked everywhere."


def test_question_and_answer_are_published_only_where_the_requester_agrees() -> None:
    private, public = answered(at=timezone.now()), answered(at=timezone.now(), privacy=AnswerPrivacy.PUBLIC)
    client = sign_in(Role.CASE_OFFICER)
    assert said(client.get(desk(private.request, "publish/"), follow=True)) == [
        "The requester has not agreed to publication."
    ]
    titled = {"text_en": "Mercury in the Vel", "text_fr": "", "text_ru": ""}
    assert sentences(client.post(desk(private.request, "publish/"), titled)) == [
        "The requester has not agreed to publication."
    ]
    client.post(desk(public.request, "publish/"), titled)
    assert again(public).request.disclosure.title_en == "Mercury in the Vel"
    client.post(desk(public.request, "conceal/"))
    assert getattr(again(public).request, "disclosure", None) is None


def test_a_letter_is_entered_under_the_day_on_which_it_was_sent() -> None:
    client = sign_in(Role.CASE_OFFICER)
    form = client.get(f"{REQUESTS}new/").context["form"]
    data = {
        "kind": "post",
        "submitted_at": f"{timezone.localtime() - timedelta(days=3):%Y-%m-%d %H:%M}",
        "received_at": f"{timezone.localtime() - timedelta(days=1):%Y-%m-%d %H:%M}",
        "language": "fr",
        "privacy": "requester",
        "question_1": "Combien de mercure ?",
        "question_2": "Depuis quand ?",
        "form_token": form["form_token"].value(),
    }
    page = client.post(f"{REQUESTS}new/", data)
    request = InformationRequest.objects.get()
    assert (page.status_code, request.items.count(), request.submission.kind) == (200, 2, "post")
    assert request.clock is not None
    assert request.clock.anchor == (timezone.localtime() - timedelta(days=3)).date()
    assert page.context["secret"] in page.content.decode()
    client.post(f"{REQUESTS}new/", data)
    assert InformationRequest.objects.count() == 1
    to_hand_over = client.post(f"{REQUESTS}new/receipt/", {"form_token": data["form_token"]})
    printed = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(to_hand_over.content)).pages)
    assert (request.tracking_number in printed, page.context["secret"] in printed) == (True, True)
    auditor = sign_in(Role.AUDITOR).post(f"{REQUESTS}new/receipt/", {"form_token": data["form_token"]})
    assert auditor["Content-Type"] != "application/pdf"


def test_a_letter_from_the_future_is_refused_and_kept() -> None:
    client = sign_in(Role.CASE_OFFICER)
    data = {
        "kind": "phone",
        "submitted_at": f"{timezone.localtime() + timedelta(days=3):%Y-%m-%d %H:%M}",
        "language": "en",
        "privacy": "requester",
        "question_1": "How much?",
    }
    refusal = client.post(f"{REQUESTS}new/", data)
    assert sentences(refusal) == ["A request cannot have come in the future: correct day and time."]
    assert refusal.context["form"]["question_1"].value() == "How much?"
    empty = client.post(f"{REQUESTS}new/", data | {"question_1": " ", "submitted_at": ""})
    assert empty.context["form"].errors["submitted_at"] == [
        "Say when it was sent or said: the last day is counted from then."
    ]


def test_the_desk_shows_reviews_and_what_was_kept_back() -> None:
    sent = refused(at=timezone.now())
    review(sent, at=timezone.now())
    text = sign_in(Role.DECISION_MAKER).get(desk(sent.request)).content.decode()
    assert "Access Commission" in text
    assert "The quantity would tell competitors how much is made." in text
    assert "commercial and industrial confidentiality (Art. 12(1)(c))" in text


def test_an_unknown_request_or_question_is_not_found() -> None:
    request = ask(at=timezone.now()).request
    client = sign_in(Role.CASE_OFFICER)
    for address in (
        f"{REQUESTS}999999/",
        desk(request, "questions/9/answer/"),
        desk(request, "questions/1/kept-back/9/drop/"),
    ):
        assert client.get(address, follow=True).status_code == 404


def test_as_long_as_nothing_is_drafted_nothing_is_offered_to_be_made_ready() -> None:
    request = ask(at=timezone.now()).request
    client = sign_in(Role.CASE_OFFICER)
    reason = "Draft the answer to a question first: as yet there is nothing to send."
    later = {str(step.label): step.refusal for step in client.get(desk(request)).context["steps_later"]}
    assert later["Mark the answer as ready"] == reason
    assert said(client.get(desk(request, "ready/"), follow=True)) == [reason]
    answer(item_of(request), at=timezone.now())
    assert "Mark the answer as ready" in [str(step.label) for step in client.get(desk(request)).context["steps_now"]]


def test_what_an_answer_lacks_is_said_once() -> None:
    request = ask("How much?", "Since when?", at=timezone.now()).request
    answer(item_of(request), at=timezone.now())
    client = sign_in(Role.CASE_OFFICER)
    missing = "Question 2 has no answer yet."
    assert client.get(desk(request, "ready/")).content.decode().count(missing) == 1
    assert client.post(desk(request, "ready/"), {"letter": ""}).content.decode().count(missing) == 1


def test_every_form_that_is_written_for_the_requester_says_in_which_language_was_asked() -> None:
    request = ask("Combien ?", language="fr", privacy=AnswerPrivacy.PUBLIC, at=timezone.now()).request
    answer(item_of(request), Disposition.WITHHELD, at=timezone.now())
    client = sign_in(Role.CASE_OFFICER)
    for page in ("questions/1/answer/", "questions/1/keep-back/", "message/", "ready/"):
        assert "The requester asked in this language: Français." in client.get(desk(request, page)).content.decode()
    case = review(refused(language="fr", at=timezone.now()), at=timezone.now())
    decide = sign_in(Role.REVIEWER).get(f"/admin/reviews/{case.pk}/decide/")
    assert "The requester asked in this language: Français." in decide.content.decode()
    assert decide.context["form"]["language"].value() == "fr"


def test_the_answer_form_says_how_a_file_is_handed_over() -> None:
    page = sign_in(Role.CASE_OFFICER).get(desk(ask(at=timezone.now()).request, "questions/1/answer/"))
    assert "A file cannot be attached here." in page.content.decode()


def test_the_form_of_publication_says_what_an_empty_title_means_and_takes_it() -> None:
    request = answered(privacy=AnswerPrivacy.PUBLIC, at=timezone.now()).request
    client = sign_in(Role.CASE_OFFICER)
    page = client.get(desk(request, "publish/")).content.decode()
    assert "If all three stay empty, the first words of the question stand as the title" in page
    client.post(desk(request, "publish/"), {"text_en": "", "text_fr": "", "text_ru": ""})
    assert stored(request).disclosure.title == "How much mercury did the smelter of Vel release to water in 2024?"
