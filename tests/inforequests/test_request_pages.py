"""Following a request and acting on it: with the key everything, without it nothing but the stage and the day."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from design.texts import Texts
from inforequests import domain
from inforequests.enums import AnswerPrivacy, Limb, Stage
from inforequests.models import InformationRequest, Message, ReviewCase
from tests.conftest import AssertSameQueries
from tests.inforequests.factories import (
    DAY,
    again,
    answer,
    ask,
    body,
    item_of,
    overturn,
    refused,
    review,
    send,
)
from tests.inforequests.officials import REVIEWS, sign_in
from tracking.guards import new_seal

pytestmark = pytest.mark.django_db

SECRET_WORDS = "What lies under the old tannery?"


def open_with_key(client: Client, sent: domain.Sent) -> str:
    """Give number and key, and return the request's page."""
    response = client.post(
        "/en/requests/track/", {"number": sent.request.tracking_number, "key": sent.secret}, follow=True
    )
    assert response.status_code == 200
    return response.content.decode()


def address(sent: domain.Sent, page: str = "") -> str:
    return f"/en/requests/tracking/{sent.request.tracking_number}/{page}"


def tight(page: str) -> str:
    """The markup without what stands between two tags and is only blank."""
    return re.sub(r">\s+<", "><", page)


def recently(days: int = 0) -> dict[str, object]:
    return {"at": timezone.now() - timedelta(days=days)}


def test_without_the_key_a_stranger_sees_stage_and_day_and_no_words(client: Client) -> None:
    sent = ask(SECRET_WORDS, name="Ada Lovelace", **recently())

    page = client.get(address(sent)).content.decode()

    assert "To be answered by" in page
    assert SECRET_WORDS not in page
    assert "Ada" not in page


def test_with_the_key_the_requester_sees_the_questions_and_how_the_day_was_worked_out(client: Client) -> None:
    sent = ask(SECRET_WORDS, **recently())

    page = open_with_key(client, sent)

    assert SECRET_WORDS in page
    assert "How this date was worked out" in page
    assert "Article 11, paragraph 2" in page


def test_a_wrong_key_opens_nothing_and_is_answered_with_a_sentence(client: Client) -> None:
    sent, other = ask(SECRET_WORDS, **recently()), ask(**recently())

    response = client.post(
        "/en/requests/track/", {"number": sent.request.tracking_number, "key": other.secret}, follow=True
    )

    assert "This key does not open this request." in response.content.decode()
    assert SECRET_WORDS not in client.get(address(sent)).content.decode()


@pytest.mark.parametrize("position", [2, 5, 7, 10, -1], ids=str)
def test_whoever_mistypes_one_character_is_offered_the_number_that_was_given_out(client: Client, position: int) -> None:
    number = ask(**recently()).request.tracking_number
    wrong = next(character for character in "WX" if character != number[position])
    slipped = f"{number[:position]}{wrong}{number[position:][1:]}"

    response = client.post("/en/requests/track/", {"number": slipped, "key": ""})

    assert response.context["suggestion"] == number
    assert f'<a class="reference" href="?number={number}">{number}</a>' in response.content.decode()


def test_nobody_is_offered_a_number_that_was_never_given_out(client: Client) -> None:
    number = ask(**recently()).request.tracking_number
    InformationRequest.objects.update(tracking_number="R-0000-0000-0")
    wrong = next(character for character in "WX" if character != number[-1])

    response = client.post("/en/requests/track/", {"number": number[:-1] + wrong, "key": ""})

    assert "no such tracking number" in response.content.decode()
    assert response.context["suggestion"] == ""


@pytest.mark.parametrize(
    ("language", "state", "submitted"),
    [("en", "Received", "Submitted on"), ("fr", "Reçue", "Présentée le"), ("ru", "Получен", "Подан:")],
)
def test_the_line_of_a_new_request_says_nothing_twice(
    client: Client, language: str, state: str, submitted: str
) -> None:
    number = ask(**recently()).request.tracking_number

    page = client.get(f"/{language}/requests/tracking/{number}/").content.decode()

    line = " ".join(re.sub(r"<[^>]+>", " ", page.partition("</h1>")[2].partition("</p>")[0]).split())
    assert line.startswith(f"{state} {submitted}")


