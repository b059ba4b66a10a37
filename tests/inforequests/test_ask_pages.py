"""The form by which anybody asks: two pages, no JavaScript, no account, nothing lost."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from files.models import StoredFile
from inforequests.enums import AnswerPrivacy, Suspicion, Verb
from inforequests.models import InformationRequest, Submission
from inforequests.views.asking import ANOTHER, CONTACT, QUESTIONS
from ledger.models import Entry
from tests.files import made
from tests.inforequests.factories import disclosed
from tests.register.factories import FacilityFactory, PollutantFactory
from tracking.guards import new_seal

pytestmark = pytest.mark.django_db

ASK = "/en/requests/ask/"
QUESTION = "How much mercury went into the river in 2024?"


def filled(**values: str) -> dict[str, str]:
    """What a browser sends with the second page."""
    return {
        "seal": new_seal(),
        "page": CONTACT,
        "question_1": QUESTION,
        "language": "en",
        "privacy": AnswerPrivacy.REQUESTER.value,
        **values,
    }


def test_a_stranger_asks_and_reads_number_key_and_last_day(client: Client) -> None:
    response = client.post(ASK, filled(), follow=True)

    request = InformationRequest.objects.get()
    page = response.content.decode()
    assert response.status_code == 200
    assert request.tracking_number in page
    assert "Your access key" in page
    assert "To be answered by" in page
    assert request.requester is None


def test_the_first_page_leads_to_the_second_and_keeps_the_words(client: Client) -> None:
    response = client.post(ASK, {"page": QUESTIONS, "seal": new_seal(), "question_1": QUESTION})

    page = response.content.decode()
    assert "Where shall the answer go?" in page
    assert f'name="question_1" value="{QUESTION}"' in page
    assert not InformationRequest.objects.exists()


def test_more_questions_are_added_without_javascript_and_nothing_typed_is_lost(client: Client) -> None:
    first = client.post(ASK, {"page": QUESTIONS, "seal": new_seal(), "question_1": QUESTION, "go": ANOTHER})
    assert 'name="question_2"' in first.content.decode()
    assert QUESTION in first.content.decode()

    client.post(ASK, filled(question_2="And into the air?"))

    assert [item.text for item in InformationRequest.objects.get().items.all()] == [QUESTION, "And into the air?"]


def test_whoever_adds_a_question_arrives_at_its_box_also_without_javascript(client: Client) -> None:
    page = client.get(ASK).content.decode()
    assert f'name="go" value="{ANOTHER}" formaction="{ASK}#id_question_2"' in page

    more = client.post(ASK, {"page": QUESTIONS, "seal": new_seal(), "question_1": QUESTION, "go": ANOTHER})

    boxes = re.findall(r"<textarea[^>]*>", more.content.decode())
    assert ["autofocus" in box for box in boxes] == [False, True]
    assert 'id="id_question_2"' in boxes[1]


def test_one_question_has_to_be_asked_and_the_others_are_optional(client: Client) -> None:
    more = client.post(ASK, {"page": QUESTIONS, "seal": new_seal(), "question_1": QUESTION, "go": ANOTHER})
    fields = more.context["form"].fields
    assert {name: field.required for name, field in fields.items()} == {
        "question_1": True,
        "question_2": False,
        "files": False,
    }
    assert more.content.decode().count("(optional)") == 2

    client.post(ASK, filled(question_1="", question_2="And into the air?"))

    assert [item.text for item in InformationRequest.objects.get().items.all()] == ["And into the air?"]


def test_going_back_keeps_what_was_said_on_the_second_page(client: Client) -> None:
    back = client.post(ASK, filled(go=QUESTIONS, name="Ada", email="ada@example.org")).content.decode()

    assert 'name="name" value="Ada"' in back
    assert 'name="email" value="ada@example.org"' in back


def test_a_second_click_comes_to_the_same_receipt(client: Client) -> None:
    sent = filled()

    first, second = client.post(ASK, sent), client.post(ASK, sent)

    assert first["Location"] == second["Location"]
    assert InformationRequest.objects.count() == 1


@pytest.mark.parametrize("text", ["", "   ", "\x00", "?!…"])
def test_a_question_without_words_is_answered_with_a_sentence(client: Client, text: str) -> None:
    response = client.post(ASK, filled(question_1=text))

    assert response.status_code == 200
    assert "what you want to know" in response.content.decode()
    assert not InformationRequest.objects.exists()


def test_half_a_megabyte_is_refused_with_a_count_and_kept(client: Client) -> None:
    text = "word " * 100_000

    response = client.post(ASK, filled(question_1=text))

    page = response.content.decode()
    assert response.status_code == 200
    assert "499,999" in page
    assert "20,000 are possible here" in page
    assert text.strip() in page


def test_a_nul_among_words_is_dropped_and_the_words_are_taken(client: Client) -> None:
    client.post(ASK, filled(question_1="How\x00 much?", name="A\x00da"))

    request = InformationRequest.objects.get()
    assert request.items.get().text == "How much?"
    assert request.requester is not None
    assert request.requester.name == "Ada"


def test_a_wrong_address_is_named_and_everything_typed_is_kept(client: Client) -> None:
    page = client.post(ASK, filled(email="ada@", name="Ada")).content.decode()

    assert "This is not a complete e-mail address." in page
    assert QUESTION in page
    assert 'value="Ada"' in page


def test_a_receipt_goes_out_in_the_language_that_was_chosen(
    client: Client, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture of pytest-django
        client.post(ASK, filled(email="ada@example.org", language="en"))

    request = InformationRequest.objects.get()
    assert [message.subject for message in mail.outbox] == [f"Receipt {request.tracking_number}"]
    assert "Access key" in mail.outbox[0].body
    assert QUESTION in mail.outbox[0].body


def test_from_a_pollutants_page_the_question_is_about_it(client: Client) -> None:
    mercury = PollutantFactory.create(mercury=True)
    page = client.get(f"{ASK}?pollutant={mercury.slug}").content.decode()
    assert f'name="pollutant" value="{mercury.slug}"' in page
    assert escape(mercury.name_en) in page

    client.post(ASK, filled(pollutant=mercury.slug))

    assert InformationRequest.objects.get().items.get().pollutant == mercury


def test_from_a_facilitys_page_the_question_is_about_it(client: Client) -> None:
    facility = FacilityFactory.create()
    client.post(ASK, filled(facility=facility.public_id))

    assert InformationRequest.objects.get().items.get().facility == facility


@pytest.mark.parametrize("address", ["?pollutant=unobtainium", "?facility=%00", "?pollutant=&facility=x"])
def test_what_the_register_does_not_have_is_left_out(client: Client, address: str) -> None:
    response = client.get(f"{ASK}{address}")

    assert response.status_code == 200
    assert "About:" not in response.content.decode()


@pytest.mark.parametrize(
    ("language", "question"),
    [("en", QUESTION), ("fr", "Combien de mercure dans l’eau ?"), ("ru", "Сколько ртути попало в реку?")],
)
def test_what_is_public_already_is_suggested_in_every_language(client: Client, language: str, question: str) -> None:
    mercury = PollutantFactory.create(mercury=True)

    page = client.post(f"/{language}/requests/ask/", {"page": QUESTIONS, "question_1": question}).content.decode()

    assert f'href="/{language}/register/pollutants/{mercury.slug}/"' in page


@pytest.mark.usefixtures("indexed")
def test_an_earlier_answer_is_suggested(client: Client) -> None:
    earlier = disclosed("Mercury of the smelter").request

    page = client.post(ASK, {"page": QUESTIONS, "question_1": "What about mercury at the smelter?"}).content.decode()

    assert reverse("inforequests:disclosure", args=[earlier.tracking_number]) in page


def test_the_register_offers_to_ask_about_what_it_shows(client: Client) -> None:
    mercury, facility = PollutantFactory.create(mercury=True), FacilityFactory.create()

    assert f"/en/requests/ask/?pollutant={mercury.slug}" in client.get(mercury.get_absolute_url()).content.decode()
    about_facility = f"/en/requests/ask/?facility={facility.public_id}"
    assert about_facility in client.get(facility.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("fields", "suspicion"),
    [
        ({"website": "https://spam.example"}, Suspicion.HONEYPOT),
        ({"seal": ""}, Suspicion.NO_TOKEN),
        ({"seal": "made-up"}, Suspicion.NO_TOKEN),
        ({"seal": new_seal(timezone.now() + timedelta(days=1))}, Suspicion.TOO_FAST),
    ],
)
def test_a_suspicious_request_is_received_never_refused_and_its_clock_runs(
    client: Client, fields: dict[str, str], suspicion: Suspicion
) -> None:
    assert client.post(ASK, {**filled(), **fields}).status_code == 302
    request = InformationRequest.objects.get()
    assert request.submission.suspicion == suspicion
    assert request.clock is not None
    assert getattr(request, "disclosure", None) is None


def test_many_from_one_connection_are_all_received(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inforequests.views.asking._MOST_REQUESTS", 1)
    for _number in range(2):
        client.post(ASK, {**filled(), "seal": new_seal(timezone.now() - timedelta(minutes=1))})
    found = InformationRequest.objects.order_by("pk").values_list("submission__suspicion", flat=True)
    assert list(found) == ["", Suspicion.MANY]


def test_no_address_of_whoever_asks_is_kept(client: Client) -> None:
    client.post(ASK, filled(), REMOTE_ADDR="192.0.2.55")
    stored = str(list(InformationRequest.objects.values())) + str(list(Submission.objects.values()))
    assert "192.0.2.55" not in stored + str(list(getattr(cache, "_cache", {})))


def test_a_file_is_sent_with_a_question_and_nobody_but_the_authority_and_the_asker_sees_it(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.FILES_ROOT = tmp_path
    first = client.post(ASK, {**filled(), "page": QUESTIONS, "files": [made.upload("../plan.png", made.pdf())]})
    file = StoredFile.objects.get()
    assert file.code in first.content.decode()
    sent = client.post(ASK, {**filled(), "seal": seal_in(first), "file": file.code})
    file.refresh_from_db()
    assert (file.subject_kind, file.subject_reference) == ("request", InformationRequest.objects.get().tracking_number)
    assert file.sha256 in client.get(sent["Location"]).content.decode()
    assert "file-1" in Entry.objects.get(verb=Verb.SUBMITTED).commitments
    assert Client().get(f"/en/files/{file.code}/").status_code == 404


def test_a_wrong_file_costs_no_word(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path
    answer = client.post(ASK, {**filled(), "page": QUESTIONS, "files": [made.upload("empty.pdf", b"")]})
    assert "The file is empty." in answer.content.decode()
    assert QUESTION in answer.content.decode()


def seal_in(answer: Any) -> str:
    return re.findall(r'name="seal" value="([^"]+)"', answer.content.decode())[0]
