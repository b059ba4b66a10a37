"""The record's pages: what everybody may read, in words, and with its proof."""

import json
from datetime import UTC, datetime

import pytest
from django.test import Client

from ledger import merkle, notes
from ledger.domain import erase_openings, seal_entries
from ledger.keys import public_keys
from ledger.models import Checkpoint, Entry
from tests.conftest import AssertSameQueries
from tests.following.atom import check_feed
from tests.ledger.factories import append

pytestmark = pytest.mark.django_db

LIST = "/en/record/"


def shown(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


class TestList:
    def test_it_says_that_nothing_is_there(self, client: Client) -> None:
        assert "Nothing has been recorded yet" in shown(client, LIST)
        assert "Nothing has been sealed yet" in shown(client, "/en/record/checkpoints/")

    def test_entries_are_told_in_words_and_private_ones_are_only_counted(self, client: Client) -> None:
        append(subject_reference="C-2026-001")
        append(verb="decision_drafted", public=False)
        page = shown(client, LIST)
        assert "The consultation was published." in page
        assert "The decision was drafted." not in page.partition("result-count")[2]
        assert "and 1 that is not public" in page
        assert "not sealed yet" in page

    def test_it_is_filtered_by_area_act_reference_and_day(self, client: Client) -> None:
        day = datetime(2026, 3, 2, 12, tzinfo=UTC)
        append(subject_reference="C-2026-001", at=day)
        append(verb="submitted", area="inforequests", subject_kind="request", subject_reference="R-7KQ2-M4XD-9")
        for query, found in {
            "area=consultations": ["C-2026-001"],
            "area=inforequests": ["R-7KQ2-M4XD-9"],
            "verb=submitted": ["R-7KQ2-M4XD-9"],
            "reference=c-2026-001": ["C-2026-001"],
            "reference=c+2026+001": ["C-2026-001"],
            "reference=C-2026": [],
            "day=2026-03-02": ["C-2026-001"],
            "day=2026-03-03": [],
            "area=&verb=&reference=&day=": ["R-7KQ2-M4XD-9", "C-2026-001"],
        }.items():
            response = client.get(f"{LIST}?{query}")
            assert [row["entry"].subject_reference for row in response.context["rows"]] == found, query
        assert "No entry matches" in shown(client, f"{LIST}?day=2026-03-03")

    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
    def test_on_a_day_at_the_end_of_time_nothing_happened(self, client: Client, day: str) -> None:
        append()
        assert "No entry matches" in shown(client, f"{LIST}?day={day}")
        assert client.get(f"/api/v1/record/entries?day={day}").json()["count"] == 0

    @pytest.mark.parametrize("name", ["area", "verb", "reference"])
    def test_a_text_that_no_database_holds_is_in_no_entry(self, client: Client, name: str) -> None:
        append()
        assert client.get(f"/api/v1/record/entries?{name}=%00").json()["count"] == 0

    def test_a_mistake_in_a_filter_is_a_sentence(self, client: Client) -> None:
        assert "Write the day as year, month and day" in shown(client, f"{LIST}?day=yesterday")
        assert "There is a problem" in shown(client, f"{LIST}?verb=nonsense")

    def test_it_asks_as_often_with_three_entries_as_with_one(
        self, client: Client, assert_same_queries: AssertSameQueries
    ) -> None:
        assert_same_queries(client, lambda: LIST, append)

        def seal() -> None:
            append()
            seal_entries()

        assert_same_queries(client, lambda: "/en/record/checkpoints/", seal)


class TestEntry:
    def test_it_shows_facts_in_words_and_where_it_stands(self, client: Client) -> None:
        facts = {"late": False, "channel": "web", "received_at": "2026-03-02T12:00:00+00:00", "proposal_version": 1}
        (entry,) = append(
            verb="submission_received",
            subject_kind="submission",
            subject_reference="C-7KQ2-M4XD-9",
            facts=facts,
            private={"text": "Secret words.", "measure-2": "More of them.", "submitter": "{}"},
        )
        page = shown(client, entry.get_absolute_url())
        for said in ("Came late", "Not sealed yet", "The comment on measure 2", "Who sent it", "2 March 2026"):
            assert said in page, said
        assert "Secret" not in page
        seal_entries()
        assert "The proof, step by step" in shown(client, entry.get_absolute_url())
        assert client.get("/en/record/positions/0/")["Location"] == entry.get_absolute_url()
        erase_openings(subject_kind="submission", subject_reference="C-7KQ2-M4XD-9", names={"submitter"})
        assert "The random number was destroyed" in shown(client, entry.get_absolute_url())

    def test_one_that_is_not_public_shows_place_and_hash_alone(self, client: Client) -> None:
        (entry,) = append(verb="message_sent", area="inforequests", subject_reference="R-7KQ2", public=False)
        seal_entries()
        for page in (
            shown(client, entry.get_absolute_url()),
            json.dumps(client.get(f"/api/v1/record/entries/{entry.pk}").json()),
        ):
            assert bytes(entry.leaf.hash).hex() in page
            for secret in ("message", "R-7KQ2", "decision_maker"):
                assert secret not in page.partition("<main")[2].partition("</main")[0] + page * page.startswith("{")
        assert client.get("/api/v1/record/entries").json()["items"] == []

    def test_there_is_no_page_for_what_is_not_there(self, client: Client) -> None:
        for address in ("entries/999/", "positions/0/", "checkpoints/5/"):
            shown(client, f"{LIST}{address}", 404)

    def test_words_of_an_area_that_left_the_site_are_shown_as_they_are(self, client: Client) -> None:
        (entry,) = append(
            area="gone", verb="some_act", subject_kind="old_thing", actor_role="old role", facts={"a_b": {}}
        )
        page = shown(client, entry.get_absolute_url())
        for said in ("some act", "old thing", "old role", "a b"):
            assert said in page


class TestProofs:
    @pytest.fixture(autouse=True)
    def record(self, db: None) -> None:
        for _number in range(3):
            append(3)
            seal_entries()

    def test_the_proof_of_an_entry_holds(self, client: Client) -> None:
        entry = Entry.objects.get(leaf__position=4)
        said = client.get(f"/api/v1/record/entries/{entry.pk}").json()
        proof = client.get(f"/api/v1/record/entries/{entry.pk}/proof").json()
        leaf = merkle.leaf_hash(said["canonical"].encode())
        assert leaf.hex() == proof["leaf_hash"] == said["leaf_hash"]
        checkpoint = notes.verify_checkpoint(proof["checkpoint"], public_keys())
        hashes = [bytes.fromhex(one) for one in proof["hashes"]]
        merkle.verify_inclusion(leaf, proof["position"], checkpoint.size, hashes, checkpoint.root)
        older = client.get("/api/v1/record/proofs/inclusion?position=4&size=6").json()
        assert (older["tree_size"], len(older["hashes"])) == (6, 2)

    def test_the_proof_that_the_record_only_grew_holds(self, client: Client) -> None:
        proof = client.get("/api/v1/record/proofs/consistency?old_size=3").json()
        old, new = (notes.verify_checkpoint(proof[name], public_keys()) for name in ("old_checkpoint", "checkpoint"))
        hashes = [bytes.fromhex(one) for one in proof["hashes"]]
        merkle.verify_consistency(3, 9, hashes, old.root, new.root)

    @pytest.mark.parametrize(
        ("address", "status", "says"),
        [
            ("proofs/inclusion?position=9", 404, "There is no position 9 in the record of size 9"),
            ("proofs/inclusion?position=1&size=4", 404, "There is no checkpoint of size 4"),
            ("proofs/inclusion?position=-1", 422, ""),
            ("proofs/inclusion?position=x", 422, ""),
            ("proofs/inclusion", 422, ""),
            ("proofs/consistency?old_size=9&size=3", 422, "give the smaller one as old_size"),
            ("proofs/consistency?old_size=0", 422, ""),
            ("entries/99999/proof", 404, "There is nothing at this address"),
            ("entries?day=x", 422, ""),
        ],
    )
    def test_bad_input_is_answered_with_a_sentence(self, client: Client, address: str, status: int, says: str) -> None:
        response = client.get(f"/api/v1/record/{address}")
        assert response.status_code == status
        assert says in response.json()["detail"]

    def test_an_entry_that_waits_has_no_proof_yet(self, client: Client) -> None:
        (entry,) = append()
        response = client.get(f"/api/v1/record/entries/{entry.pk}/proof")
        assert (response.status_code, "not sealed yet" in response.json()["detail"]) == (404, True)

    def test_witnesses_read_checkpoints_tiles_and_keys_at_addresses_without_a_language(self, client: Client) -> None:
        newest = Checkpoint.objects.latest()
        response = client.get("/record/checkpoint")
        assert (response.content.decode(), response["Content-Type"]) == (newest.note, "text/plain; charset=utf-8")
        assert client.get("/record/checkpoint/9").content == response.content
        assert client.get("/record/checkpoint/8", follow=True).status_code == 404
        assert client.get("/record/keys").content.decode() == f"{public_keys()[0]}\n"
        tile = client.get("/record/tile/0/000.p/9").content
        assert merkle.root([tile[start : start + 32] for start in range(0, len(tile), 32)]) == bytes(newest.root)
        for missing in ("0/000", "0/000.p/10", "0/001.p/1", "0/x001/000.p/1", "0/00x.p/1", "0/000.p/999", "9/000"):
            assert client.get(f"/record/tile/{missing}", follow=True).status_code == 404, missing

    def test_checkpoints_have_pages_a_list_and_a_feed(self, client: Client) -> None:
        page = shown(client, "/en/record/checkpoints/6/")
        assert Checkpoint.objects.get(size=6).note.splitlines()[2] in page
        assert "Proof that it goes on from the one before" in page
        assert str(public_keys()[0]) in shown(client, "/en/record/checkpoints/")
        feed = shown(client, "/fr/record/checkpoints/feed/")
        check_feed(feed.encode())
        assert feed.count("<entry>") == 3
        assert "urn:prtr:record:checkpoint:9" in feed
        assert [one["size"] for one in client.get("/api/v1/record/checkpoints").json()["items"]] == [9, 6, 3]
        assert client.get("/api/v1/record/keys").json()[0]["text"] == str(public_keys()[0])


class TestPlainWords:
    @pytest.mark.parametrize("code", ["en", "fr", "ru"])
    def test_the_example_is_a_real_record_in_which_one_changed_word_runs_up_to_the_seal(
        self, client: Client, code: str
    ) -> None:
        response = client.get(f"/{code}/record/what-it-proves/")
        example = response.context["example"]
        leaves = [merkle.leaf_hash(row.sentence.encode()) for row in example.sealed]
        assert example.seal == merkle.root(leaves).hex()[:8]
        marks = [
            "".join("x" if mark.differs else "." for mark in (row.own, row.pair, row.seal) if mark)
            for record in (example.sealed, example.changed)
            for row in record
        ]
        assert marks == ["...", ".", "..", ".", ".xx", "x", "..", "."]
        page = response.content.decode()
        for shown_once_more in (example.seal, example.seal_after, example.own, example.own_after):
            assert page.count(shown_once_more) > 1

    def test_it_says_what_stays_of_a_person_after_an_erasure(self, client: Client) -> None:
        page = shown(client, f"{LIST}what-it-proves/")
        assert "your name and the number are destroyed. What you said stays, without you." in page
