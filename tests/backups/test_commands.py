"""`manage.py backup` and `manage.py restore`, as whoever operates the site uses them."""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import connection
from django.test import override_settings

from accounts.models import User
from backups.databases.postgres import find_tool
from backups.keeping import archive_name, remove_old
from backups.refusals import RefusedError
from backups.tasks import take_daily_backup
from jobs.schedule import schedules
from ledger.repeating import LIST_NAME
from tests.backups.archives import taken_apart
from tests.backups.sites import empty_site, run

# What each database does in its own way is tried in test_losing_the_site.py.
pytestmark = pytest.mark.any_database

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


def refusal(*words: object) -> str:
    with pytest.raises(CommandError) as refused:
        run(*words)
    return str(refused.value)


def test_a_dry_run_says_what_would_be_taken_and_writes_nothing(site: Path, tmp_path: Path) -> None:
    said = run("backup", "--dry-run", tmp_path / "site.tar.gz")
    assert said.startswith(f"Would take the {connection.vendor} database and these files: 2 of media, 0 of renditions")
    assert list(tmp_path.iterdir()) == [site]


def test_a_backup_overwrites_nothing_and_leaves_nothing_behind_when_it_is_refused(site: Path, tmp_path: Path) -> None:
    archive = tmp_path / "site.tar.gz"
    archive.write_text("somebody's own")
    assert "is there already, and no backup overwrites another" in refusal("backup", archive)
    assert archive.read_text() == "somebody's own"
    assert "There is no folder" in refusal("backup", tmp_path / "nowhere" / "site.tar.gz")
    assert "lies among the files that are backed up" in refusal("backup", site / "media" / "site.tar.gz")
    with override_settings(RECORD_KEY="given in another way"):
        assert "The key is given by RECORD_KEY" in refusal("backup", "--with-key", tmp_path / "other.tar.gz")
    (site / "record.key").unlink()
    assert "There is no key at" in refusal("backup", "--with-key", tmp_path / "other.tar.gz")
    assert "--keep has to be at least 1" in refusal("backup", "--keep=0", tmp_path / "other.tar.gz")
    assert {path.name for path in tmp_path.iterdir()} == {"site", "site.tar.gz"}


def test_an_archive_tells_what_it_holds_after_it_has_been_checked(site: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "site.tar.gz")
    lines = run("restore", "--list", tmp_path / "site.tar.gz").splitlines()
    assert lines[0] == f"{tmp_path / 'site.tar.gz'} is whole and holds:"
    assert "  files: 2 in media; 54 bytes" in lines
    assert "  record: 6 entries, 6 of them sealed by its last checkpoint" in lines


def test_nothing_is_restored_over_what_somebody_has_made(site: Path, tmp_path: Path) -> None:
    archive = tmp_path / "site.tar.gz"
    run("backup", archive)
    assert refusal("restore", archive).startswith("This site is not empty: it has ")
    with empty_site(tmp_path / "restored", migrated=True):
        User.objects.create_user("first@example.org", "a-long-password")
        assert "This site is not empty: it has people. Give" in refusal("restore", "--dry-run", archive)
    with empty_site(tmp_path / "other"):
        (tmp_path / "other" / "media").mkdir()
        (tmp_path / "other" / "media" / "thesis.txt").write_text("somebody's own")
        assert "it has the files media/thesis.txt." in refusal("restore", archive)


def test_what_migrating_makes_is_nobodys_and_a_broken_attempt_can_be_made_again(site: Path, tmp_path: Path) -> None:
    archive = tmp_path / "site.tar.gz"
    run("backup", archive)
    with empty_site(tmp_path / "restored", migrated=True):
        for info, content in taken_apart(archive):  # as if the machine had stopped before the database came
            if info.name.startswith("files/media/"):
                path = tmp_path / "restored" / info.name.removeprefix("files/")
                path.parent.mkdir(parents=True)
                path.write_bytes(content)
        assert "can be restored here" in run("restore", "--dry-run", archive)
        assert "Restored, and equal" in run("restore", archive)


