"""While somebody works on the site, everybody is told so, whatever is broken behind it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.design.html import one, parsed, texts

pytestmark = pytest.mark.any_database


@pytest.fixture
def closed(settings: Any) -> Iterator[Client]:
    """A browser before a site that is closed; no database mark: a query would fail the test."""
    settings.MAINTENANCE = True
    settings.PAGE_CACHE_BYTES = 4_000_000
    return Client()


@pytest.mark.parametrize(
    ("path", "accepted", "language", "title"),
    [
        ("/en/register/", "ru", "en", "We are working on this site"),
        ("/fr/", "en", "fr", "Nous travaillons sur ce site"),
        ("/admin/", "ru", "ru", "На сайте идут работы"),
        ("/accounts/login/", "", "en", "We are working on this site"),
    ],
)
def test_everybody_is_told_in_their_language_when_to_come_back(
    closed: Client, path: str, accepted: str, language: str, title: str
) -> None:
    response = closed.get(path, headers={"accept-language": accepted})
    assert (response.status_code, response["Retry-After"]) == (503, "300")
    assert "no-store" in response["Cache-Control"]
    tree = parsed(response.text)
    assert one(tree, "html")["lang"] == language
    assert texts(tree, "h1") == [title]


def test_a_citizen_who_was_sending_something_is_told_that_it_did_not_arrive(closed: Client) -> None:
    response = closed.post("/en/requests/ask/", {"text": "How much mercury?"})
    assert response.status_code == 503
    assert "If you were sending something just now, it did not arrive" in response.text


def test_a_program_is_told_as_programs_are(closed: Client) -> None:
    response = closed.get("/api/v1/register/facilities")
    assert (response.status_code, response["Retry-After"]) == (503, "300")
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"] == "The site is closed for work on it. Please try again in a few minutes."


def test_the_page_is_as_safe_as_any_other_and_has_its_style(closed: Client, settings: Any) -> None:
    settings.WHITENOISE_USE_FINDERS = True  # as the demonstration serves them
    response = closed.get("/en/")
    for header in ("Content-Security-Policy", "Permissions-Policy", "X-Content-Type-Options", "Referrer-Policy"):
        assert response[header]
    (style, *_others) = [link["href"] for link in parsed(response.text).select("link[rel=stylesheet]")]
    assert closed.get(str(style)).status_code == 200


def test_a_machine_that_watches_still_finds_the_process_alive(closed: Client) -> None:
    assert closed.get("/healthz").json() == {"status": "alive"}


@pytest.mark.django_db
def test_officials_are_not_let_in_either(closed: Client) -> None:
    closed.force_login(get_user_model().objects.create_superuser("root@example.org"))
    assert closed.get("/admin/").status_code == 503


@pytest.mark.django_db
def test_when_the_work_is_done_the_site_is_open(closed: Client, settings: Any) -> None:
    settings.MAINTENANCE = False
    assert Client().get("/en/").status_code == 200
