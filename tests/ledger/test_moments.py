"""A verification sees one moment of the record, and holds up nobody who writes meanwhile."""

from collections.abc import Callable
from threading import Thread

import pytest
from django.db import connection, transaction

from ledger import rows
from ledger.domain import seal_entries
from ledger.models import Checkpoint, Entry
from ledger.moments import one_moment
from ledger.verification import Report, verify_record
from tests.ledger.factories import append

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def somebody_else(act: Callable[[], object]) -> None:
    """Does something through another connection, and has done it within seconds."""
    failed: list[Exception] = []

    def run() -> None:
        try:
            act()
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join(10)
    assert (thread.is_alive(), failed) == (False, [])


def append_and_seal() -> None:
    with transaction.atomic():
        append(2)
    seal_entries()


@pytest.fixture
def sealed() -> None:
    with transaction.atomic():
        append(20)
    seal_entries()


@pytest.mark.usefixtures("sealed")
def test_who_appends_and_seals_does_not_wait_and_is_not_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "_AT_ONCE", 3)
    told: list[int] = []

    def meanwhile(entries: int) -> None:
        if len(told) in {0, 2, 5}:
            somebody_else(append_and_seal)
        told.append(entries)

    assert verify_record(progress=meanwhile) == Report(entries=20, checkpoints=1)
    assert (Entry.objects.count(), Checkpoint.objects.count()) == (26, 4)
    assert verify_record() == Report(entries=26, checkpoints=4)


@pytest.mark.usefixtures("sealed")
def test_both_connections_see_the_same_while_somebody_writes_all_the_time() -> None:
    over: list[bool] = []

    def write() -> None:
        while not over:
            append_and_seal()
        connection.close()

    writer = Thread(target=write)
    writer.start()
    try:
        for _time in range(20):
            with one_moment() as reader:
                assert reader is not None
                assert reader.submit(Entry.objects.count).result() == Entry.objects.count()
                assert reader.submit(Checkpoint.objects.count).result() == Checkpoint.objects.count()
    finally:
        over.append(True)
        writer.join(20)


@pytest.mark.usefixtures("sealed")
def test_afterwards_this_connection_writes_as_before() -> None:
    assert verify_record().is_whole
    with transaction.atomic():
        append()
        assert verify_record().remarks[0].startswith("Entries that wait for sealing: 1")
    assert seal_entries() == 1


@pytest.mark.usefixtures("sealed")
def test_within_a_transaction_it_sees_what_that_one_has_written() -> None:
    with transaction.atomic():
        append()
        seal_entries()
        assert verify_record() == Report(entries=21, checkpoints=2)
        transaction.set_rollback(True)
