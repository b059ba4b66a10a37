"""A citizen comments in three pages, without an account and without JavaScript; whatever she types, nothing is lost."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from consultations import domain
from consultations.enums import PublicationPreference, SubmitterType, Suspicion
from consultations.forms import LONGEST_COMMENT
from consultations.models import Docket, Point, Submission, Submitter
from notices.tasks import send_waiting_messages
from tests.consultations.factories import DocketFactory, OfficialFactory, texts
from tracking.guards import new_seal

pytestmark = pytest.mark.django_db


@pytest.fixture
def docket() -> Docket:
    return DocketFactory(open=True, around=timezone.now())


def address(docket: Docket, language: str = "en") -> str:
    return f"/{language}/consultations/{docket.slug}/comment/"


def old_seal(seconds: int = 60) -> str:
    return new_seal(timezone.now() - timedelta(seconds=seconds))


def filled(**fields: str) -> dict[str, str]:
    """Everything the last page sends."""
    return {
        "page": "check",
        "seal": old_seal(),
        "website": "",
        "measure_1": "Half a kilogram is right.",
        "measure_2": "",
        "whole": "Please measure monthly.",
        "preference": PublicationPreference.WITH_NAME,
        "submitter_type": SubmitterType.INDIVIDUAL,
        "name": "Aino Example",
        "organisation": "",
        "email": "aino@example.org",
        **fields,
    }


def page(response: HttpResponse) -> str:
    return unescape(response.content.decode())


def hidden(response: HttpResponse) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', response.content.decode())
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def test_a_citizen_goes_through_three_pages_and_gets_a_receipt(client: Client, docket: Docket) -> None:
    first = client.get(address(docket))
    assert (first.status_code, first.context["step"]) == (200, 1)
    second = client.post(address(docket), {**hidden(first), "measure_1": "Half a kilogram.", "whole": ""})
    assert second.context["step"] == 2
    third = client.post(
        address(docket), {**hidden(second), "preference": PublicationPreference.WITHOUT_NAME, "name": "", "email": ""}
    )
    assert third.context["step"] == 3
    assert "Half a kilogram." in page(third)
    assert Submission.objects.count() == 0
    sent = client.post(address(docket), hidden(third))
    submission = Submission.objects.get()
    assert (sent.status_code, sent["Location"]) == (
        302,
        f"/en/consultations/tracking/{submission.tracking_number}/sent/",
    )
    assert submission.tracking_number in page(client.get(sent["Location"]))


def test_everything_that_was_said_is_stored(client: Client, docket: Docket) -> None:
    client.post(address(docket, "fr"), filled())
    submission = Submission.objects.get()
    assert [point.text for point in submission.points.all()] == ["Half a kilogram is right.", "Please measure monthly."]
    assert (submission.language, submission.suspicion, submission.submitter_type) == (
        "fr",
        "",
        SubmitterType.INDIVIDUAL,
    )
    assert Submitter.objects.values_list("name", "email").get() == ("Aino Example", "aino@example.org")


def test_the_receipt_by_mail_is_in_the_language_of_the_page(client: Client, docket: Docket) -> None:
    client.post(address(docket, "ru"), filled())
    send_waiting_messages.call()
    assert [letter.extra_headers["Content-Language"] for letter in mail.outbox] == ["ru"]


def test_a_second_click_on_send_comes_to_the_same_receipt(client: Client, docket: Docket) -> None:
    form = filled()
    first, second = client.post(address(docket), form), client.post(address(docket), form)
    assert first["Location"] == second["Location"]
    assert Submission.objects.count() == 1


def test_going_back_keeps_everything(client: Client, docket: Docket) -> None:
    words = client.post(address(docket), filled(go="words"))
    assert "Please measure monthly." in page(words)
    assert hidden(words)["name"] == "Aino Example"
    publication = client.post(address(docket), filled(go="publication"))
    assert 'value="Aino Example"' in page(publication)
    assert hidden(publication)["whole"] == "Please measure monthly."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Write at least one comment: on a measure, or on the proposal as a whole."),
        (" \n\t ", "Write at least one comment: on a measure, or on the proposal as a whole."),
        (
            "🐟🐟🐟 👍🏽",
            "There are no words in this text. Say in a few words what you think, so that it can be answered.",
        ),
        ("a" * 500_000, "This text has 500,000 characters; 20,000 are possible here."),
    ],
)
def test_what_cannot_be_taken_gets_a_sentence_and_is_kept(
    client: Client, docket: Docket, text: str, sentence: str
) -> None:
    answer = client.post(address(docket), filled(page="words", measure_1="", whole=text))
    assert answer.status_code == 200
    assert sentence in page(answer)
    assert text.strip() in page(answer)
    assert Submission.objects.count() == 0


def test_a_comment_as_long_as_promised_is_taken(client: Client, docket: Docket) -> None:
    client.post(address(docket), filled(whole="word " * (LONGEST_COMMENT // 5 - 1)))
    assert Submission.objects.count() == 1


def test_markup_and_script_are_words_like_others(client: Client, docket: Docket) -> None:
    text = "<script>alert('x')</script> & <b>bold</b>"
    check = client.post(address(docket), filled(page="publication", whole=text))
    assert "<script>alert" not in check.content.decode()
    client.post(address(docket), hidden(check))
    assert Point.objects.get(measure_number=None).text == text


def test_control_characters_are_left_out_and_the_rest_is_kept(client: Client, docket: Docket) -> None:
    client.post(address(docket), filled(whole="One\x00 two\x07\r\nthree\tfour"))
    assert Point.objects.get(measure_number=None).text == "One two\nthree\tfour"


def test_a_name_keeps_to_one_line(client: Client, docket: Docket) -> None:
    client.post(address(docket), filled(name="Aino\r\nBcc: all@example.org"))
    assert Submitter.objects.get().name == "Aino Bcc: all@example.org"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"preference": ""}, "Choose what we may publish."),
        ({"preference": "everything"}, "Select a valid choice. everything is not one of the available choices."),
        ({"email": "aino@"}, "This is not a complete e-mail address. It looks like name@example.org."),
        ({"email": "aino@example.org\nBcc: x@example.org"}, "This address holds a line break"),
        ({"name": ""}, "Give your name or your organisation, or choose to publish your comment without your name."),
        ({"name": "a" * 300}, "This has 300 characters; 200 are possible here. Please shorten it."),
    ],
)
def test_an_answer_that_cannot_be_is_explained_and_the_words_are_kept(
    client: Client, docket: Docket, fields: dict[str, str], sentence: str
) -> None:
    answer = client.post(address(docket), filled(**fields))
    assert sentence in page(answer)
    assert hidden(answer)["whole"] == "Please measure monthly."
    assert Submission.objects.count() == 0


def test_the_limit_is_stated_before_anybody_types(client: Client, docket: Docket) -> None:
    assert "up to 20,000 characters in each box" in page(client.get(address(docket)))


def test_a_form_opened_before_closing_and_sent_after_it_is_refused_and_gives_the_words_back(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    closes_at = timezone.now() + timedelta(days=14)
    docket = DocketFactory(open=True, around=closes_at - timedelta(days=14))
    assert client.get(address(docket)).status_code == 200
    monkeypatch.setattr(timezone, "now", lambda: closes_at)
    answer = client.post(address(docket), filled())
    assert answer.status_code == 410
    assert "Comments closed on" in page(answer)
    assert "Your comment was not received" in page(answer)
    assert "Please measure monthly." in page(answer)
    assert Submission.objects.count() == 0


def test_a_second_click_after_closing_comes_to_the_receipt_of_the_first(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    closes_at = timezone.now() + timedelta(days=14)
    docket = DocketFactory(open=True, around=closes_at - timedelta(days=14))
    sent = filled()
    first = client.post(address(docket), sent)
    monkeypatch.setattr(timezone, "now", lambda: closes_at)
    second = client.post(address(docket), sent)
    assert (second.status_code, second["Location"]) == (302, first["Location"])
    assert Submission.objects.count() == 1
    assert client.post(address(docket), {**sent, "seal": old_seal()}).status_code == 410


@pytest.mark.parametrize(
    ("stage", "status", "sentence"),
    [
        ("upcoming", 403, "Comments are not open yet. They open on"),
        ("closed", 410, "Comments closed on"),
        ("decided", 410, "Comments closed on"),
        ("discontinued", 410, "This consultation was discontinued: no comments are taken any more."),
    ],
)
def test_the_reason_why_nobody_can_comment_is_the_true_one(
    client: Client, stage: str, status: int, sentence: str
) -> None:
    docket = DocketFactory(**{stage: True}, around=timezone.now())
    answer = client.get(address(docket))
    assert (answer.status_code, sentence in page(answer)) == (status, True)


def test_a_draft_has_no_form(client: Client) -> None:
    docket = DocketFactory(around=timezone.now())
    assert client.get(address(docket)).status_code == 404


def test_a_consultation_that_ends_between_check_and_send_is_honest_about_it(
    client: Client, docket: Docket, monkeypatch: pytest.MonkeyPatch
) -> None:
    chief = OfficialFactory(role=Role.DECISION_MAKER)
    receive = domain.receive_submission

    def too_late(*args: Any, **fields: Any) -> Any:
        domain.discontinue_docket(docket, actor=chief, reason=texts("The law changed."))
        return receive(*args, **fields)

    monkeypatch.setattr(domain, "receive_submission", too_late)
    answer = client.post(address(docket), filled())
    assert answer.status_code == 410
    assert "Please measure monthly." in page(answer)


@pytest.mark.parametrize(
    ("fields", "suspicion"),
    [
        ({"website": "https://spam.example"}, Suspicion.HONEYPOT),
        ({"seal": ""}, Suspicion.NO_TOKEN),
        ({"seal": "made-up"}, Suspicion.NO_TOKEN),
    ],
)
def test_what_looks_like_a_machine_is_received_and_only_held(
    client: Client, docket: Docket, fields: dict[str, str], suspicion: Suspicion
) -> None:
    assert client.post(address(docket), filled(**fields)).status_code == 302
    assert Submission.objects.get().suspicion == suspicion


def test_nobody_types_three_pages_in_a_second(client: Client, docket: Docket) -> None:
    client.post(address(docket), filled(seal=old_seal(seconds=1)))
    assert Submission.objects.get().suspicion == Suspicion.TOO_FAST


def test_many_comments_from_one_connection_are_all_received_and_the_later_ones_held(
    client: Client, docket: Docket
) -> None:
    for _number in range(12):
        client.post(address(docket), filled(seal=old_seal()))
    assert Submission.objects.count() == 12
    assert Submission.objects.filter(suspicion=Suspicion.MANY).count() == 2


def test_no_address_of_anybody_is_kept(client: Client, docket: Docket) -> None:
    client.post(address(docket), filled(), REMOTE_ADDR="192.0.2.55")
    stored = str(list(Submission.objects.values())) + str(list(getattr(cache, "_cache", {})))
    assert "192.0.2.55" not in stored


def test_the_form_is_kept_by_no_cache_but_the_browser_s_own(client: Client, docket: Docket) -> None:
    # With no-store, a browser that goes a page back has lost what was typed.
    assert client.get(address(docket))["Cache-Control"] == "private, max-age=0"
