"""Machines read the same as people, and can repeat the hash of a proposal."""

import hashlib
import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from consultations import domain
from consultations.enums import Disposition, ModerationReason, PublicationState
from tests.consultations.factories import DocketFactory, OfficialFactory, answer, publish, send

pytestmark = pytest.mark.django_db


def make(**fields: Any) -> Any:
    return DocketFactory(around=timezone.now(), **fields)


def get(client: Client, path: str) -> Any:
    response = client.get(f"/api/v1/consultations{path}")
    assert response.status_code == 200, path
    return response.json()


def test_published_consultations_are_listed_with_their_state(client: Client) -> None:
    docket = make(open=True)
    make()
    [item] = get(client, "")["items"]
    assert (item["reference"], item["state"], item["title"]["fr"]) == (
        docket.reference,
        "open",
        "Lower threshold for mercury (fr)",
    )


def test_one_state_can_be_asked_for(client: Client) -> None:
    make(open=True)
    decided = make(decided=True)
    assert [item["reference"] for item in get(client, "?state=concluded")["items"]] == [decided.reference]
    assert client.get("/api/v1/consultations?state=nonsense").status_code == 422


def test_the_hash_of_the_proposal_can_be_repeated_from_the_answer_alone(client: Client) -> None:
    proposal = get(client, f"/{make(open=True).slug}")["proposal"]
    canonical = json.dumps(proposal["content"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(canonical.encode()).hexdigest() == proposal["sha256"]
    assert [measure["label"]["en"] for measure in proposal["measures"]] == [
        "Mercury and compounds: threshold for releases to water",
        "Time of publication (en): access to information",
    ]


def test_a_decision_comes_with_its_considerations_once_it_is_published(client: Client) -> None:
    assert get(client, f"/{make(drafted=True).slug}")["decision"] is None
    decision = get(client, f"/{make(decided=True).slug}")["decision"]
    assert [consideration["heading"]["ru"] for consideration in decision["considerations"]] == ["Health (ru)"]


def test_comments_are_given_as_the_public_reads_them(client: Client) -> None:
    docket = make(open=True)
    shown = publish(send(docket))
    hidden = send(docket, text="Hidden words.")
    officer = OfficialFactory(role=Role.CASE_OFFICER)
    domain.withhold_submission(hidden, actor=officer, reason=ModerationReason.SPAM)
    send(docket, text="Waiting words.")
    items = {item["tracking_number"]: item for item in get(client, f"/{docket.slug}/submissions")["items"]}
    assert set(items) == {shown.tracking_number, hidden.tracking_number}
    assert items[shown.tracking_number]["author"] == "Aino Example"
    tombstone = items[hidden.tracking_number]
    assert (tombstone["publication_state"], tombstone["withheld_reason"]) == (PublicationState.WITHHELD, "spam")
    assert (tombstone["author"], tombstone["texts"]) == (None, [])


def test_answers_appear_once_they_are_published(client: Client) -> None:
    docket = make(closed=True)
    answer(publish(send(docket)), disposition=Disposition.NOT_ACCEPTED, at=timezone.now())
    path = f"/{docket.slug}/answers"
    assert [item["answer"] for item in get(client, path)["items"]] == [None, None]
    domain.publish_responses(docket, actor=OfficialFactory(role=Role.CASE_OFFICER))
    [first, _second] = get(client, path)["items"]
    assert (first["number"], first["measure"], first["disposition"], first["answer"]) == (
        1,
        "M1",
        Disposition.NOT_ACCEPTED,
        "We took note of it.",
    )


@pytest.mark.parametrize("more", ["", "/submissions", "/answers"])
def test_a_draft_is_not_there(client: Client, more: str) -> None:
    assert client.get(f"/api/v1/consultations/{make().slug}{more}").status_code == 404


def test_lists_ask_the_database_as_often_with_three_rows_as_with_one(client: Client, assert_same_queries: Any) -> None:
    docket = make(open=True)
    assert_same_queries(client, lambda: "/api/v1/consultations", lambda: make(open=True))
    for more in ("submissions", "answers"):
        path = f"/api/v1/consultations/{docket.slug}/{more}"
        assert_same_queries(client, lambda path=path: path, lambda: publish(send(docket)))
