"""Verification finds every change that somebody makes behind the application's back, and says what it is."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from ledger import notes, rows
from ledger.domain import erase_openings, record_event, seal_entries
from ledger.keys import public_keys
from ledger.leaves import leaf_bytes
from ledger.models import Checkpoint, Entry, Leaf, Opening, Tile
from ledger.private import registry
from ledger.rows import as_bytes, stored_pages, waiting_entries
from ledger.verification import Report, verify_record
from tests.ledger.factories import append, behind_the_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def record() -> list[Entry]:
    """Seven entries in three checkpoints, each a little different from the others."""
    entries: list[Entry] = []
    for count in (3, 2, 2):
        for number in range(count):
            entries += append(subject_reference=f"C-2026-{len(entries):03}", facts={"version": number})
        seal_entries()
    return entries


def first_finding() -> str:
    report = verify_record()
    assert not report.is_whole
    return report.findings[0]


def test_a_record_that_nobody_touched_is_whole(record: list[Entry]) -> None:
    append(2)
    report = verify_record()
    assert (report.is_whole, report.entries, report.checkpoints) == (True, 7, 3)
    assert [remark.partition(" (")[0] for remark in report.remarks] == ["Entries that wait for sealing: 2"]


def test_an_empty_record_is_whole() -> None:
    assert verify_record() == Report()


def test_every_kind_of_text_is_read_as_it_was_hashed() -> None:
    append(facts={"words": 'Ёлка, «œuvre» \u2028 \x7f " \\ / \t \b \U0001f600', "none": None, "yes": [True, 0, -5]})
    append(subject_reference='A "quoted" \\ reference', public=False)
    append(at=Entry.objects.earliest("pk").instant.replace(microsecond=0))
    seal_entries()
    assert verify_record().findings == []


def test_every_character_there_is_is_read_as_it_was_hashed() -> None:
    """Three ways of writing JSON have to agree: Python's, SQLite's and PostgreSQL's."""
    letters = [chr(code) for code in range(1, 0x110000) if not 0xD800 <= code <= 0xDFFF]
    for begin in range(0, len(letters), 30_000):
        append(facts={"words": "".join(letters[begin : begin + 30_000])})
    for begin in range(0, 0x2100, 40):
        few = "".join(letters[begin : begin + 40])
        append(verb=few, area=few, subject_kind=few, subject_reference=f"%s %% %d {few}", actor_role=few)
    stored = dict(waiting_entries(0, 10_000))
    wrong = [entry.pk for entry in Entry.objects.all() if as_bytes(stored[entry.pk]) != leaf_bytes(entry)]
    assert (len(stored), wrong) == (Entry.objects.count(), [])
    seal_entries()
    said = [leaf_bytes(entry) for entry in Entry.objects.order_by("leaf__position")]
    assert [content for page in stored_pages() for content in page.contents] == said


def test_pages_are_as_the_leaves_whether_an_entry_in_them_has_line_breaks_or_quotes_or_neither(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rows, "_AT_ONCE", 2)
    references = ("C-1", "C-2", 'a "quoted" one', "ein\\e \N{SNOWMAN}", "two\nlines", "C-3", "a\ttab", "\u2028\xa0")
    for number, reference in enumerate(references):
        append(subject_reference=reference, public=bool(number % 3), verb=f"verb\t{number}" if number > 6 else "came")
    seal_entries()
    said = [leaf_bytes(entry) for entry in Entry.objects.order_by("leaf__position")]
    assert [content for page in stored_pages() for content in page.contents] == said
    assert verify_record().findings == []


