"""Explainers for machines."""

import pytest
from django.test import Client

from explainers.enums import WRITTEN_SLOTS
from tests.explainers.factories import a_reference, a_term, an_explainer
from tests.register.factories import PollutantFactory

pytestmark = pytest.mark.django_db
PREFIX = "/api/v1/explainers"


def test_the_list_says_which_are_written(client: Client) -> None:
    an_explainer(PollutantFactory.create(carbon_dioxide=True))
    an_explainer(written=True)
    items = client.get(PREFIX).json()["items"]
    assert [(item["pollutant"], item["is_written"]) for item in items] == [("CO2", False), ("HGANDCOMPOUNDS", True)]


def test_one_has_every_question_with_its_state_and_sources(client: Client) -> None:
    a_reference()
    an_explainer(code="ru", uses="<p>В лампах.[^who_2021]</p>")
    found = client.get(f"{PREFIX}/mercury-and-compounds?language=ru").json()
    assert [slot["kind"] for slot in found["slots"]] == [kind.value for kind in WRITTEN_SLOTS]
    assert {slot["kind"]: slot["state"] for slot in found["slots"]}["uses"] == "filled"
    assert {slot["kind"]: slot["state"] for slot in found["slots"]}["health"] == "unwritten"
    assert [one["key"] for one in found["references"]] == ["who_2021"]


def test_a_draft_and_an_unknown_language_are_not_answered(client: Client) -> None:
    an_explainer(live=False)
    assert client.get(f"{PREFIX}/mercury-and-compounds").status_code == 404
    assert client.get(f"{PREFIX}?language=de").status_code == 422


def test_the_glossary_is_there_in_each_language(client: Client) -> None:
    a_term()
    assert client.get(f"{PREFIX}/glossary?language=fr").json()["items"][0]["term"] == "seuil"
