"""A kept page is never shown a moment longer than it is right, whichever process changed what."""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest
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
from portal.models import StandardPage
from tests.accounts.factories import PersonFactory
from tests.portal.asking import Get, is_kept

pytestmark = pytest.mark.django_db(transaction=True)


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
    assert client.get(about.url).status_code == 410


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