@pytest.mark.parametrize("widest", [4, 0])
def test_an_entry_that_was_sealed_after_later_ones_is_read_with_its_own_leaf(
    monkeypatch: pytest.MonkeyPatch, widest: int
) -> None:
    monkeypatch.setattr(rows, "_WIDEST", widest)
    first, second = append(2)
    with behind_the_back() as cursor:
        cursor.execute("UPDATE ledger_entry SET id = %s WHERE id = %s", [second.pk + 50, second.pk])
    seal_entries()
    append(subject_reference="C-2026-777")  # its key lies between theirs
    seal_entries()
    late = Entry.objects.get(subject_reference="C-2026-777").pk
    assert list(Leaf.objects.order_by("position").values_list("entry", flat=True)) == [first.pk, second.pk + 50, late]
    said = [leaf_bytes(entry) for entry in Entry.objects.order_by("leaf__position")]
    assert [content for page in stored_pages() for content in page.contents] == said
    assert verify_record().findings == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("id", 99_000),
        ("instant", "2026-01-01 00:00:00+00:00"),
        ("verb", "docket_discontinued"),
        ("area", "learning"),
        ("subject_kind", "dockett"),
        ("subject_reference", "C-2026-999"),
        ("actor_role", "public"),
        ("facts", '{"version":2}'),
        ("facts", '{"version": 1}'),  # the same, written otherwise
        ("facts", '{"version":1\n}'),
        ("commitments", '{"text":"00"}'),
        ("public", False),
    ],
)
def test_a_change_of_any_column_of_an_entry_is_found(record: list[Entry], column: str, value: object) -> None:
    changed = record[4]
    with behind_the_back() as cursor:
        if column == "id":
            cursor.execute("UPDATE ledger_leaf SET entry_id = %s WHERE entry_id = %s", [value, changed.pk])
        cursor.execute(f"UPDATE ledger_entry SET {column} = %s WHERE id = %s", [value, changed.pk])  # noqa: S608 -- of the list above
    found = value if column == "id" else changed.pk
    assert first_finding().startswith(f"Entry {found} at position 4 does not say what was sealed")


def test_there_is_no_column_that_this_test_forgets() -> None:
    tried = {
        mark.args[1][place][0]
        for mark in test_a_change_of_any_column_of_an_entry_is_found.pytestmark  # type: ignore[attr-defined]  # pytest puts it there
        if mark.name == "parametrize"
        for place in range(len(mark.args[1]))
    }
    assert tried == {field.column for field in Entry._meta.concrete_fields}


def delete_entry(cursor: Any, record: list[Entry]) -> None:
    if connection.vendor == "sqlite":
        cursor.execute("PRAGMA defer_foreign_keys = ON")
    cursor.execute("DELETE FROM ledger_entry WHERE id = %s", [record[4].pk])


def swap_entries(cursor: Any, record: list[Entry]) -> None:
    cursor.execute("UPDATE ledger_leaf SET entry_id = -1 WHERE position = 1")
    cursor.execute("UPDATE ledger_leaf SET entry_id = %s WHERE position = 4", [record[1].pk])
    cursor.execute("UPDATE ledger_leaf SET entry_id = %s WHERE position = 1", [record[4].pk])


def change_leaf(cursor: Any, record: list[Entry]) -> None:
    cursor.execute("UPDATE ledger_leaf SET hash = %s WHERE position = 4", [bytes(32)])


def delete_leaf(cursor: Any, record: list[Entry]) -> None:
    cursor.execute("DELETE FROM ledger_leaf WHERE position = 4")


def change_entry_and_leaf(cursor: Any, record: list[Entry]) -> None:
    cursor.execute("UPDATE ledger_entry SET verb = 'x' WHERE id = %s", [record[4].pk])
    entry = Entry.objects.get(pk=record[4].pk)
    from ledger.leaves import leaf_hash  # noqa: PLC0415 -- of the one who covers up

    cursor.execute("UPDATE ledger_leaf SET hash = %s WHERE position = 4", [leaf_hash(entry)])


def move_leaf(cursor: Any, record: list[Entry]) -> None:
    cursor.execute("UPDATE ledger_leaf SET position = 40 WHERE position = 4")


def move_tile_up(cursor: Any, record: list[Entry]) -> None:
    cursor.execute("UPDATE ledger_tile SET level = 1")


def move_tile_aside(cursor: Any, record: list[Entry]) -> None:
    cursor.execute('UPDATE ledger_tile SET "index" = 9')


def change_key(cursor: Any, record: list[Entry]) -> None:
    cursor.execute("UPDATE ledger_recordkey SET text = replace(text, 'localhost', 'elsewhere')")


def exchange_key(cursor: Any, record: list[Entry]) -> None:
    cursor.execute("UPDATE ledger_recordkey SET text = %s", [str(notes.make_key("localhost/record").public)])


def change_tile(cursor: Any, record: list[Entry]) -> None:
    cursor.execute("UPDATE ledger_tile SET hashes = %s WHERE level = 0", [bytes(32 * 7)])


def delete_tile(cursor: Any, record: list[Entry]) -> None:
    cursor.execute("DELETE FROM ledger_tile")


def change_note(cursor: Any, record: list[Entry]) -> None:
    cursor.execute("UPDATE ledger_checkpoint SET note = replace(note, 'localhost', 'elsewhere') WHERE size = 5")


