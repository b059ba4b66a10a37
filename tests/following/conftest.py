"""Fixtures for the tests of following."""

from collections.abc import Iterator

import pytest

from tests.following.subjects import BridgeKind, bridges


@pytest.fixture
def bridge() -> Iterator[BridgeKind]:
    with bridges() as kind:
        yield kind
