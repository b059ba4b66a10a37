"""Finished public pages are kept, and never a moment longer than they are right."""

import gzip
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from accounts.models import User
from design.freshness import (
    bump_generation,
    current_generation,
    keep_until,
    keep_until_midnight,
    next_midnight,
)
from design.models import PublicGeneration
from portal.middleware.page_cache import KeptPage, PageStore
from portal.models import StandardPage
from tests.accounts.factories import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)

Get = Callable[..., Any]


@pytest.fixture
def switched_on(settings: Any) -> None:
    settings.PAGE_CACHE_BYTES = 4_000_000
    bump_generation()


@pytest.fixture
def get(switched_on: None, settings: Any) -> Get:
    """Asks for one of the pages in cache_urls.py; one client is one process with what it has kept."""
    settings.ROOT_URLCONF = "tests.portal.cache_urls"
    client = Client()

    def ask(path: str, **more: Any) -> Any:
        return client.get(path, **more)

    ask.client = client  # type: ignore[attr-defined]  # for the tests that need more than GET
    return ask


def is_kept(get: Get, path: str, **more: Any) -> bool:
    """Whether the second answer is the first again."""
    return bool(get(path, **more).content == get(path, **more).content)


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


# --- Staleness --------------------------------------------------------------------------------------------------------


def test_a_page_changes_exactly_at_the_instant_it_named(get: Get) -> None:
    assert is_kept(get, "/en/clock/?seconds=60")
    first = get("/en/clock/?seconds=0.4").content
    assert get("/en/clock/?seconds=0.4").content == first
    time.sleep(0.45)
    assert get("/en/clock/?seconds=0.4").content != first


def test_a_page_whose_instant_has_passed_is_not_kept(get: Get) -> None:
    assert not is_kept(get, "/en/clock/?seconds=-1")


def test_nothing_is_kept_longer_than_the_longest_time(get: Get, settings: Any) -> None:
    settings.PAGE_CACHE_SECONDS = 0.2
    first = get("/en/plain/").content
    time.sleep(0.25)
    assert get("/en/plain/").content != first


def test_a_write_renews_every_kept_page(get: Get) -> None:
    first = get("/en/plain/").content
    Page.objects.get(depth=1).save()
    assert get("/en/plain/").content != first


def test_a_write_that_the_public_does_not_see_renews_nothing(get: Get) -> None:
    first = get("/en/plain/").content
    person = PersonFactory()
    person.last_login = timezone.now()
    person.save()
    assert get("/en/plain/").content == first


def test_a_write_counts_when_it_is_committed_and_not_before(get: Get) -> None:
    first = get("/en/plain/").content
    with transaction.atomic():
        Page.objects.get(depth=1).save()
        assert get("/en/plain/").content == first
    assert get("/en/plain/").content != first


def test_a_write_that_is_undone_changes_nothing(get: Get) -> None:
    before = current_generation()
    with transaction.atomic():
        Page.objects.get(depth=1).save()
        transaction.set_rollback(True)
    assert current_generation() == before


def test_many_writes_in_one_transaction_renew_once() -> None:
    bump_generation()
    with transaction.atomic():
        for _time in range(50):
            bump_generation()
        assert len(connection.run_on_commit) == 1


def test_a_write_after_one_that_was_undone_still_counts() -> None:
    before = current_generation()
    with transaction.atomic():
        with transaction.atomic():
            bump_generation()
            transaction.set_rollback(True)
        bump_generation()
    assert current_generation() != before


def test_a_write_before_one_that_was_undone_still_counts() -> None:
    before = current_generation()
    with transaction.atomic():
        bump_generation()
        with transaction.atomic():
            bump_generation()
            transaction.set_rollback(True)
    assert current_generation() != before


def test_a_database_without_a_generation_keeps_nothing_and_gets_one_with_the_first_write(get: Get) -> None:
    PublicGeneration.objects.all().delete()
    assert current_generation() is None
    assert not is_kept(get, "/en/plain/")
    bump_generation()
    assert is_kept(get, "/en/plain/")