def test_what_officials_wrote_in_one_language_says_so_to_readers_of_another(client: Client) -> None:
    sent = refused(
        language="fr",
        questions=["Combien ?"],
        reason="Le secret des affaires.",
        public_interest=Texts(en="Neighbours ask.", fr="Les riverains demandent."),
        concerns_releases=True,
        releases_consideration="Le total est public.",
        **recently(),
    )

    page = tight(open_with_key(client, sent))

    assert (
        '<div lang="fr"><p dir="auto">Le secret des affaires.</p></div><p class="soft">Written in French.</p>' in page
    )
    assert '<div lang="fr"><p dir="auto">Le total est public.</p></div><p class="soft">Written in French.</p>' in page
    assert '<div lang="en"><p dir="auto">Neighbours ask.</p></div></dd>' in page


@pytest.mark.parametrize(
    ("language", "citation"), [("en", "Art. 12(1)(c)"), ("fr", "art. 12, par. 1 c)"), ("ru", "ст. 12, п. 1 c)")]
)
def test_the_article_of_a_ground_is_cited_as_the_language_cites(client: Client, language: str, citation: str) -> None:
    sent = refused(**recently())
    open_with_key(client, sent)

    page = client.get(address(sent).replace("/en/", f"/{language}/")).content.decode()

    assert f"({citation})" in page.replace("\u00a0", " ")


def test_the_reasons_of_a_review_are_marked_with_the_language_that_the_reviewer_chose(client: Client) -> None:
    sent = refused(**recently())
    case = review(sent, at=timezone.now())
    decision = {"outcome": "decision_upheld", "reasons": "Le motif est juste.", "language": "fr"}
    sign_in(Role.REVIEWER).post(f"{REVIEWS}{case.pk}/decide/", decision)

    page = tight(open_with_key(client, again(sent)))

    assert '<div lang="fr"><p dir="auto">Le motif est juste.</p></div><p class="soft">Written in French.</p>' in page


@pytest.mark.parametrize("page", ["message/", "review/", "publication/", "withdraw/", "sent/"])
def test_pages_of_somebody_elses_request_ask_for_its_key(client: Client, page: str) -> None:
    mine, theirs = ask(**recently()), refused(**recently())
    body()
    open_with_key(client, mine)
    values = {"limb": Limb.OTHERWISE, "body": body().pk, "text": "Hello.", "privacy": "public", "sure": "on"}

    asked = [client.get(address(theirs, page))]
    if page.endswith("/") and page != "sent/":
        asked.append(client.post(address(theirs, page), values))

    expected = f"/en/requests/track/?number={theirs.request.tracking_number}"
    assert [response["Location"] for response in asked] == [expected] * len(asked)
    assert not ReviewCase.objects.exists()
    assert not Message.objects.exists()
    assert again(theirs).request.stage == Stage.SENT


def test_an_unanswered_request_says_so_by_itself_and_names_the_way_to_a_review(client: Client) -> None:
    sent = ask(**recently(days=40))
    body()

    page = open_with_key(client, sent)

    assert "You were not answered in time" in page
    assert address(sent, "review/") in page
    assert "Access Commission" in page


def test_what_is_kept_back_is_told_with_ground_and_reason(client: Client) -> None:
    page = open_with_key(client, refused(**recently()))

    assert "Commercial and industrial confidentiality (Art. 12(1)(c))" in page
    assert "The quantity would tell competitors how much is made." in page


def test_a_drafted_answer_does_not_show(client: Client) -> None:
    sent = ask(**recently())
    answer(item_of(sent.request), text="Drafted words.")

    assert "Drafted words." not in open_with_key(client, sent)


def test_the_requester_asks_for_a_review_by_one_plain_sentence(client: Client) -> None:
    sent = refused(**recently())
    body()
    open_with_key(client, sent)
    form = client.get(address(sent, "review/")).content.decode()
    assert "Everything I asked was kept back, and I think that is wrong." in form
    assert "Nobody answered me in time" not in form

    values = {"limb": Limb.REFUSED_IN_FULL.value, "body": body().pk, "words": "Releases are public."}
    response = client.post(address(sent, "review/"), values, follow=True)

    case = ReviewCase.objects.get()
    assert (case.limb, case.words) == (Limb.REFUSED_IN_FULL, "Releases are public.")
    assert case.reference in response.content.decode()


