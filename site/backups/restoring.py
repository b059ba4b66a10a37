"""Putting a backup back into an empty site."""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Final

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from backups.afterwards import FoundLists, find_lists, settle, warnings_about, words_about
from backups.archive import (
    DATABASE,
    FILES,
    KEY,
    MANIFEST,
    Found,
    check_archive,
    read_members,
    refuse_differences,
    sync_folder,
)
from backups.databases import site_database
from backups.emptiness import refuse_unless_empty
from backups.facts import is_same_secret, record_facts, software_version, unknown_migrations, waiting_migrations
from backups.folders import passing_name, site_folders
from backups.keeping import remove_left
from backups.keys import has_key
from backups.manifest import Manifest, Member
from backups.refusals import DamagedError, RefusedError
from backups.taking import Tell
from ledger.keys import key_file

_SPARE: Final = 50 * 1024 * 1024
_OWNER_ONLY: Final = 0o600
_NAMES: Final = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass
class Restored:
    """What was put back, and what whoever did it has to know."""

    manifest: Manifest
    migrated: bool = False
    remarks: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def read_archive(archive: Path, *, tell: Tell) -> Manifest:
    """Check every byte of an archive and return its list of contents; raise RefusedError with what is wrong with it."""
    with _opened(archive) as stream:
        return _check(archive, stream, tell)


def plan_restoration(archive: Path, *, tell: Tell, erasures: Path | None = None) -> tuple[Manifest, FoundLists]:
    """Check an archive, and that it could be restored here; raise RefusedError with what stands in the way."""
    with _opened(archive) as stream:
        lists = find_lists(archive, erasures)
        manifest = _check(archive, stream, tell)
        _refuse_unfit(manifest)
        return manifest, lists


def restore_backup(archive: Path, *, tell: Tell, erasures: Path | None = None) -> Restored:
    """Put everything in an archive back into this site, which has to be empty, and compare it with the archive.

    `erasures` is a list of what was erased since, looked for beside the archive and in BACKUP_DIR besides.

    Side effects, in order: the archive is read once to its end, and nothing is touched unless all of it is as its list
    of contents says; the files are written, each under another name until it is complete; the database is replaced in
    one step; every table is compared; migrations of a newer software are applied and the search index made anew; only
    then the site changes: the record says that it was restored, and what was erased or may have been sent since the
    backup is dealt with (`afterwards.settle`). An attempt that is broken off before the database is back may be made
    again; after that the site has to be emptied first. Raises RefusedError with what to do.
    """
    with _opened(archive) as stream:
        lists = find_lists(archive, erasures)
        manifest = _check(archive, stream, tell)
        _refuse_unfit(manifest)
        restored = Restored(manifest)
        remove_left(Path(settings.DATA_DIR), at=timezone.now())
        try:
            with TemporaryDirectory(prefix=".restore-", dir=settings.DATA_DIR) as work:
                database = Path(work) / DATABASE
                _unpack(stream, manifest, database, restored, tell)
                site_database().put_back(database)
        except OSError as error:
            raise RefusedError(f"The archive could not be unpacked: {error.strerror or error}.") from error
    _compare(manifest)
    restored.warnings += list(_warnings(manifest))
    if waiting_migrations():
        call_command("migrate", interactive=False, verbosity=0)
        call_command("update_index", verbosity=0)
        restored.migrated = True
    try:
        aftermath = settle(manifest, lists)
    except DatabaseError as error:
        raise RefusedError(
            "Everything is back, but what was erased since the backup could not be erased again, and the record does "
            f"not say that the site was restored ({error}). Do not open this site: empty it and restore once more."
        ) from error
    restored.remarks += words_about(aftermath, manifest)
    restored.warnings += warnings_about(aftermath, manifest)
    return restored


def _opened(archive: Path) -> BinaryIO:
    try:
        return archive.expanduser().open("rb")
    except OSError as error:
        raise RefusedError(f"{archive} cannot be read ({error.strerror}).") from error


def _check(archive: Path, stream: BinaryIO, tell: Tell) -> Manifest:
    size = archive.expanduser().stat().st_size
    return check_archive(stream, set(site_folders()), lambda done: tell("checking the archive", done, size))