def database_address() -> str:
    """The address of the database of this test, for another process."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    login = f"{quote(values['USER'])}:{quote(values['PASSWORD'] or '')}" if values["USER"] else ""
    return f"postgres://{login}@{quote(values['HOST'] or '', safe='')}:{values['PORT'] or 5432}/{values['NAME']}"


def in_another_process(code: str) -> None:
    environment = {**os.environ, "DATABASE_URL": database_address(), "DJANGO_SETTINGS_MODULE": "portal.settings.demo"}
    environment.pop("TEST_DATABASE", None)
    whole = f"import django\ndjango.setup()\n{code}"
    subprocess.run([sys.executable, "-c", whole], env=environment, check=True, timeout=120)


def publish(page: Page) -> None:
    page.save_revision().publish()


@pytest.fixture
def about(switched_on: None) -> StandardPage:
    page = StandardPage(title="About the register", slug="about-this-test")
    home = Page.objects.filter(depth=2).order_by("path").first()
    assert home is not None
    home.add_child(instance=page)
    publish(page)
    return page


def test_what_an_editor_publishes_is_seen_with_the_next_request(about: StandardPage, client: Client) -> None:
    assert b"About the register" in client.get(about.url).content
    assert client.get(about.url).headers["X-Page-Cache"] == "hit"
    about.title = "About us"
    publish(about)
    assert b"About us" in client.get(about.url).content


def test_a_draft_disturbs_nobody(about: StandardPage, client: Client) -> None:
    client.get(about.url)
    about.title = "A draft"
    about.save_revision()
    assert client.get(about.url).headers["X-Page-Cache"] == "hit"


@pytest.mark.slow
def test_what_another_process_publishes_is_seen_with_the_next_request(about: StandardPage, client: Client) -> None:
    client.get(about.url)
    in_another_process(
        "from portal.models import StandardPage\n"
        f"page = StandardPage.objects.get(pk={about.pk})\n"
        "page.title = 'From elsewhere'\n"
        "page.save_revision().publish()\n"
    )
    assert b"From elsewhere" in client.get(about.url).content


def test_a_page_that_is_withdrawn_moved_or_closed_is_gone_with_the_next_request(
    about: StandardPage, client: Client
) -> None:
    address = about.url
    client.get(address)
    restriction = PageViewRestriction.objects.create(page=about, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(address).status_code == 302
    restriction.delete()
    assert client.get(address).status_code == 200
    about.slug = "moved"
    publish(about)
    about.refresh_from_db()
    assert client.get(address).status_code == 301  # Wagtail leads on from the old address
    assert client.get(about.url).status_code == 200
    about.unpublish()
    assert client.get(about.url).status_code == 404


def test_a_signed_in_editor_neither_sees_nor_leaves_a_kept_page(about: StandardPage, client: Client) -> None:
    editor = Client()
    editor.force_login(User.objects.create_superuser("root@example.org"))
    assert "X-Page-Cache" not in editor.get(about.url).headers
    assert client.get(about.url).headers["X-Page-Cache"] == "miss"
    assert "X-Page-Cache" not in editor.get(about.url).headers


# --- The clock --------------------------------------------------------------------------------------------------------


def test_the_earliest_instant_counts() -> None:
    request = RequestFactory().get("/")
    late, early = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)
    for instant in (late, early, late):
        keep_until(request, instant)
    assert request.page_cache_until == early


@pytest.mark.parametrize(
    ("at", "midnight"),
    [
        (datetime(2026, 3, 28, 22, 30, tzinfo=UTC), datetime(2026, 3, 28, 23, tzinfo=UTC)),  # before the clocks change
        (datetime(2026, 3, 28, 23, tzinfo=UTC), datetime(2026, 3, 29, 22, tzinfo=UTC)),  # a day of 23 hours
        (datetime(2026, 10, 24, 23, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC)),  # a day of 25 hours
    ],
)
def test_midnight_is_the_authoritys(settings: Any, at: datetime, midnight: datetime) -> None:
    settings.TIME_ZONE = "Europe/Zurich"
    timezone.get_default_timezone.cache_clear()
    try:
        assert next_midnight(at) == midnight
        request = RequestFactory().get("/")
        keep_until_midnight(request, at)
        assert request.page_cache_until == midnight
    finally:
        timezone.get_default_timezone.cache_clear()


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
