"""A programme with its pages, planted once for the tests of a file and taken back after them."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from learning.models import Programme
from tests.learning.factories import ProgrammeFactory


@pytest.fixture(scope="module")
def planted(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[int]:
    """The key of a programme of two modules with two units each, at `read/` in three languages."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield ProgrammeFactory(slug="read", pages=True).pk
        transaction.set_rollback(True)


@pytest.fixture
def programme(planted: int, db: None) -> Programme:
    """That programme; what a test changes in it is undone after the test."""
    return Programme.objects.with_structure().get(pk=planted)