def _refuse_unfit(manifest: Manifest) -> None:
    """Insist that this software, this database and this disk can take what the archive holds."""
    database = site_database()
    if manifest.vendor != database.vendor:
        theirs, ours = (_NAMES.get(vendor, vendor) for vendor in (manifest.vendor, database.vendor))
        raise RefusedError(
            f"The archive was taken from {theirs}, and this site is on {ours}. "
            f"Restore it with a DATABASE_URL of {theirs}."
        )
    unknown = unknown_migrations(manifest.migrations)
    if unknown:
        raise RefusedError(
            f"The archive was taken with version {manifest.software}, which has migrations that this software (version "
            f"{software_version()}) does not know: {', '.join(unknown[:3])}. Install that version or a later one, with "
            "the same settings, and restore with it."
        )
    database.require_tools()
    files = {name: member.size for name, member in manifest.members.items() if name.startswith(f"{FILES}/")}
    refuse_unless_empty(files)
    free = shutil.disk_usage(settings.DATA_DIR).free
    needed = manifest.size + manifest.members[DATABASE].size + _SPARE
    if free < needed:
        raise RefusedError(
            f"There is too little room in {settings.DATA_DIR}: {needed:,} bytes are needed, {free:,} free."
        )


def _unpack(stream: BinaryIO, manifest: Manifest, database: Path, restored: Restored, tell: Tell) -> None:
    """Write the database to a file of its own and all others to their places; every byte is hashed again."""
    found: dict[str, Member] = {}
    folders = site_folders()
    done = 0
    for member in read_members(stream, set(folders)):
        if member.name == MANIFEST:
            continue
        wanted = manifest.members.get(member.name)
        if wanted is None or wanted.size != member.size:
            raise DamagedError("The archive has changed since it was checked.")
        target = database if member.name == DATABASE else _target(member.name, folders)
        if member.name == KEY and os.path.lexists(target):
            restored.warnings.append(
                f"There was a key at {target} already: it stays, and that of the archive is left out."
            )
            digest = _write(member.chunks, None)
        else:
            digest = _place(member, target, wanted)
        found[member.name] = Member(member.size, digest)
        done += member.size
        tell("unpacking", done, manifest.size)
    refuse_differences(manifest.members, found)


def _target(name: str, folders: dict[str, Path]) -> Path:
    """Return where a member goes; its name was checked when it was read."""
    if name == KEY:
        return key_file()
    _files, folder, *parts = name.split("/")
    return folders[folder].joinpath(*parts)


def _place(member: Found, target: Path, wanted: Member) -> str:
    """Write one file, give it its name once it is whole, and return its hash."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = passing_name(target)
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, _OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        digest = _write(member.chunks, file)
        # As it was, but never for everybody, and the key and the database for their owner alone.
        os.fchmod(descriptor, member.mode & 0o660 | 0o400 if member.name.startswith(f"{FILES}/") else _OWNER_ONLY)
        os.utime(descriptor, (member.modified, member.modified))
        file.flush()
        os.fsync(descriptor)
    if digest != wanted.sha256:
        part.unlink()
        raise DamagedError("The archive has changed since it was checked.")
    part.replace(target)
    sync_folder(target.parent)
    return digest


def _write(chunks: Iterable[bytes], file: BinaryIO | None) -> str:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
        if file is not None:
            file.write(chunk)
    return digest.hexdigest()


def _compare(manifest: Manifest) -> None:
    """Insist that every table has the rows that it had."""
    with site_database().look() as reader:
        contents = reader.contents()
        record = record_facts(reader)
    for table in sorted(manifest.tables.keys() | contents.keys()):
        if contents.get(table) != manifest.tables.get(table):
            raise RefusedError(
                f"The table {table} is not equal to that in the archive. Do not open this site: tell whoever maintains "
                "the software, and keep the archive."
            )
    if record != manifest.record:
        raise RefusedError(
            "The record does not end as that in the archive. Do not open this site, and keep the archive."
        )


def _warnings(manifest: Manifest) -> Iterator[str]:
    """Yield what somebody has to do, or cannot have back."""
    if manifest.missing:
        yield (
            f"{len(manifest.missing)} files that the database names were not on the disk when the backup was taken, "
            f"the first of them {manifest.missing[0]}."
        )
    if not is_same_secret(manifest.secret_mark):
        yield (
            "SECRET_KEY is another one than the site had: everybody has to sign in again, and authenticator apps "
            "cannot be used until the earlier key stands in SECRET_KEY or SECRET_KEY_FALLBACKS."
        )
    if manifest.record.get("size") and not has_key():
        yield (
            f"The key that signs the record is not here: put it back at {key_file()} before you start the worker. If "
            "it is lost, make a new one (manage.py make_record_key): everybody can see since when that one signs."
        )
