"""Several at once: writers do not wait for one another, and one process seals."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from ledger.domain import seal_entries
from ledger.models import Checkpoint, Entry, Leaf
from ledger.tasks import seal_record, seal_stragglers
from ledger.verification import verify_record
from tests.ledger.factories import append

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite lets one writer after the other: nothing is at once"
)


@contextmanager
def open_transaction_of_somebody_else() -> Iterator[list[int]]:
    """An entry that another connection has written and not committed yet; it commits at the end."""
    written, commit, keys = Event(), Event(), []

    def write() -> None:
        try:
            with transaction.atomic():
                keys.append(append(area="tests", private={"text": "Words."})[0].pk)
                written.set()
                assert commit.wait(20)
        finally:
            connection.close()

    thread = Thread(target=write)
    thread.start()
    assert written.wait(20)
    try:
        yield keys
    finally:
        commit.set()
        thread.join(20)


@on_postgresql
def test_an_entry_does_not_wait_for_the_transaction_of_another_one() -> None:
    with open_transaction_of_somebody_else(), transaction.atomic():
        connection.cursor().execute("SET LOCAL lock_timeout = '500ms'")
        append()
    assert Entry.objects.count() == 2


@on_postgresql
def test_what_is_committed_late_gets_a_later_place_and_is_not_forgotten() -> None:
    with open_transaction_of_somebody_else() as late:
        with transaction.atomic():
            (early,) = append()
        assert late[0] < early.pk
        assert seal_entries(everything=False) == 1
    assert seal_record.call() == 1
    assert list(Leaf.objects.values_list("entry", flat=True)) == [early.pk, late[0]]
    assert seal_stragglers.call() == 0
    assert verify_record().is_whole


def test_of_several_sealers_each_entry_gets_one_place() -> None:
    with transaction.atomic():
        append(400)
    failed = []

    def seal() -> None:
        try:
            for _time in range(6):
                seal_entries(at_once=50)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [Thread(target=seal) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    seal_entries()
    assert failed == []
    assert list(Leaf.objects.values_list("position", flat=True)) == list(range(400))
    assert Checkpoint.objects.latest().size == 400
    assert verify_record().is_whole
