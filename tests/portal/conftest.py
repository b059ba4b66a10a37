"""Fixtures for the tests of what is kept: a site with its page cache switched on."""

from typing import Any

import pytest
from django.test import Client

from design.freshness import bump_generation
from tests.portal.asking import Get


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
