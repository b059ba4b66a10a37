"""The small demonstration, built once for the tests of a file and taken back after them."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from demonstration.building import build_demonstration
from demonstration.enums import Stage
from tests.demonstration.factories import AT


@pytest.fixture(scope="module")
def built(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[datetime]:
    """Everything, small, as of an instant; returns that instant."""
    folders = {"MEDIA_ROOT": tmp_path_factory.mktemp("media"), "FILES_ROOT": tmp_path_factory.mktemp("files")}
    media = override_settings(**folders)
    with django_db_blocker.unblock(), media, transaction.atomic():
        build_demonstration(Stage, seed=7, quick=True, at=AT)
        yield AT
        transaction.set_rollback(True)
