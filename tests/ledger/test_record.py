"""The record is written with the act, once, and never again."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from ledger.domain import OutsideTransactionError, record_event
from ledger.models import AppendOnlyError, Entry
from tests.ledger.factories import behind_the_back

pytestmark = pytest.mark.django_db


def act(**fields: object) -> Entry:
    return record_event(
        **{
            "verb": "docket_published",
            "area": "consultations",
            "subject_kind": "docket",
            "subject_reference": "C-2026-001",
            "actor_role": "decision_maker",
            "facts": {"version": 1},
            **fields,
        }
    )


def test_an_entry_says_what_happened_to_which_subject() -> None:
    entry = act()
    assert list(Entry.objects.about("docket", "C-2026-001")) == [entry]
    assert entry.facts == {"version": 1}
    assert str(entry) == "docket_published docket C-2026-001"


def test_entries_of_another_subject_stay_apart() -> None:
    act(subject_reference="C-2026-002")
    assert list(Entry.objects.about("docket", "C-2026-001")) == []


def test_the_public_reads_public_entries_only() -> None:
    seen, unseen = act(), act(public=False)
    assert list(Entry.objects.public()) == [seen]
    assert list(Entry.objects.private()) == [unseen]


def test_an_entry_cannot_be_changed() -> None:
    entry = act()
    entry.verb = "docket_discontinued"
    with pytest.raises(AppendOnlyError):
        entry.save()
    with pytest.raises(AppendOnlyError):
        Entry.objects.update(verb="docket_discontinued")


def test_an_entry_cannot_be_deleted() -> None:
    entry = act()
    with pytest.raises(AppendOnlyError):
        entry.delete()
    with pytest.raises(AppendOnlyError):
        Entry.objects.all().delete()


def test_an_act_that_fails_leaves_no_entry() -> None:
    class ActFailedError(Exception):
        pass

    @transaction.atomic
    def act_that_fails() -> None:
        act()
        raise ActFailedError

    with pytest.raises(ActFailedError):
        act_that_fails()
    assert Entry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_the_transaction_of_its_act_is_refused() -> None:
    with pytest.raises(OutsideTransactionError):
        act()


def test_what_was_private_before_there_were_commitments_cannot_be_guessed_from_its_hash_either() -> None:
    seen, unseen = act(), act(public=False)
    with behind_the_back() as cursor:
        cursor.execute("UPDATE ledger_entry SET commitments = '{}'")
        migration = import_module("ledger.migrations.0002_seal_the_record")
        migration.write_facts_as_they_are_hashed(
            MigrationLoader(connection).project_state(("ledger", "0002_seal_the_record")).apps,
            SimpleNamespace(connection=connection),
        )
    assert Entry.objects.get(pk=seen.pk).commitments == {}
    (blind,) = Entry.objects.get(pk=unseen.pk).commitments.values()
    assert blind != Entry.objects.get(pk=act(public=False).pk).commitments["blind"]
