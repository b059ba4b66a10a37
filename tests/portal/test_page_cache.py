"""Finished public pages are kept: which, for whom, and how many."""

import gzip
import time
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from design.freshness import (
    bump_generation,
)
from portal.middleware.page_cache import KeptPage, PageStore
from tests.portal.asking import Get, is_kept

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]


def test_a_public_page_is_made_once(get: Get) -> None:
    first, second = get("/en/plain/"), get("/en/plain/")
    assert (first.headers["X-Page-Cache"], second.headers["X-Page-Cache"]) == ("miss", "hit")
    assert first.content == second.content


def test_a_kept_page_has_all_the_headers_of_a_new_one(get: Get) -> None:
    def headers(response: Any) -> dict[str, str]:
        return {name: value for name, value in response.headers.items() if name != "X-Page-Cache"}

    assert headers(get("/en/plain/")) == headers(get("/en/plain/"))
    assert "default-src 'self'" in get("/en/plain/").headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/en/plain/", True),
        ("/en/data/", True),
        ("/en/varies-on-cookie/", True),  # whoever brings a cookie of ours is served afresh
        ("/en/reads-user/", True),  # nobody without a session is anybody
        ("/en/not-asked/", False),
        ("/en/with-form/", False),
        ("/en/with-session/", False),
        ("/en/with-message/", False),
        ("/en/private/", False),
        ("/en/varies/", False),
        ("/en/missing/", False),
        ("/en/file/", False),
    ],
)
def test_what_is_kept_and_what_is_not(switched_on: None, settings: Any, path: str, kept: bool) -> None:
    settings.ROOT_URLCONF = "tests.portal.cache_urls"
    shared = Client()

    def ask() -> bytes:
        shared.cookies.clear()
        return shared.get(path).getvalue()

    assert (ask() == ask()) is kept


@pytest.mark.parametrize("cookie", ["sessionid", "csrftoken", "messages", "tracking"])
def test_whoever_brings_a_cookie_of_ours_is_served_afresh(get: Get, cookie: str) -> None:
    get("/en/plain/")
    get.client.cookies[cookie] = "x"  # type: ignore[attr-defined]  # see the fixture
    assert not is_kept(get, "/en/plain/")


def test_a_cookie_of_somebody_else_makes_no_difference(get: Get) -> None:
    first = get("/en/plain/").content
    get.client.cookies["visits"] = "7"  # type: ignore[attr-defined]  # see the fixture
    assert get("/en/plain/").content == first


def test_whoever_sends_credentials_is_served_afresh(get: Get) -> None:
    assert not is_kept(get, "/en/plain/", headers={"authorization": "Bearer x"})


def test_pages_are_told_apart_by_host_scheme_path_and_query(get: Get) -> None:
    seen = {
        get("/en/plain/").content,
        get("/en/plain/?page=2").content,
        get("/en/plain/", headers={"host": "127.0.0.1"}).content,
        get("/en/plain/", secure=True).content,
        get("/en/reads-user/").content,
    }
    assert len(seen) == 5
    assert get("/en/plain/?page=2").content in seen


def test_a_name_that_is_not_ours_is_refused_and_not_kept(get: Get) -> None:
    get("/en/plain/")
    assert get("/en/plain/", headers={"host": "evil.example"}).status_code == 400
    assert get("/en/plain/", headers={"host": "evil.example"}).status_code == 400


def test_an_endless_address_is_answered_but_not_kept(get: Get) -> None:
    assert not is_kept(get, "/en/plain/?q=" + "x" * 1000)


def test_head_is_answered_from_a_kept_page_with_its_length_and_no_body(get: Get) -> None:
    client = get.client  # type: ignore[attr-defined]  # see the fixture
    assert "X-Page-Cache" not in client.head("/en/plain/").headers
    page = get("/en/plain/")
    head = client.head("/en/plain/")
    assert (head.content, head.headers["X-Page-Cache"]) == (b"", "hit")
    assert head.headers["Content-Length"] == str(len(page.content))


def test_a_browser_that_has_the_page_is_told_so(get: Get) -> None:
    tag = get("/en/plain/").headers["ETag"]
    again = get("/en/plain/", headers={"if-none-match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert get("/en/plain/", headers={"if-none-match": 'W/"other"'}).status_code == 200
    bump_generation()
    assert get("/en/plain/", headers={"if-none-match": tag}).status_code == 200


def test_a_page_travels_compressed_where_the_browser_takes_it(get: Get) -> None:
    plain = get("/en/plain/")
    packed = get("/en/plain/", headers={"accept-encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content)
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"


def test_posting_reaches_the_view(get: Get) -> None:
    get("/en/plain/")
    client = get.client  # type: ignore[attr-defined]  # see the fixture
    assert "X-Page-Cache" not in client.post("/en/plain/").headers


# --- The store --------------------------------------------------------------------------------------------------------


def page_of(size: int, generation: int = 1, until: float = float("inf")) -> KeptPage:
    return KeptPage(generation, until, {}, '"e"', b"x" * size, None)


def test_the_store_never_holds_more_than_its_capacity_and_forgets_what_was_asked_for_longest_ago() -> None:
    store = PageStore(100_000)
    for name in "abcdefgh":
        store.keep(("", "", name), page_of(10_000))
    store.find(("", "", "a"), 1)
    for name in "ij":
        store.keep(("", "", name), page_of(10_000))
    assert store.size <= store.capacity
    assert [name for name in "abcdefghij" if store.find(("", "", name), 1)] == list("adefghij")


def test_the_store_forgets_what_is_no_longer_right() -> None:
    store = PageStore(100_000)
    store.keep(("", "", "a"), page_of(100, generation=1))
    store.keep(("", "", "b"), page_of(100, until=time.time() - 1))
    assert (store.find(("", "", "a"), 2), store.find(("", "", "b"), 1), len(store), store.size) == (None, None, 0, 0)


def test_a_page_that_would_push_out_all_others_is_not_kept(get: Get) -> None:
    assert is_kept(get, "/en/large/?size=1000")
    assert not is_kept(get, "/en/large/?size=1000000")


def test_a_page_kept_anew_takes_the_room_of_the_old_one() -> None:
    store = PageStore(100_000)
    for _time in range(50):
        store.keep(("", "", "a"), page_of(5_000))
    assert (len(store), store.size) == (1, page_of(5_000).size)


def test_models_said_to_be_private_exist(settings: Any) -> None:
    known = {config.label for config in apps.get_app_configs()} | {m._meta.label_lower for m in apps.get_models()}
    assert settings.PAGE_CACHE_PRIVATE_MODELS - known == set()