def change_root(cursor: Any, record: list[Entry]) -> None:
    cursor.execute("UPDATE ledger_checkpoint SET root = %s WHERE size = 5", [bytes(32)])


def change_size(cursor: Any, record: list[Entry]) -> None:
    cursor.execute("UPDATE ledger_checkpoint SET size = 6 WHERE size = 5")


def change_time(cursor: Any, record: list[Entry]) -> None:
    cursor.execute("UPDATE ledger_checkpoint SET made_at = '2020-01-01 00:00:00+00:00' WHERE size = 5")


def sign_with_another_key(cursor: Any, record: list[Entry]) -> None:
    root = bytes(Checkpoint.objects.get(size=5).root)
    note = notes.sign_checkpoint(5, root, notes.make_key("localhost/record"))
    cursor.execute("UPDATE ledger_checkpoint SET note = %s WHERE size = 5", [note])


def cut_off_the_end(cursor: Any, record: list[Entry]) -> None:
    cursor.execute("DELETE FROM ledger_leaf WHERE position >= 5")
    cursor.execute("DELETE FROM ledger_entry WHERE id >= %s", [record[5].pk])


def add_a_leaf(cursor: Any, record: list[Entry]) -> None:
    entry = append()[0]
    cursor.execute("INSERT INTO ledger_leaf (position, entry_id, hash) VALUES (7, %s, %s)", [entry.pk, bytes(32)])


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (delete_entry, "at position 4 is gone: somebody deleted it"),
        (swap_entries, "at position 1 has changed places"),
        (change_leaf, "at position 4 is as it was sealed, but its leaf was changed"),
        (delete_leaf, "Position 4 is missing"),
        (
            change_entry_and_leaf,
            "The checkpoint of size 5 signs another root than the leaves have now: between positions 3",
        ),
        (move_leaf, "Position 4 is missing"),
        (move_tile_up, "Tile 0/0 of the tree is missing"),
        (move_tile_aside, "Tile 0/0 of the tree is missing"),
        (change_key, " of the record is not what it was"),
        (exchange_key, "The checkpoint of size 3 is not signed as it should be: None of the given keys"),
        (change_tile, "Tile 0/0 of the tree does not hold the hashes of its leaves"),
        (delete_tile, "Tile 0/0 of the tree is missing"),
        (change_note, "The checkpoint of size 5 is not signed as it should be"),
        (change_root, "The checkpoint of size 5 says something else in its columns than in its signed note"),
        (change_size, "The checkpoint of size 6 says something else in its columns"),
        (change_time, "The checkpoint of size 5 says that it was made before the one of size 3"),
        (sign_with_another_key, "The checkpoint of size 5 is not signed as it should be: None of the given keys"),
        (cut_off_the_end, "The checkpoint of size 7 signs more entries than there are (5)"),
        (add_a_leaf, "at position 7 does not say what was sealed"),
    ],
)
def test_other_changes_are_found_and_named(
    record: list[Entry], change: Callable[[Any, list[Entry]], None], says: str
) -> None:
    with behind_the_back() as cursor:
        change(cursor, record)
    report = verify_record()
    assert [says in finding for finding in report.findings].count(True) >= 1, report.findings
    with behind_the_back() as cursor:  # leave nothing that leads nowhere: the database checks that at the end
        for table in ("ledger_leaf", "ledger_opening", "ledger_checkpoint", "ledger_entry"):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 -- of the list above


def test_an_entry_put_in_with_an_old_date_stands_behind_the_checkpoints_that_were_made_by_then(
    record: list[Entry],
) -> None:
    append(at=record[0].instant.replace(year=2025))
    seal_entries()
    report = verify_record()
    assert report.is_whole  # the date is what it says; the place is where it came
    assert Leaf.objects.get(entry__instant__year=2025).position == 7
    assert report.remarks[0].startswith("1 entries say that they happened before the checkpoint")


def test_a_refusal_that_was_taken_down_is_noticed(record: list[Entry]) -> None:
    from ledger.models.triggers import put_up, take_down  # noqa: PLC0415 -- for this test

    take_down(connection)
    assert "would not refuse UPDATE on ledger_entry" in first_finding()
    put_up(connection)
    assert verify_record().is_whole


