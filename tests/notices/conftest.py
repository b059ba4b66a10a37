"""A mail server that a test can make refuse."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.notices.letters import Server


@pytest.fixture
def server(settings: Any) -> Iterator[type[Server]]:
    """The mail server; it takes everything until told otherwise."""
    settings.EMAIL_BACKEND = f"{Server.__module__}.Server"
    Server.errors, Server.taken, Server.asked = {}, [], 0
    yield Server
    Server.errors, Server.taken, Server.asked = {}, [], 0