def test_the_key_comes_along_only_when_it_is_asked_for(site: Path, tmp_path: Path) -> None:
    key = (site / "record.key").read_bytes()
    run("backup", tmp_path / "without.tar.gz")
    assert "keep this archive where nobody else can read it" in run("backup", "--with-key", tmp_path / "with.tar.gz")
    assert key not in [content for _info, content in taken_apart(tmp_path / "without.tar.gz")]
    with empty_site(tmp_path / "restored"):
        run("restore", tmp_path / "with.tar.gz")
        assert (tmp_path / "restored" / "record.key").read_bytes() == key
        assert (tmp_path / "restored" / "record.key").stat().st_mode & 0o777 == 0o600
    with empty_site(tmp_path / "other"):
        (tmp_path / "other" / "record.key").write_bytes(b"put back by hand")
        assert "it stays" in run("restore", tmp_path / "with.tar.gz")
        assert (tmp_path / "other" / "record.key").read_bytes() == b"put back by hand"
    with empty_site(tmp_path / "third"):
        said = run("restore", tmp_path / "without.tar.gz")
        assert f"put it back at {tmp_path / 'third' / 'record.key'} before you start the worker" in said


@pytest.mark.parametrize("name", [b"a\nb", b"caf\xe9", b"a\\b"])
def test_a_name_that_could_not_come_back_is_told_before_it_is_too_late(site: Path, tmp_path: Path, name: bytes) -> None:
    (site / "media" / os.fsdecode(name)).write_text("found by nobody")
    assert "cannot be kept in an archive: rename the file." in refusal("backup", tmp_path / "site.tar.gz")
    assert list(tmp_path.iterdir()) == [site]


def test_what_strangers_sent_comes_along_and_what_is_still_coming_in_does_not(site: Path, tmp_path: Path) -> None:
    sealed = site / "files" / "sealed" / "ab" / ("ab" * 32)
    sealed.parent.mkdir(parents=True)
    sealed.write_bytes(b"%PDF-1.7")
    sealed.chmod(0o440)
    (site / "files" / "incoming").mkdir()
    (site / "files" / "incoming" / "received-1").write_bytes(b"%PD")
    run("backup", tmp_path / "site.tar.gz")
    with empty_site(tmp_path / "restored"):
        run("restore", tmp_path / "site.tar.gz")
        back = tmp_path / "restored" / "files" / "sealed" / "ab" / ("ab" * 32)
        assert back.read_bytes() == b"%PDF-1.7"
        assert back.stat().st_mode & 0o777 == 0o440
        assert not (tmp_path / "restored" / "files" / "incoming").exists()


def test_another_secret_is_noticed(site: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "site.tar.gz")
    with empty_site(tmp_path / "restored"), override_settings(SECRET_KEY="another" * 10):
        assert "SECRET_KEY is another one than the site had" in run("restore", tmp_path / "site.tar.gz")


def test_a_file_that_the_database_names_and_nobody_has_is_told(site: Path, tmp_path: Path) -> None:
    paper = next((site / "media" / "documents").iterdir())
    paper.unlink()
    said = run("backup", tmp_path / "site.tar.gz")
    assert f"not on the disk, though the database names them: files/media/documents/{paper.name}" in said
    with empty_site(tmp_path / "restored"):
        assert "1 files that the database names were not on the disk" in run("restore", tmp_path / "site.tar.gz")


def test_the_newest_archives_stay_and_nothing_else_is_touched(tmp_path: Path) -> None:
    names = [archive_name(AT + timedelta(days=day)) for day in range(4)]
    for name in (*names, "thesis.tar.gz"):
        (tmp_path / name).write_text("")
    assert [path.name for path in remove_old(tmp_path, keep=3)] == names[:1]
    assert {path.name for path in tmp_path.iterdir()} == {*names[1:], "thesis.tar.gz"}
    remove_old(tmp_path, keep=0)
    assert {path.name for path in tmp_path.iterdir()} == {names[-1], "thesis.tar.gz"}


