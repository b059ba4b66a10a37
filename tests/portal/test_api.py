"""The interface for machines: read-only, described without help from elsewhere, its errors said in words."""

import json
import re
from typing import Any

import pytest
from django.http import Http404, HttpRequest
from django.test import Client
from django.urls import path
from ninja import Schema
from ninja.errors import HttpError
from ninja.pagination import paginate

from design.apis import Pages
from portal.api import ROUTERS, PublicApi, api, not_found, not_understood, problem, refused, server_error
from portal.api_docs import operations

pytestmark = pytest.mark.django_db


class Entry(Schema):
    number: int


example = PublicApi(title="Example", urls_namespace="example")
example.add_exception_handler(HttpError, refused)


@example.get("/entries", response=list[Entry])
@paginate(Pages)
def entries(request: HttpRequest) -> list[dict[str, int]]:
    return [{"number": number} for number in range(1, 251)]


urlpatterns = [path("api/example/", example.urls)]


@pytest.fixture
def listing(settings: Any, client: Client) -> Client:
    settings.ROOT_URLCONF = "tests.portal.test_api"
    return client


def test_the_entrance_says_where_the_description_is(client: Client) -> None:
    assert client.get("/api/v1/").json()["openapi"] == "http://testserver/api/v1/openapi.json"
    assert client.get("/api/").url == client.get("/api/v1").url == "/api/v1/docs"


def test_the_description_is_a_valid_document_with_every_address(client: Client) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    assert schema["openapi"].startswith("3.1")
    assert all(address.startswith("/api/v1/") for address in schema["paths"])
    assert {method for methods in schema["paths"].values() for method in methods} <= {"get"}


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_the_page_for_people_asks_nothing_of_anybody_else(client: Client, language: str) -> None:
    page = client.get(f"/api/v1/docs?language={language}").content.decode()
    assert re.findall(r'(?:src|href)="(?:https?:)?//[^"]+"', page) == []
    assert "<script>" not in page
    for methods in client.get("/api/v1/openapi.json").json()["paths"].values():
        for operation in methods.values():
            assert operation["operationId"] in page


def test_the_description_names_what_every_area_gives(client: Client) -> None:
    said = client.get("/api/v1/openapi.json").json()["info"]["description"]
    words = {
        "register": "register",
        "consultations": "consulted",
        "requests": "requests",
        "explainers": "explainers",
        "record": "record",
    }
    assert {prefix.strip("/") for prefix in ROUTERS} == set(words)
    assert [word for word in words.values() if word not in said] == []


def test_every_operation_is_described() -> None:
    for _area, operation in operations(api.get_openapi_schema(path_prefix="/api/v1/")):
        assert operation.summary
        assert operation.answer, operation.path


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_changed(client: Client, method: str) -> None:
    response = getattr(client, method)("/api/v1/")
    assert (response.status_code, response.headers["Content-Type"]) == (405, "application/problem+json")
    assert response.headers["Allow"] == "GET"
    assert response.json()["detail"] == "This interface is for reading: only GET is answered."


@pytest.mark.parametrize("address", ["/api/v1/nothing", "/api/v2/", "/api/v1/register/facilities/none/x"])
def test_what_is_not_there_is_a_problem_in_words(client: Client, address: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (404, "application/problem+json")
    assert response.json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "There is nothing at this address.",
    }


def test_answers_are_in_one_language_and_may_be_read_from_any_page(client: Client) -> None:
    response = client.get("/api/v1/", headers={"accept-language": "fr"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Vary" not in response.headers
    assert "Access-Control-Allow-Credentials" not in response.headers


@pytest.mark.django_db(transaction=True)
def test_answers_are_kept_like_public_pages(client: Client, settings: Any) -> None:
    from design.freshness import bump_generation  # noqa: PLC0415 -- for this test alone

    settings.PAGE_CACHE_BYTES = 1_000_000
    bump_generation()
    assert [Client().get("/api/v1/").headers["X-Page-Cache"], client.get("/api/v1/").headers["X-Page-Cache"]] == [
        "miss",
        "miss",
    ]
    assert client.get("/api/v1/").headers["X-Page-Cache"] == "hit"


def test_a_list_comes_in_pages_that_know_their_neighbours(listing: Client) -> None:
    first = listing.get("/api/example/entries?page_size=100").json()
    assert (len(first["items"]), first["count"], first["pages"], first["previous"]) == (100, 250, 3, None)
    second = listing.get(first["next"]).json()
    assert (second["page"], second["items"][0]) == (2, {"number": 101})
    last = listing.get(second["next"]).json()
    assert (len(last["items"]), last["next"]) == (50, None)
    assert last["previous"] == "http://testserver/api/example/entries?page_size=100&page=2"
    assert listing.get(last["previous"]).json() == second


def test_a_page_that_there_is_not_is_a_problem_in_words(listing: Client) -> None:
    response = listing.get("/api/example/entries?page=9")
    assert (response.status_code, response.json()["detail"]) == (404, "There is no page 9; the last one is 5.")


def test_an_empty_list_has_one_page(listing: Client) -> None:
    assert listing.get("/api/example/entries?page_size=500").json()["pages"] == 1


@pytest.mark.parametrize("wrong", ["page=0", "page=x", "page_size=501", "page_size=-1", "page=%00"])
def test_parameters_that_cannot_be_read_are_named(listing: Client, wrong: str) -> None:
    assert listing.get(f"/api/example/entries?{wrong}").status_code == 422


def test_each_kind_of_error_is_a_problem() -> None:
    class Wrong:
        errors = [{"loc": ("query", "year"), "msg": "Input should be a valid integer"}]

    made = [
        (not_found(None, Http404()), 404, "There is nothing at this address."),
        (refused(None, HttpError(410, "It was taken away.")), 410, "It was taken away."),
        (not_understood(None, Wrong()), 422, "These parameters could not be read: year."),
        (problem(503, "Not now."), 503, "Not now."),
    ]
    for response, status, detail in made:
        assert response.headers["Content-Type"] == "application/problem+json"
        body = json.loads(response.content)
        assert (response.status_code, body["status"], body["detail"]) == (status, status, detail)


def test_a_fault_is_a_problem_to_machines_and_a_page_to_people(rf: Any) -> None:
    assert server_error(rf.get("/api/v1/x")).headers["Content-Type"] == "application/problem+json"
    assert server_error(rf.get("/en/")).headers["Content-Type"].startswith("text/html")
