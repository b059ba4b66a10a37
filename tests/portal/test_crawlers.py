"""What search engines are told: what they may read, where it is, and in which languages a page exists."""

from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import get_resolver

from tests.register.factories import FacilityFactory, PollutantFactory

pytestmark = pytest.mark.django_db
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture(autouse=True)
def _addresses_are_known() -> None:
    """Reads the site map as the settings stand, before a test says that this is, or is no, demonstration."""
    assert get_resolver().url_patterns


def locations(client: Client, path: str) -> list[str]:
    tree = ElementTree.fromstring(client.get(path).content)  # noqa: S314 -- our own answer
    return [str(found.text).removeprefix("http://testserver") for found in tree.iterfind(".//s:loc", NAMES)]


def test_a_search_engine_may_read_everything_but_where_people_work_and_lists_without_end(
    client: Client, settings: Any
) -> None:
    settings.DEMONSTRATION = False
    assert client.get("/robots.txt").content.decode() == (
        "User-agent: *\n"
        "Disallow: /admin/\n"
        "Disallow: /accounts/\n"
        "Disallow: /*/search/\n"
        "Disallow: /*/track/\n"
        "Disallow: /*/register/search/\n"
        "\n"
        "Sitemap: http://testserver/sitemap.xml\n"
    )


def test_a_demonstration_asks_not_to_be_listed(client: Client, settings: Any) -> None:
    settings.DEMONSTRATION = True
    assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"


def test_the_site_map_leads_to_pages_pollutants_and_facilities(client: Client) -> None:
    assert locations(client, "/sitemap.xml") == [
        "/sitemap-pages.xml",
        "/sitemap-pollutants.xml",
        "/sitemap-facilities.xml",
    ]


def test_the_map_of_pages_has_the_pages_of_every_language(client: Client) -> None:
    found = locations(client, "/sitemap-pages.xml")
    assert [path for path in found if path.count("/") == 2] == ["/en/", "/fr/", "/ru/"]
    assert [path for path in found if path.endswith("/consultations/")] == [
        "/en/consultations/",
        "/fr/consultations/",
        "/ru/consultations/",
    ]


def test_the_map_of_the_register_has_each_thing_in_every_language(client: Client) -> None:
    pollutant, facility = PollutantFactory(), FacilityFactory()
    for path, end in (
        ("/sitemap-pollutants.xml", f"register/pollutants/{pollutant.slug}/"),
        ("/sitemap-facilities.xml", f"register/facilities/{facility.public_id}/"),
    ):
        assert locations(client, path) == [f"/{language}/{end}" for language in ("en", "fr", "ru")]


@pytest.mark.parametrize("section", ["pages", "pollutants", "facilities"])
def test_a_map_asks_as_often_with_three_things_as_with_one(
    section: str, client: Client, django_assert_max_num_queries: Any
) -> None:
    PollutantFactory.create_batch(3)
    FacilityFactory.create_batch(3)
    with django_assert_max_num_queries(8):
        assert client.get(f"/sitemap-{section}.xml").status_code == 200


def alternates(client: Client, path: str) -> list[str]:
    page = client.get(path).content.decode()
    return [line.strip() for line in page.splitlines() if 'rel="alternate" hreflang' in line]


def test_a_page_names_itself_in_each_language(client: Client) -> None:
    assert alternates(client, "/fr/consultations/") == [
        f'<link rel="alternate" hreflang="{language}" href="http://testserver/{language}/consultations/">'
        for language in ("en", "fr", "ru")
    ]


def test_an_address_of_the_register_names_itself_in_each_language(client: Client) -> None:
    assert alternates(client, "/ru/register/pollutants/") == [
        f'<link rel="alternate" hreflang="{language}" href="http://testserver/{language}/register/pollutants/">'
        for language in ("en", "fr", "ru")
    ]


def test_a_page_that_is_not_there_names_none(client: Client) -> None:
    assert alternates(client, "/en/nowhere/") == []


def test_the_old_address_of_the_mark_leads_to_it(client: Client) -> None:
    assert client.get("/favicon.ico")["Location"] == "/static/img/mark.svg"