def test_what_a_killed_attempt_has_left_is_removed_a_day_later(site: Path, tmp_path: Path) -> None:
    left = (".backup-x1_y2", ".site.tar.gz.0123456789ab.part")
    for age, folder in ((2, tmp_path / "old"), (0, tmp_path / "new")):
        for name in (*left, ".backup-notes.txt"):
            (folder / name).mkdir(parents=True)
            long_ago = time.time() - age * 24 * 60 * 60
            os.utime(folder / name, (long_ago, long_ago))
        (folder / left[1]).rmdir()
        (folder / left[1]).write_text("half")
        os.utime(folder / left[1], (long_ago, long_ago))
        run("backup", folder / "site.tar.gz")
    stays = {".backup-notes.txt", "site.tar.gz", LIST_NAME}
    assert {path.name for path in (tmp_path / "old").iterdir()} == stays
    assert {path.name for path in (tmp_path / "new").iterdir()} == stays | set(left)


def test_a_name_is_made_in_the_folder_for_backups(site: Path, tmp_path: Path) -> None:
    assert refusal("backup") == "Say where to: manage.py backup /some/folder/site.tar.gz, or set BACKUP_DIR."
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / archive_name(AT)).write_text("an old one")
    with override_settings(BACKUP_DIR=tmp_path / "kept"):
        assert "which is older than the newest 1." in run("backup", "--keep=1")
    newest, erasures = sorted((tmp_path / "kept").iterdir(), reverse=True)
    assert newest.stat().st_size > 10_000
    assert erasures.name == LIST_NAME  # which no `--keep` removes


def pretend(folder: Path, version: int) -> None:
    """A pg_dump that says it is of that version."""
    folder.mkdir()
    (folder / "pg_dump").write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version}.2 (Debian)'\n")
    (folder / "pg_dump").chmod(0o755)


def test_the_program_that_fits_the_server_is_found_or_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backups.databases.postgres._WHERE_DEBIAN_HAS_THEM", tmp_path / "debian")
    for version in (90, 92, 91):
        pretend(tmp_path / str(version), version)
    monkeypatch.setenv("PATH", os.pathsep.join(str(tmp_path / name) for name in ("90", "92", "91")))
    assert find_tool("pg_dump", 91) == str(tmp_path / "91" / "pg_dump")
    assert find_tool("pg_dump", 89) == str(tmp_path / "90" / "pg_dump")
    with pytest.raises(RefusedError) as refused:
        find_tool("pg_dump", 93)
    assert str(refused.value) == (
        f"The database server is PostgreSQL 93, and the newest pg_dump here is 92 ({tmp_path / '92' / 'pg_dump'}). "
        "Install the client programs of version 93 or later (on Debian or Ubuntu, as root: apt-get install "
        "postgresql-client-93), or put the folder that has them on the PATH."
    )
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    with pytest.raises(RefusedError, match="there is no pg_dump here"):
        find_tool("pg_dump", 93)


def test_the_worker_takes_a_backup_every_day_where_it_is_told_to(site: Path, tmp_path: Path) -> None:
    assert "backups.tasks.take_daily_backup" in {schedule.name for schedule in schedules()}
    assert take_daily_backup.call() == ""
    with override_settings(BACKUP_DIR=tmp_path / "kept" / "here", BACKUP_KEEP=2):
        (tmp_path / "kept" / "here").mkdir(parents=True)
        for day in range(3):
            (tmp_path / "kept" / "here" / archive_name(AT + timedelta(days=day))).write_text("an old one")
        name = take_daily_backup.call()
        assert [path.name for path in sorted((tmp_path / "kept" / "here").iterdir())] == [
            LIST_NAME,
            archive_name(AT + timedelta(days=2)),
            name,
        ]
        assert "is whole and holds" in run("restore", "--list", tmp_path / "kept" / "here" / name)
