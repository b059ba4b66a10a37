"""With number and key a citizen sees everything about her comment; a stranger with the number sees what is public."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from consultations import domain
from consultations.enums import Disposition, ModerationReason
from consultations.models import Docket, Submission
from tests.consultations.factories import DocketFactory, OfficialFactory, answer, publish, send
from tracking.grants import COOKIE
from tracking.numbers import new_secret, new_tracking_number

pytestmark = pytest.mark.django_db
TOKEN = "a-form"


@pytest.fixture
def docket() -> Docket:
    return DocketFactory(open=True, around=timezone.now())


@pytest.fixture
def submission(docket: Docket) -> Submission:
    return send(docket, form_token=TOKEN, text="Please measure monthly.", email="aino@example.org")


@pytest.fixture
def key(docket: Docket, submission: Submission) -> str:
    return (
        send(docket, form_token=TOKEN)
        and domain.receive_submission(docket, language="en", publication_preference="", form_token=TOKEN).secret
    )


def give(client: Client, number: str, key: str) -> str:
    """Number and key in the form; what the page says after that."""
    return client.post("/en/consultations/track/", {"number": number, "key": key}, follow=True).content.decode()


def path(submission: Submission, more: str = "") -> str:
    return f"/en/consultations/tracking/{submission.tracking_number}/{more}"


def test_a_citizen_sees_her_words_and_where_they_stand(client: Client, submission: Submission, key: str) -> None:
    page = give(client, submission.tracking_number, key)
    assert "Please measure monthly." in page
    assert "Your comment was received." in page
    assert "Not answered yet." in page


def test_number_and_key_may_be_typed_carelessly(client: Client, submission: Submission, key: str) -> None:
    number = submission.tracking_number.lower().replace("-", " ")
    assert "Please measure monthly." in give(client, number, key.lower().replace("-", ""))


def test_a_stranger_with_the_number_sees_nothing_that_is_not_public(client: Client, submission: Submission) -> None:
    page = client.get(path(submission)).content.decode()
    assert "A comment with this number was received on" in page
    assert "It is not public." in page
    for private in ("Please measure monthly.", "Aino Example", "aino@example.org", "unread", "Unread"):
        assert private not in page


def test_a_stranger_is_led_to_what_is_public(client: Client, docket: Docket, submission: Submission) -> None:
    publish(submission)
    page = client.get(path(submission)).content.decode()
    assert f"/en/consultations/{docket.slug}/comments/{submission.tracking_number}/" in page


def test_the_key_of_another_comment_opens_nothing(client: Client, docket: Docket, key: str) -> None:
    other = send(docket, text="Somebody else’s words.")
    page = give(client, other.tracking_number, key)
    assert "This key does not open this comment." in page
    assert "Somebody else’s words." not in client.get(path(other)).content.decode()


def test_a_drafted_answer_is_nobody_s_business_yet(client: Client, submission: Submission, key: str) -> None:
    answer(submission, disposition=Disposition.NOT_ACCEPTED)
    page = give(client, submission.tracking_number, key)
    assert "An answer to your comment was drafted." in page
    assert "We took note of it." not in page


def test_a_published_answer_is_shown(client: Client) -> None:
    docket = DocketFactory(closed=True, around=timezone.now())
    submission = send(docket, form_token=TOKEN)
    secret = domain.receive_submission(docket, language="en", publication_preference="", form_token=TOKEN).secret
    answer(submission)
    domain.publish_responses(docket, actor=OfficialFactory(role=Role.CASE_OFFICER))
    page = give(client, submission.tracking_number, secret)
    assert "We took note of it." in page
    assert "Answers to comments were published." in page


def test_whoever_was_withheld_reads_why(client: Client, submission: Submission, key: str) -> None:
    officer = OfficialFactory(role=Role.CASE_OFFICER)
    domain.withhold_submission(submission, actor=officer, reason=ModerationReason.PERSONAL_DATA)
    page = give(client, submission.tracking_number, key)
    assert "it contains personal data of somebody" in page


def test_the_receipt_can_be_fetched_again_and_is_the_same(client: Client, submission: Submission, key: str) -> None:
    give(client, submission.tracking_number, key)
    address = f"/en/receipts/submission/{submission.tracking_number}.txt"
    first = client.get(address)
    give(client, submission.tracking_number, key)
    assert first.content == client.get(address).content
    text = first.content.decode()
    assert first["Content-Disposition"] == f'attachment; filename="{submission.tracking_number}.txt"'
    for said in (submission.tracking_number, key, "Please measure monthly."):
        assert said in text


def test_a_stranger_gets_no_receipt(client: Client, submission: Submission) -> None:
    response = client.get(path(submission, "sent/"))
    assert response["Location"] == f"/en/consultations/track/?number={submission.tracking_number}"


def test_the_key_never_stands_in_an_address(client: Client, submission: Submission, key: str) -> None:
    response = client.post("/en/consultations/track/", {"number": submission.tracking_number, "key": key})
    assert key not in response["Location"]
    page = client.get(path(submission)).content.decode()
    assert key not in page


def test_the_cookie_is_closed_to_scripts_and_to_other_sites(client: Client, submission: Submission, key: str) -> None:
    give(client, submission.tracking_number, key)
    cookie = client.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 7200)


def test_a_forged_cookie_opens_nothing(client: Client, submission: Submission) -> None:
    client.cookies[COOKIE] = "forged:cookie:value"
    assert "It is not public." in client.get(path(submission)).content.decode()


def test_on_a_shared_computer_the_comment_can_be_forgotten(client: Client, submission: Submission, key: str) -> None:
    give(client, submission.tracking_number, key)
    client.post("/en/consultations/track/leave/")
    assert "It is not public." in client.get(path(submission)).content.decode()


def test_a_wrong_number_gets_a_suggestion_where_one_fits(client: Client, submission: Submission) -> None:
    number = submission.tracking_number
    offered = set()
    for index in range(3, 11):
        if number[index] == "-" or number[index + 1] == "-" or number[index] == number[index + 1]:
            continue
        swapped = number[:index] + number[index + 1] + number[index] + number[index + 2 :]
        response = client.post("/en/consultations/track/", {"number": swapped, "key": ""})
        assert "There is no such tracking number" in response.content.decode()
        offered.add(response.context["suggestion"])
    assert number in offered


def test_a_number_that_was_never_given_out_says_so(client: Client) -> None:
    response = client.post("/en/consultations/track/", {"number": new_tracking_number("C"), "key": ""})
    assert "There is no comment with this number." in response.content.decode()


@pytest.mark.parametrize("number", ["", "C-12", "\x00", "a" * 10_000, "'; DROP TABLE", "🐟"])
def test_whatever_is_typed_as_a_number_gets_a_sentence(client: Client, number: str) -> None:
    response = client.post("/en/consultations/track/", {"number": number, "key": ""})
    assert response.status_code == 200
    assert response.context["form"].errors["number"]


def test_guessing_is_slowed_down(client: Client, submission: Submission) -> None:
    for _attempt in range(10):
        give(client, submission.tracking_number, new_secret())
    response = client.post("/en/consultations/track/", {"number": submission.tracking_number, "key": new_secret()})
    assert response.status_code == 429


def test_after_two_hours_the_key_is_asked_for_again(
    client: Client, submission: Submission, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(client, submission.tracking_number, key)
    later = timezone.now() + timedelta(hours=2, minutes=1)
    monkeypatch.setattr("django.core.signing.time.time", later.timestamp)
    assert "It is not public." in client.get(path(submission)).content.decode()