@pytest.mark.parametrize("limb", ["", "bored", Limb.IGNORED.value])
def test_a_sentence_that_does_not_fit_is_refused_and_what_was_typed_is_kept(client: Client, limb: str) -> None:
    sent = refused(**recently())
    body()
    open_with_key(client, sent)

    response = client.post(address(sent, "review/"), {"limb": limb, "body": body().pk, "words": "My reasons."})

    assert response.status_code == 200
    assert "My reasons." in response.content.decode()
    assert not ReviewCase.objects.exists()


def test_a_reopened_question_shows_the_day_to_comply_by_and_the_earlier_answer(client: Client) -> None:
    sent = refused(**recently(days=5))
    overturn(review(sent, at=timezone.now() - 2 * DAY), at=timezone.now() - DAY)

    page = open_with_key(client, sent)

    assert "To be complied with by" in page
    assert "re-opened by a review" in page


def test_a_message_is_sent_once_however_often_one_clicks(client: Client) -> None:
    sent = ask(**recently())
    open_with_key(client, sent)
    values = {"text": "I mean the eastern pond.", "seal": new_seal()}

    client.post(address(sent, "message/"), values)
    response = client.post(address(sent, "message/"), values, follow=True)

    assert Message.objects.count() == 1
    assert "I mean the eastern pond." in response.content.decode()


def test_an_empty_message_is_not_sent(client: Client) -> None:
    sent = ask(**recently())
    open_with_key(client, sent)

    assert "Write the message first." in client.post(address(sent, "message/"), {"text": " "}).content.decode()


def test_the_requester_chooses_publication_and_takes_it_back(client: Client) -> None:
    sent = ask(**recently())
    open_with_key(client, sent)

    for privacy in (AnswerPrivacy.PUBLIC, AnswerPrivacy.REQUESTER):
        client.post(address(sent, "publication/"), {"privacy": privacy.value})
        assert again(sent).request.privacy == privacy


def test_withdrawing_asks_once_and_then_does_it(client: Client) -> None:
    sent = ask(**recently())
    open_with_key(client, sent)

    client.post(address(sent, "withdraw/"), {})
    assert again(sent).request.stage == Stage.RECEIVED
    client.post(address(sent, "withdraw/"), {"sure": "on"})
    assert again(sent).request.stage == Stage.WITHDRAWN


def test_the_receipt_is_a_file_with_the_words_and_how_the_day_was_worked_out(client: Client) -> None:
    sent = ask(SECRET_WORDS, **recently())
    open_with_key(client, sent)

    response = client.get(f"/en/receipts/request/{sent.request.tracking_number}.txt")

    text = response.content.decode()
    assert response["Content-Disposition"] == f'attachment; filename="{sent.request.tracking_number}.txt"'
    for expected in (SECRET_WORDS, sent.secret, "To be answered by"):
        assert expected in text


def test_the_browser_forgets_the_key(client: Client) -> None:
    sent = ask(SECRET_WORDS, **recently())
    open_with_key(client, sent)

    client.post("/en/requests/track/leave/")

    assert SECRET_WORDS not in client.get(address(sent)).content.decode()


def test_the_requesters_page_costs_the_same_with_one_question_and_with_more(
    client: Client, assert_same_queries: AssertSameQueries
) -> None:
    held: list[domain.Sent] = []

    def with_more() -> None:
        sent = ask(*[f"Question {number}?" for number in range(1, 2 * len(held) + 2)], **recently())
        for item in sent.request.items.all():
            answer(item, at=timezone.now())
        send(sent.request, at=timezone.now())
        held.append(sent)
        open_with_key(client, sent)

    assert_same_queries(client, lambda: address(held[-1]), with_more)


def test_numbers_that_nobody_has_are_not_found(client: Client) -> None:
    assert client.get("/en/requests/tracking/R-0000-0000-0/").status_code == 404
    assert InformationRequest.objects.count() == 0
