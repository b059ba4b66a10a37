"""The database itself refuses to change the record, for whoever comes past the application."""

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, connection, transaction

from ledger.domain import NotADemonstrationError, begin_record_anew, record_event, seal_entries
from ledger.models import Checkpoint, Entry, Leaf, Opening, RecordKey, Tile
from ledger.models.triggers import missing, put_up, take_down
from ledger.verification import verify_record
from tests.ledger.factories import append

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sealed(db: None) -> None:
    append(area="tests", private={"text": "Words."})
    seal_entries()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET verb = 'x'",
        "UPDATE ledger_entry SET facts = facts",
        "DELETE FROM ledger_entry",
        "UPDATE ledger_leaf SET position = 1",
        "DELETE FROM ledger_leaf",
        "UPDATE ledger_checkpoint SET note = 'x'",
        "DELETE FROM ledger_checkpoint",
        "UPDATE ledger_opening SET name = 'x'",
    ],
)
def test_changing_and_deleting_are_refused(statement: str) -> None:
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        cursor.execute(statement)
    assert verify_record().is_whole


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("table", ["ledger_entry", "ledger_leaf", "ledger_checkpoint"])
def test_emptying_a_table_is_refused(table: str) -> None:
    connection.check_constraints()  # a table about which a check is pending is not emptied at all
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        cursor.execute(f"TRUNCATE {table} CASCADE")


def test_a_salt_may_be_destroyed_and_nothing_else() -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Opening.objects.update(name="x")
    Opening.objects.all().delete()
    assert verify_record().is_whole


def test_the_refusal_can_be_taken_down_and_put_up_as_a_migration_does() -> None:
    assert missing(connection) == []
    take_down(connection)
    assert len(missing(connection)) >= 7
    put_up(connection)
    put_up(connection)  # what stands stays
    assert missing(connection) == []


def test_the_record_of_a_demonstration_can_be_begun_anew_and_then_refuses_again() -> None:
    begin_record_anew()
    models = (Entry, Opening, Leaf, Tile, Checkpoint, RecordKey)
    assert [model._base_manager.count() for model in models] == [0] * 6
    assert missing(connection) == []
    append()
    assert seal_entries() == 1
    assert verify_record().is_whole


def test_a_real_record_cannot_be_begun_anew(settings: LazySettings) -> None:
    settings.DEMONSTRATION = False
    with pytest.raises(NotADemonstrationError):
        begin_record_anew()
    assert Entry.objects.count() == 1


def test_what_has_no_one_way_to_be_written_is_refused() -> None:
    for facts in ({"a": 1.5}, {"a": {"ä": 1}}, {"a": 2**60}, {"a": "\x00"}, {"a": "\ud800"}, {"a": {1: 2}}, {"a": b""}):
        with pytest.raises(TypeError):
            append(facts=facts)
    assert record_event(
        verb="x",
        area="x",
        subject_kind="x",
        subject_reference="x",
        actor_role="x",
        facts={"list": [1, "ä", None, True], "deep": {"er": [{}]}},
    ).pk
