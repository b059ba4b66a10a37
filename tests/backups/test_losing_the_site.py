"""The site is lost and comes back, equal: every row, every file, and the record verified."""

import shutil
import stat
import threading
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError

from backups.facts import waiting_migrations
from backups.manifest import Table
from consultations.models import Docket, Submission
from demonstration.models import KeptMail
from ledger.domain import seal_entries
from ledger.models import Entry
from ledger.models.triggers import missing, take_down
from tests.backups.sites import all_files, all_rows, empty_site, run
from tests.consultations.factories import send


def but_for_what_comes_after(rows: dict[str, Table]) -> dict[str, Table]:
    """All tables but the two to which a restoration adds something once it has compared them (test_afterwards.py)."""
    return {table: content for table, content in rows.items() if table not in {"ledger_entry", "notices_message"}}


def test_a_lost_site_comes_back_equal_row_by_row_and_byte_by_byte(site: Path, tmp_path: Path) -> None:
    (site / "renditions" / "pictures").mkdir(parents=True)
    (site / "renditions" / "pictures" / "Пруд d'eau.png").write_bytes(bytes(range(256)) * 5_000)
    (site / "media" / "empty.txt").write_bytes(b"")
    rows, files = all_rows(), all_files()
    assert rows["consultations_submission"].rows == 3
    assert len(files) >= 3
    archive = tmp_path / "site.tar.gz"
    said = run("backup", archive)
    assert f"{sum(table.rows for table in rows.values()):,} rows" in said
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    with empty_site(tmp_path / "restored"):
        shutil.copy(site / "record.key", tmp_path / "restored")  # kept apart, and put back by hand
        said = run("restore", archive)
        assert "Restored, and equal to the archive in every row and every byte" in said
        assert said.splitlines()[-1] == "The record is whole: 6 sealed entries, 1 checkpoints."
        assert but_for_what_comes_after(all_rows()) == but_for_what_comes_after(rows)
        assert all_rows()["ledger_entry"].rows == rows["ledger_entry"].rows + 1
        assert all_rows()["notices_message"].rows == rows["notices_message"].rows
        assert all_files() == files
        with Docket.objects.get().documents.get().document.file.open("rb") as paper:
            assert paper.read() == b"The impact of the proposal."
        send(Docket.objects.get(), email="next@example.org")  # keys go on where they were
        assert Submission.objects.count() == 4
        assert seal_entries() == 2  # and the record continues, under the same key
        assert "The record is whole: 8 sealed entries, 2 checkpoints." in run("verify_record")


def test_a_record_that_was_changed_before_the_backup_is_found_when_it_comes_back(site: Path, tmp_path: Path) -> None:
    take_down(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_entry SET actor_role = 'nobody' WHERE id = (SELECT MAX(id) FROM ledger_entry)")
    run("backup", tmp_path / "site.tar.gz")
    with empty_site(tmp_path / "restored"):
        with pytest.raises(CommandError, match="The record is not what was sealed"):
            run("restore", tmp_path / "site.tar.gz")
        assert Submission.objects.count() == 3


def test_what_the_database_refuses_it_refuses_after_coming_back(site: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "site.tar.gz")
    with empty_site(tmp_path / "restored"):
        run("restore", tmp_path / "site.tar.gz")
        assert missing(connection) == []
        entry = Entry.objects.order_by("pk")[0]
        for statement in ("UPDATE ledger_entry SET verb = 'other'", "DELETE FROM ledger_entry"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"{statement} WHERE id = %s", [entry.pk])


def test_a_backup_of_a_site_that_people_write_to_holds_one_instant(site: Path, tmp_path: Path) -> None:
    docket, over, sent = Docket.objects.get(), threading.Event(), []

    def write() -> None:
        try:
            while not over.is_set():
                sent.append(send(docket, text="Once more.", email=f"aino{len(sent) + 10}@example.org").pk)
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            run("backup", tmp_path / f"{number}.tar.gz")
    finally:
        over.set()
        writer.join()
    assert len(sent) > 3  # nobody had to wait for the end of it
    counts = []
    for number in range(3):
        with empty_site(tmp_path / f"restored{number}"):
            run("restore", tmp_path / f"{number}.tar.gz")
            counts.append(Submission.objects.count())
            about = Entry.objects.filter(subject_kind="submission").values_list("subject_reference", flat=True)
            assert sorted(about) == sorted(Submission.objects.values_list("tracking_number", flat=True))
    assert counts == sorted(counts)
    assert counts[0] >= 3
    assert counts[-1] <= 3 + len(sent)


@pytest.mark.slow
def test_an_archive_of_an_older_software_is_brought_up_to_date(site: Path, tmp_path: Path) -> None:
    call_command("migrate", "demonstration", "0001", verbosity=0)
    run("backup", tmp_path / "site.tar.gz")
    with empty_site(tmp_path / "restored"):
        said = run("restore", tmp_path / "site.tar.gz")
        assert "The software is newer than the archive: its migrations were applied, the search made anew." in said
        assert KeptMail.objects.count() == 0  # with the columns of today
        assert Submission.objects.count() == 3
        assert not waiting_migrations()
