"""An archive is not trusted: whatever is wrong with it is said in a sentence, and nothing is touched."""

import gzip
import random
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.db import connection

from backups.refusals import DamagedError
from backups.restoring import read_archive
from tests.backups.archives import Member, member, put_together, taken_apart, unpacked_bytes, with_manifest
from tests.backups.sites import all_files, empty_site, run

# What each database does in its own way is tried in test_losing_the_site.py.
pytestmark = pytest.mark.any_database

DAMAGED = "it is no backup, it ends too soon, or bytes in it have changed"


@pytest.fixture
def archive(site: Path, tmp_path: Path) -> Path:
    run("backup", tmp_path / "good.tar.gz")
    return tmp_path / "good.tar.gz"


@pytest.fixture
def elsewhere(archive: Path, tmp_path: Path) -> Iterator[Path]:
    """An empty site, in which nothing may appear."""
    with empty_site(tmp_path / "restored"):
        yield tmp_path / "restored"
        assert connection.introspection.table_names() == []
        assert all_files() == {}


def refusal(archive: Path) -> str:
    with pytest.raises(CommandError) as refused:
        run("restore", archive)
    return str(refused.value)


def test_no_byte_can_change_without_being_seen(archive: Path, tmp_path: Path) -> None:
    good = archive.read_bytes()
    bad = tmp_path / "bad.tar.gz"
    chance = random.Random(4)
    # The first ten bytes say only when and on which system it was packed.
    for place in [10, len(good) - 1, len(good) - 5, *(chance.randrange(10, len(good)) for _time in range(25))]:
        bad.write_bytes(good[:place] + bytes([good[place] ^ 1 << chance.randrange(8)]) + good[place + 1 :])
        with pytest.raises(DamagedError):
            read_archive(bad, tell=lambda *_told: None)


def test_a_changed_byte_is_seen_even_if_somebody_packed_it_again(
    archive: Path, elsewhere: Path, tmp_path: Path
) -> None:
    tar = unpacked_bytes(archive)
    tar[tar.index(b"The impact of the proposal.")] ^= 1
    bad = tmp_path / "bad.tar.gz"
    bad.write_bytes(gzip.compress(bytes(tar)))
    assert "is not what its list of contents says: bytes have changed." in refusal(bad)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.9, 0.999])
def test_an_archive_that_ends_too_soon_is_not_restored(
    archive: Path, elsewhere: Path, tmp_path: Path, share: float
) -> None:
    good = archive.read_bytes()
    (tmp_path / "short.tar.gz").write_bytes(good[: int(len(good) * share)])
    assert DAMAGED in refusal(tmp_path / "short.tar.gz") or share == 0.0


def test_any_other_file_is_no_backup(elsewhere: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir or Madam")
    assert DAMAGED in refusal(tmp_path / "letter.txt")
    assert "cannot be read (No such file or directory)" in refusal(tmp_path / "nowhere.tar.gz")


STRANGE: dict[str, Callable[[], Member]] = {
    "a way out": lambda: member("files/media/../../../etc/cron.d/job", b"x"),
    "an absolute path": lambda: member("/etc/passwd", b"x"),
    "a way out with backslashes": lambda: member("files/media/..\\..\\job", b"x"),
    "a line break": lambda: member("files/media/a\nb", b"x"),
    "a dot": lambda: member("files/media/./a", b"x"),
    "a name of nobody": lambda: member("notes.txt", b"x"),
    "a symbolic link": lambda: member("files/media/link", type=tarfile.SYMTYPE, linkname="/etc"),
    "a hard link": lambda: member("files/media/link", type=tarfile.LNKTYPE, linkname="database"),
    "a device": lambda: member("files/media/null", type=tarfile.CHRTYPE, devmajor=1, devminor=3),
    "a folder": lambda: member("files/media/folder", type=tarfile.DIRTYPE),
    "the database twice": lambda: member("database", b"x"),
    "a file that the list does not name": lambda: member("files/media/other.txt", b"x"),
    "a folder that the site does not have": lambda: member("files/elsewhere/a.txt", b"x"),
}


@pytest.mark.parametrize("strange", STRANGE)
def test_what_we_would_never_have_written_is_refused(
    archive: Path, elsewhere: Path, tmp_path: Path, strange: str
) -> None:
    *others, manifest = taken_apart(archive)
    added = STRANGE[strange]()
    for number, members in enumerate(([added, *others, manifest], [*others, manifest, added])):
        assert "The archive h" in refusal(put_together(tmp_path / f"{number}.tar.gz", members))


def test_a_member_that_is_missing_is_named(archive: Path, elsewhere: Path, tmp_path: Path) -> None:
    first, *others = taken_apart(archive)
    assert first[0].name == "database"
    assert refusal(put_together(tmp_path / "a.tar.gz", others)) == (
        "The archive lacks database, which its list of contents names."
    )
    assert refusal(put_together(tmp_path / "b.tar.gz", [first, *others[:-1]])) == (
        "The archive has no list of contents: it is no backup, or its end is missing."
    )


OTHERS: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "a later format": (
        lambda said: said.update(format="prtr-backup/2"),
        "install the version that took it, or a later",
    ),
    "a later version": (
        lambda said: said["migrations"].append(["ledger", "0099_better"]),
        "which has migrations that this software (version ",
    ),
    "another database": (
        lambda said: said.update(vendor="postgresql" if connection.vendor == "sqlite" else "sqlite"),
        "The archive was taken from ",
    ),
    "a lot to unpack": (
        lambda said: said["members"]["database"].update(size=10**18),
        "is not what its list of contents says",
    ),
    "a field too many": (lambda said: said.update(more=1), "list of contents cannot be read"),
    "a field too few": (lambda said: said.pop("tables"), "list of contents cannot be read"),
    "a size below nothing": (lambda said: said["members"]["database"].update(size=-1), "cannot be read"),
}


@pytest.mark.parametrize("other", OTHERS)
def test_an_archive_for_another_site_says_for_which(archive: Path, elsewhere: Path, tmp_path: Path, other: str) -> None:
    change, said = OTHERS[other]
    assert said in refusal(with_manifest(archive, change, tmp_path / "other.tar.gz"))


def test_a_table_that_is_not_as_it_was_is_found_after_restoring(archive: Path, tmp_path: Path) -> None:
    def change(said: dict[str, Any]) -> None:
        said["tables"]["ledger_entry"]["rows"] += 1

    other = with_manifest(archive, change, tmp_path / "other.tar.gz")
    with empty_site(tmp_path / "restored"):
        assert "The table ledger_entry is not equal to that in the archive." in refusal(other)
