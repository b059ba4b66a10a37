"""What everybody reads: the list, a consultation from proposal to decision, the comments, the answers, the papers."""

import csv
import hashlib
import io
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from consultations import domain
from consultations.enums import Disposition, ModerationReason, PublicationPreference
from consultations.models import Docket, Submission
from design.formats import format_instant
from register.links import pollutant_links
from register.models import Pollutant
from tests.consultations.factories import DocketFactory, OfficialFactory, answer, publish, send, texts

pytestmark = pytest.mark.django_db
CheckQueries = Callable[[Client, Callable[[], str], Callable[[], object]], None]


def make(**fields: Any) -> Docket:
    return DocketFactory(around=timezone.now(), **fields)


def get(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return unescape(response.content.decode())


def test_the_list_shows_each_consultation_under_its_state(client: Client) -> None:
    for stage in ("upcoming", "open", "closed", "decided", "discontinued"):
        make(slug=stage, title=f"A title {stage}", **{stage: True})
    make(title="Nobody’s business yet")
    page = get(client, "/en/consultations/")
    order = [page.index(f"A title {stage}") for stage in ("open", "upcoming", "closed", "decided", "discontinued")]
    assert order == sorted(order)
    assert "Nobody’s business yet" not in page


def test_one_state_can_be_asked_for(client: Client) -> None:
    make(title="Running", open=True)
    make(title="Over", decided=True)
    page = get(client, "/en/consultations/?state=open")
    assert ("Running (en)" in page, "Over (en)" in page) == (True, False)


@pytest.mark.parametrize("query", ["?state=nonsense", "?state=open&page=99", "?state=open&page=x", "?state=%00"])
def test_an_odd_question_gets_the_list(client: Client, query: str) -> None:
    make(title="Running", open=True)
    assert "Running (en)" in get(client, f"/en/consultations/{query}")


def test_without_any_consultation_the_list_says_what_it_is_for(client: Client) -> None:
    assert "No consultation yet" in get(client, "/en/consultations/")


@pytest.mark.parametrize("code", ["en", "fr", "ru"])
def test_an_open_consultation_shows_what_would_change_and_until_when(client: Client, code: str) -> None:
    docket = make(open=True)
    page = get(client, f"/{code}/consultations/{docket.slug}/")
    assert f"Lower threshold for mercury ({code})" in page
    assert f"Small releases add up. ({code})" in page
    assert f"/{code}/consultations/{docket.slug}/comment/" in page
    assert f"1 Harbour Road ({code})" in page


def test_ways_to_respond_disappear_at_closing(client: Client) -> None:
    docket = make(closed=True)
    page = get(client, f"/en/consultations/{docket.slug}/")
    assert "1 Harbour Road" not in page
    assert f"/en/consultations/{docket.slug}/comment/" not in page
    assert "Comments closed on" in page


def test_an_extension_stands_in_the_history_with_its_new_end_and_its_reason(client: Client) -> None:
    docket = make(open=True)
    end = docket.closes_at()
    assert end is not None
    chief = OfficialFactory(role=Role.DECISION_MAKER)
    closes_at = end + timedelta(days=7)
    domain.extend_period(docket, actor=chief, closes_at=closes_at, reason=texts("Holidays."))
    page = get(client, f"/en/consultations/{docket.slug}/")
    said = f"The comment period was extended. Comments close on {format_instant(closes_at)}. Reason: Holidays. (en)"
    assert said in page


def test_a_discontinued_consultation_says_why(client: Client) -> None:
    docket = make(discontinued=True)
    assert "The law changed. (en)" in get(client, f"/en/consultations/{docket.slug}/")


def test_the_decision_stands_at_the_same_address_with_its_considerations(client: Client) -> None:
    docket = make(decided=True)
    page = get(client, f"/en/consultations/{docket.slug}/")
    for said in ("Adopted with changes", "Mercury builds up in fish. (en)", "Before the Administrative Court"):
        assert said in page


def test_a_drafted_decision_and_drafted_answers_are_not_shown(client: Client) -> None:
    docket = make(closed=True)
    answer(publish(send(docket)), at=timezone.now())
    page = get(client, f"/en/consultations/{docket.slug}/answers/")
    assert "We took note of it." not in page
    assert "Not answered yet." in page


def test_the_paper_that_is_downloaded_has_the_hash_that_the_page_shows(client: Client) -> None:
    docket = make(open=True)
    frozen = docket.versions.get().files.get()
    assert frozen.sha256 in get(client, f"/en/consultations/{docket.slug}/")
    response = client.get(f"/en/consultations/{docket.slug}/dossier/{frozen.sha256}/")
    content = b"".join(response.streaming_content)
    assert hashlib.sha256(content).hexdigest() == frozen.sha256
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_paper_belongs_to_its_own_published_consultation(client: Client) -> None:
    docket, draft = make(open=True), make()
    digest = docket.versions.get().files.get().sha256
    assert client.get(f"/en/consultations/{draft.slug}/dossier/{digest}/").status_code == 404
    assert client.get(f"/en/consultations/{docket.slug}/dossier/{'0' * 64}/").status_code == 404


def test_comments_and_tombstones_are_listed_and_the_counts_add_up(client: Client) -> None:
    docket = make(open=True)
    publish(send(docket, text="Published words.", name="Aino Example"))
    send(docket, text="Waiting words.")
    send(docket, text="Private words.", publication_preference=PublicationPreference.NOT_PUBLISHED)
    officer = OfficialFactory(role=Role.CASE_OFFICER)
    domain.withhold_submission(send(docket, text="Hidden words."), actor=officer, reason=ModerationReason.THREAT)
    page = get(client, f"/en/consultations/{docket.slug}/comments/")
    assert "Published words." in page
    assert "Aino Example" in page
    for hidden in ("Waiting words.", "Private words.", "Hidden words."):
        assert hidden not in page
    assert "Withheld because it threatens somebody. The authority considers it all the same." in page
    assert "4 comments were received." in page


@pytest.mark.parametrize(
    ("stage", "said"),
    [("closed", "All of them are considered."), ("decided", "All of them were considered."), ("discontinued", "")],
)
def test_comments_are_said_to_be_considered_only_where_they_are(client: Client, stage: str, said: str) -> None:
    docket = make(**{stage: True})
    Submission.objects.filter(docket=docket).delete()
    publish(send(make(slug="open-today", open=True)))
    Submission.objects.update(docket=docket)
    page = get(client, f"/en/consultations/{docket.slug}/comments/")
    assert "1 comment was received." in page
    assert ("All of them" in page) is bool(said)
    assert said in page


def test_an_accepted_point_without_a_reason_is_answered_in_the_language_of_the_reader(client: Client) -> None:
    docket = make(closed=True)
    officer = OfficialFactory(role=Role.CASE_OFFICER)
    submission = publish(send(docket, language="ru", measure_texts={}))
    domain.answer_point(submission.points.get(), actor=officer, disposition=Disposition.ACCEPTED)
    domain.publish_responses(docket, actor=officer)
    assert '<div lang="fr"><p dir="auto">L’autorité accepte ce point.' in get(
        client, f"/fr/consultations/{docket.slug}/answers/"
    )


def test_a_comment_that_is_not_published_has_no_page(client: Client) -> None:
    docket = make(open=True)
    submission = send(docket)
    assert client.get(f"/en/consultations/{docket.slug}/comments/{submission.tracking_number}/").status_code == 404


def test_a_published_comment_says_in_which_language_its_words_are(client: Client) -> None:
    docket = make(open=True)
    submission = publish(send(docket, language="fr", text="Mesurez.", measure_texts={}))
    page = get(client, f"/en/consultations/{docket.slug}/comments/{submission.tracking_number}/")
    assert '<div lang="fr"><p dir="auto">Mesurez.</p></div>' in page


def test_matrix_page_and_csv_have_the_same_rows(client: Client) -> None:
    docket = make(closed=True)
    submission = publish(send(docket, text="=SUM(A1)", name="Aino Example"))
    answer(submission, at=timezone.now())
    domain.publish_responses(docket, actor=OfficialFactory(role=Role.CASE_OFFICER))
    page = get(client, f"/en/consultations/{docket.slug}/answers/")
    text = client.get(f"/en/consultations/{docket.slug}/answers.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["No."], row["Comment"], row["Answer"], row["Reason"]) for row in rows] == [
        ("1", "Half a kilogram is right.", "Noted", "We took note of it."),
        ("2", "'=SUM(A1)", "Noted", "We took note of it."),
    ]
    assert page.count("We took note of it.") == len(rows)


def test_the_feed_names_consultations_and_decisions(client: Client) -> None:
    make(title="Running", open=True)
    make(title="Over", decided=True)
    make(title="Draft")
    response = client.get("/fr/consultations/feed/")
    titles = [
        entry.findtext("{http://www.w3.org/2005/Atom}title")
        for entry in ElementTree.fromstring(response.content).iter("{http://www.w3.org/2005/Atom}entry")  # noqa: S314 -- our own output
    ]
    assert sorted(filter(None, titles)) == ["Over (fr)", "Running (fr)"]
    assert "The threshold is 0.5 kg a year. (fr)" in response.content.decode()


def test_a_pollutant_s_page_leads_to_the_consultations_on_it() -> None:
    docket = make(open=True)
    make()
    pollutant = Pollutant.objects.get()
    heading = "Consultations on this pollutant"
    [group] = [one for one in pollutant_links(pollutant, timezone.now()) if one.heading == heading]
    assert [(link.title, link.state_label) for link in group.links] == [(docket.title, "Open for comments")]


@pytest.mark.parametrize("path", ["", "comments/", "answers/", "answers.csv", "comment/"])
def test_what_is_not_published_is_not_found(client: Client, path: str) -> None:
    docket = make()
    assert client.get(f"/en/consultations/{docket.slug}/{path}").status_code == 404


def test_the_list_asks_the_database_as_often_with_three_as_with_one(
    client: Client, assert_same_queries: CheckQueries
) -> None:
    assert_same_queries(client, lambda: "/en/consultations/", lambda: make(open=True))


def test_the_comments_ask_the_database_as_often_with_three_as_with_one(
    client: Client, assert_same_queries: CheckQueries
) -> None:
    docket = make(open=True)
    assert_same_queries(client, lambda: f"/en/consultations/{docket.slug}/comments/", lambda: publish(send(docket)))


def test_the_answers_ask_the_database_as_often_with_three_as_with_one(
    client: Client, assert_same_queries: CheckQueries
) -> None:
    docket = make(closed=True)

    def add() -> None:
        submission = publish(send(docket))
        answer(submission, at=timezone.now())
        domain.publish_responses(docket, actor=OfficialFactory(role=Role.CASE_OFFICER))

    assert_same_queries(client, lambda: f"/en/consultations/{docket.slug}/answers/", add)
    assert_same_queries(client, lambda: f"/en/consultations/{docket.slug}/", add)


def test_a_sender_s_page_asks_the_database_as_often_with_three_points_as_with_one(
    client: Client, assert_same_queries: CheckQueries
) -> None:
    docket = make(open=True)
    submission = send(docket, text="One. Two. Three. Four.", measure_texts={}, form_token="a-form")
    secret = domain.receive_submission(
        docket, language="en", publication_preference=PublicationPreference.WITH_NAME, form_token="a-form"
    ).secret
    client.post("/en/consultations/track/", {"number": submission.tracking_number, "key": secret})
    officer = OfficialFactory(role=Role.CASE_OFFICER)
    words = iter(["Two.", "Three.", "Four."])

    def add() -> None:
        domain.add_point(Submission.objects.get(), actor=officer, text=next(words))

    assert_same_queries(client, lambda: f"/en/consultations/tracking/{submission.tracking_number}/", add)


def test_a_page_of_a_consultation_may_be_kept_until_it_would_say_something_else(client: Client) -> None:
    docket = make(closing=True)
    response = client.get(f"/en/consultations/{docket.slug}/")
    closes_at = docket.closes_at()
    assert closes_at is not None
    until = response.wsgi_request.page_cache_until
    assert timezone.now() < until <= closes_at
    assert until - timezone.now() <= timedelta(days=1)