class TestPrivateWords:
    @pytest.fixture(autouse=True)
    def kept(self, monkeypatch: pytest.MonkeyPatch) -> dict[str, str | None]:
        """A room that keeps words, and an entry about them."""
        words: dict[str, str | None] = {"text": "Mercury in the river.", "submitter": "Ada"}
        monkeypatch.setattr(registry, "_resolvers", {("tests", "letter"): lambda entry: words})
        record_event(
            verb="came",
            area="tests",
            subject_kind="letter",
            subject_reference="L-1",
            actor_role="public",
            facts={},
            private={name: said for name, said in words.items() if said},
        )
        seal_entries()
        return words

    def test_words_that_are_as_they_came_fit(self) -> None:
        assert verify_record() == Report(entries=1, checkpoints=1)

    def test_a_changed_word_is_found(self, kept: dict[str, str | None]) -> None:
        kept["text"] = "Mercury in the lake."
        assert "named “text”, are not those it committed to" in first_finding()
        assert verify_record(quick=True).is_whole  # which does not look at words

    def test_words_that_vanished_without_erasure_are_found(self, kept: dict[str, str | None]) -> None:
        del kept["text"]
        assert "named “text”, are gone, though its salt was not destroyed" in first_finding()

    def test_after_an_erasure_the_record_is_whole_and_proves_nothing_about_the_person(
        self, kept: dict[str, str | None]
    ) -> None:
        del kept["submitter"]
        assert erase_openings(subject_kind="letter", subject_reference="L-1", names={"submitter"}) == 1
        report = verify_record()
        assert report.is_whole
        assert report.remarks[0].startswith("1 of 2 commitments cannot be opened any more")
        assert [opening.name for opening in Opening.objects.all()] == ["text"]

    def test_a_changed_salt_is_found(self) -> None:
        with behind_the_back() as cursor:
            cursor.execute("UPDATE ledger_opening SET salt = %s WHERE name = 'text'", [bytes(32)])
        assert "words or salt were changed" in first_finding()

    def test_a_salt_under_another_name_or_of_another_entry_is_found(self) -> None:
        with behind_the_back() as cursor:
            cursor.execute("UPDATE ledger_opening SET name = 'letter' WHERE name = 'text'")
        assert "commits to nothing named “letter”, and yet there is a salt for it" in first_finding()
        (other,) = append(area="tests", subject_kind="letter", subject_reference="L-1")
        with behind_the_back() as cursor:
            cursor.execute("UPDATE ledger_opening SET entry_id = %s", [other.pk])
        assert first_finding().startswith(f"Entry {other.pk} commits to nothing named")  # it has no commitments at all

    def test_words_of_a_room_that_is_unknown_are_not_compared(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(registry, "_resolvers", {})
        assert verify_record().remarks[0].startswith("2 commitments are about words that no room")


class TestCommand:
    def run(self, *words: str) -> str:
        out = StringIO()
        call_command("verify_record", *words, stdout=out, stderr=out)
        return out.getvalue()

    def test_it_says_that_all_fits(self, record: list[Entry]) -> None:
        assert "The record is whole: 7 sealed entries, 3 checkpoints." in self.run()
        assert "The record is whole" in self.run("--quick")
        assert "The record is whole" in self.run("--key", str(public_keys()[0]))

    def test_it_ends_with_a_failure_where_something_does_not(self, record: list[Entry]) -> None:
        with behind_the_back() as cursor:
            cursor.execute("UPDATE ledger_entry SET verb = 'x' WHERE id = %s", [record[2].pk])
        with pytest.raises(CommandError, match="not what was sealed"):
            self.run("--quick")

    def test_it_believes_a_key_that_somebody_kept_more_than_the_database(self, record: list[Entry]) -> None:
        other = notes.make_key("localhost/record")
        with pytest.raises(CommandError, match="not what was sealed"):
            self.run("--key", str(other.public))
        with pytest.raises(CommandError, match="does not hold a public key"):
            self.run("--key", "nonsense")


def test_long_records_are_verified_in_portions() -> None:
    append(700)
    seal_entries(at_once=300)
    assert Tile.objects.filter(level=0).count() == 3
    report = verify_record()
    assert (report.findings, report.entries, report.checkpoints) == ([], 700, 3)


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_the_next_portion_is_read_while_one_is_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "_AT_ONCE", 3)
    with transaction.atomic():
        entries = append(20)
    seal_entries()
    assert verify_record() == Report(entries=20, checkpoints=1)
    with behind_the_back() as cursor:
        cursor.execute("UPDATE ledger_entry SET verb = 'x' WHERE id = %s", [entries[10].pk])
    assert first_finding().startswith(f"Entry {entries[10].pk} at position 10 does not say what was sealed")
