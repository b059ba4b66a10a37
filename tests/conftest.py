"""Fixtures that every test may use: databases that are ready at once, the real data, counting of queries."""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from _pytest.unittest import TestCaseFunction
from django.conf import settings
from django.db import connection
from django.db.models.signals import post_save
from django.test import Client, TransactionTestCase
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.utils import translation
from modelsearch import index
from modelsearch.signal_handlers import post_save_signal_handler
from pytest_django import DjangoDbBlocker
from wagtail.signal_handlers import (
    connect_reference_index_signal_handlers,
    disconnect_reference_index_signal_handlers,
)

from tests.databases import POSTGRES_VARIABLE, Copies, copies, forget_what_is_cached

SHARED = Path(__file__).resolve().parents[2] / "shared"
_DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}
_PAGE_FIXTURES = {"client", "assert_same_queries"}
_WHERE_DATABASES_DIFFER = ("list", "search", "log", "csv", "form", "ask", "public", "facilities", "import", "removal")
_PAGE_FILES = ("test_admin", "test_pages")
_run = ExitStack()  # what lasts as long as the run; only in the process that leads it


def pytest_configure(config: pytest.Config) -> None:
    """Starts PostgreSQL once for all workers, where the tests are to run on it."""
    if connection.vendor == "postgresql" and not hasattr(config, "workerinput"):
        from tests.postgres import postgres_server  # noqa: PLC0415 -- needs a package that SQLite's tests do not

        os.environ[POSTGRES_VARIABLE] = _run.enter_context(postgres_server())


def pytest_unconfigure() -> None:
    """Stops what the run has started."""
    _run.close()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what opens pages, and what need not be run again on the second database.

    That is what asks none, and what opens pages: the rules below them are tried on both, and so are the pages that
    search, list, load, or store what a stranger typed, for there the databases differ.

    Files with something slow in them come first, so that no process is left alone with one at the end.
    """
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if _PAGE_FIXTURES & fixtures or item.path.name.startswith(_PAGE_FILES):
            item.add_marker(pytest.mark.pages)
            if not any(word in item.path.name for word in _WHERE_DATABASES_DIFFER):
                item.add_marker(pytest.mark.any_database)
        asks = item.get_closest_marker("django_db") or _DATABASE_FIXTURES & fixtures
        if isinstance(item, pytest.Function) and not isinstance(item, TestCaseFunction) and not asks:
            item.add_marker(pytest.mark.any_database)
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


def pytest_collection_finish() -> None:
    """Takes what is loaded by now out of the garbage collector's rounds, which otherwise are a tenth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def pytest_report_header() -> str:
    """Says on which database the tests run."""
    return f"database: {connection.vendor}"


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Replaces pytest-django's own: a copy of the migrated template, and again after each test that commits."""
    with django_db_blocker.unblock():
        databases: Copies = copies()
        databases.make()
        stop_indexing()

    def restore(_test: TransactionTestCase) -> None:
        databases.restore()
        forget_what_is_cached()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", restore)
        yield
    with django_db_blocker.unblock():
        databases.remove()


def stop_indexing() -> None:
    """What is saved goes into no index from now on: that is a third of the time of most tests, and few look there."""
    assert get_resolver().url_patterns  # with the addresses of the administration, more models join the index
    for model in index.get_indexed_models():
        post_save.disconnect(post_save_signal_handler, sender=model)
    disconnect_reference_index_signal_handlers()


@pytest.fixture
def indexed(django_db_setup: None) -> Iterator[None]:
    """What is saved in this test is found by the search, and Wagtail knows where it is used, as on a real site."""
    for model in index.get_indexed_models():
        if getattr(model, "search_auto_update", True):
            post_save.connect(post_save_signal_handler, sender=model)
    connect_reference_index_signal_handlers()
    yield
    stop_indexing()


@pytest.fixture(autouse=True)
def _nothing_cached() -> Iterator[None]:
    """No test sees what another one has left: the cache, Django's own memory of content types, the active language."""
    yield
    forget_what_is_cached()
    translation.deactivate()


@pytest.fixture
def shared_data() -> Path:
    """The folder of real data beside the checkout; the test is skipped where it is absent."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip("the real register extracts are not here: there is no ../shared/data beside the checkout")
    return folder


AssertSameQueries = Callable[[Client, Callable[[], str], Callable[[], object]], None]


@pytest.fixture
def assert_same_queries(db: None) -> AssertSameQueries:
    """Asserts that a page asks the database as often with three rows as with one.

    Called as `assert_same_queries(client, url_factory, add_rows)`: `add_rows` adds one row each time it is called, and
    `url_factory` gives the page's address.
    """

    def count(client: Client, url: str) -> tuple[int, list[str]]:
        forget_what_is_cached()
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
        assert response.status_code == 200, f"{url} answered {response.status_code}"
        return len(queries), [query["sql"] for query in queries]

    def check(client: Client, url_factory: Callable[[], str], add_rows: Callable[[], object]) -> None:
        add_rows()
        client.get(url_factory())  # what is remembered for the life of a process is remembered now
        with_one, first = count(client, url_factory())
        add_rows()
        add_rows()
        with_three, second = count(client, url_factory())
        added = [statement for statement in second if statement not in first]
        assert with_three == with_one, f"{with_three - with_one} more queries with three rows:\n" + "\n".join(added)

    return check


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where tests keep pictures of what they saw; a person looks at them after the run."""
    folder = Path(os.environ.get("SCREENSHOTS") or Path(settings.BASE_DIR) / "var" / "screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
