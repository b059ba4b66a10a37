"""The disclosure log: agreed answers, found by their words, without anybody's name."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from design.refusals import WrongStateError
from design.texts import Texts
from inforequests import domain
from inforequests.enums import AnswerPrivacy
from inforequests.models import Disclosure
from tests.conftest import AssertSameQueries
from tests.inforequests.factories import answered, ask, disclosed, overturn, person, refused, review
from tests.register.factories import PollutantFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexed")]

LOG = "/en/requests/log/"


def test_nothing_is_published_without_the_requesters_agreement() -> None:
    sent = answered()

    with pytest.raises(WrongStateError):
        domain.publish_in_disclosure_log(sent.request, actor=person(Role.CASE_OFFICER), title="Mercury")


def test_nothing_is_published_before_it_is_answered() -> None:
    sent = ask(privacy=AnswerPrivacy.PUBLIC)

    with pytest.raises(WrongStateError):
        domain.publish_in_disclosure_log(sent.request, actor=person(Role.CASE_OFFICER), title="Mercury")


def test_an_entry_without_a_title_goes_by_the_first_words_of_the_question_in_its_language(client: Client) -> None:
    question = (
        "Combien de mercure la fonderie de Vel a-t-elle rejeté dans l’eau en 2024, et combien dans l’air ensuite ?"
    )
    request = disclosed("  ", questions=[question], language="fr").request
    short = "Combien de mercure la fonderie de Vel a-t-elle rejeté dans l’eau en 2024, et…"

    log = client.get(LOG).content.decode()
    assert f'<a href="{LOG}{request.tracking_number}/" lang="fr">{short}</a>' in log
    assert log.count("Combien de mercure") == 1
    page = client.get(f"{LOG}{request.tracking_number}/").content.decode()
    assert page.partition("</title>")[2].count("Combien de mercure") == 1
    assert '<div class="request-question" lang="fr" dir="auto">' in page
    assert f"<title>{short} –" in page


def test_a_title_of_the_authority_and_a_question_say_each_in_which_language_they_are(client: Client) -> None:
    title = Texts(ru="Ртуть в реке")
    disclosed(title, questions=["Combien de mercure ?"], language="fr")

    log = client.get(LOG).content.decode()

    assert ' lang="ru">Ртуть в реке</a>' in log
    assert '<p lang="fr" dir="auto">Combien de mercure ?</p>' in log


def test_the_log_shows_question_and_answer_and_no_name(client: Client) -> None:
    request = disclosed(name="Ada Lovelace", email="ada@example.org").request

    page = client.get(reverse("inforequests:disclosure", args=[request.tracking_number])).content.decode()

    assert "It was 12.5 kg." in page
    assert request.sorted_items[0].text in page
    for secret in ("Ada", "ada@example.org"):
        assert secret not in page
        assert secret not in client.get(LOG).content.decode()
        assert secret not in client.get("/en/requests/log.csv").content.decode()


def test_what_is_not_published_has_no_page(client: Client) -> None:
    request = answered().request

    assert client.get(f"{LOG}{request.tracking_number}/").status_code == 404


@pytest.mark.parametrize("words", ["mercury", "MERCURY", "smelter vel", "12.5"])
def test_answers_are_found_by_their_words(client: Client, words: str) -> None:
    disclosed("Mercury of the smelter")

    page = client.get(LOG, {"q": words}).content.decode()

    assert "Mercury of the smelter" in page


@pytest.mark.parametrize("words", ["asbestos", '"', "'; drop table", "\x00", "*", "a" * 5000])
def test_odd_words_find_nothing_and_break_nothing(client: Client, words: str) -> None:
    disclosed("Mercury of the smelter")

    assert client.get(LOG, {"q": words}).status_code == 200


def test_the_sitewide_search_finds_published_answers(client: Client) -> None:
    disclosed("Mercury of the smelter")

    assert "Mercury of the smelter" in client.get("/en/search/", {"q": "smelter"}).content.decode()


def test_feed_file_and_interface_hold_the_same_entries(client: Client) -> None:
    request = disclosed("Mercury of the smelter").request

    assert "Mercury of the smelter" in client.get("/en/requests/feed/").content.decode()
    rows = client.get("/en/requests/log.csv").content.decode().splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == [request.tracking_number]
    listed = client.get("/api/v1/requests/disclosures").json()["items"]
    assert [entry["tracking_number"] for entry in listed] == [request.tracking_number]
    detail = client.get(f"/api/v1/requests/disclosures/{request.tracking_number}").json()
    assert [item["disposition"] for item in detail["items"]] == ["provided"]


def test_the_interface_tells_counts_and_last_days(client: Client) -> None:
    disclosed(), ask()

    counts = client.get("/api/v1/requests/counts").json()
    assert (counts["received"], counts["answered"], counts["open"]) == (2, 1, 1)
    day = client.get("/api/v1/requests/deadline", {"submitted_on": "2026-01-31"}).json()
    assert day["last_day"] == "2026-02-28"
    assert client.get("/api/v1/requests/deadline", {"submitted_on": "yesterday"}).status_code == 422


def test_what_a_review_opens_again_is_counted_among_the_open_ones_as_such(client: Client) -> None:
    overturn(review(refused()))
    answered()

    counts = client.get("/api/v1/requests/counts").json()
    assert (counts["received"], counts["answered"], counts["open"], counts["reopened"]) == (2, 1, 1, 1)
    page = client.get("/en/requests/").content.decode()
    assert "<dt>Of these, opened again by a review</dt><dd>1</dd>" in page


def test_taking_the_agreement_back_takes_the_entry_down(client: Client) -> None:
    sent = disclosed()

    domain.choose_privacy(sent.request, key=sent.secret, privacy=AnswerPrivacy.REQUESTER)

    assert not Disclosure.objects.exists()
    assert client.get(f"{LOG}{sent.request.tracking_number}/").status_code == 410


def test_an_entry_can_be_taken_down_and_put_back() -> None:
    request = disclosed().request
    domain.take_from_disclosure_log(request, actor=person(Role.DECISION_MAKER))
    assert not Disclosure.objects.exists()

    domain.publish_in_disclosure_log(request, actor=person(Role.CASE_OFFICER), title="Mercury")

    assert Disclosure.objects.get().title == "Mercury"


def test_a_published_refusal_that_is_overturned_shows_the_question_as_open_again(client: Client) -> None:
    sent = refused(privacy=AnswerPrivacy.PUBLIC)
    domain.publish_in_disclosure_log(sent.request, actor=person(Role.CASE_OFFICER), title="Refused")
    overturn(review(sent))

    page = client.get(f"{LOG}{sent.request.tracking_number}/").content.decode()

    assert "Not decided yet" in page or "not decided yet" in page


def test_the_log_costs_the_same_with_one_entry_and_with_three(
    client: Client, assert_same_queries: AssertSameQueries
) -> None:
    assert_same_queries(client, lambda: LOG, lambda: disclosed())  # noqa: PLW0108 -- the helper passes nothing


def test_the_front_page_of_the_room_says_how_to_ask_and_how_it_goes(client: Client) -> None:
    disclosed("Mercury of the smelter"), ask()

    for language in ("en", "fr", "ru"):
        response = client.get(f"/{language}/requests/")
        page = response.content.decode()
        assert response.status_code == 200
        assert f"/{language}/requests/ask/" in page
        assert "Mercury of the smelter" in page


def test_a_published_answer_leads_on_and_is_named_in_its_own_language_elsewhere(client: Client) -> None:
    pollutant = PollutantFactory.create(mercury=True)
    disclosed(Texts(ru="Ртуть в реке"), questions=[domain.Question("Combien de mercure ?", pollutant)], language="fr")

    assert ' lang="ru">Ртуть в реке</a>' in client.get(pollutant.get_absolute_url()).content.decode()
    entry = Disclosure.objects.get()
    assert f'href="{reverse("register:search")}"' in client.get(entry.get_absolute_url()).content.decode()
