"""Taking a backup of the running site."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone

from backups.archive import DATABASE, FILES, KEY, ArchiveWriter, new_file
from backups.databases import site_database
from backups.facts import applied_migrations, record_facts, secret_mark, software_version
from backups.folders import list_files, named_files, site_folders
from backups.keeping import remove_left
from backups.keys import key_to_take
from backups.manifest import Manifest
from backups.refusals import RefusedError
from ledger.repeating import noted_erasures, write_list

Tell = Callable[[str, int, int], None]  # what is being done, how much of it is done, and how much of it there is


@dataclass(frozen=True)
class Plan:
    """What a backup would take."""

    vendor: str
    files: dict[str, int]  # how many in each folder
    bytes: int  # of all files


def plan_backup(archive: Path, *, with_key: bool = False) -> Plan:
    """Return what a backup would take, and raise RefusedError with the remedy where something stands in its way."""
    if not archive.parent.is_dir():
        raise RefusedError(f"There is no folder {archive.parent}; make it first.")
    for folder in site_folders().values():
        if archive.parent.resolve().is_relative_to(folder.resolve()):
            raise RefusedError(f"{archive} lies among the files that are backed up; choose a place outside {folder}.")
    database = site_database()
    database.require_tools()
    if with_key:
        key_to_take()
    sizes = {name: [file.size for file in list_files(folder)] for name, folder in site_folders().items()}
    files = {name: len(found) for name, found in sizes.items()}
    return Plan(database.vendor, files, sum(map(sum, sizes.values())))


def take_backup(archive: Path, *, tell: Tell, with_key: bool = False) -> Manifest:
    """Take everything that the site keeps into one archive, while it goes on working; return the list of contents.

    Side effects, in order: what a killed attempt has left there is removed; a snapshot of the database is written
    beside the archive, in a folder that only its owner can read; it, the key if it is asked for, and every file are
    packed; the archive gets its name once all of it is on the disk; the snapshot is removed; the list of erasures
    beside the archive gets what it lacks. Raises RefusedError with what to do, and leaves nothing behind then.
    """
    archive = archive.expanduser().absolute()
    plan = plan_backup(archive, with_key=with_key)
    at = timezone.now()
    remove_left(archive.parent, at=at)
    database = site_database()
    try:
        with new_file(archive) as stream, TemporaryDirectory(prefix=".backup-", dir=archive.parent) as work:
            with database.take(Path(work), partial(tell, "database")) as snapshot:
                reader = snapshot.reader
                named = set(named_files(reader))
                manifest = Manifest(
                    taken_at=at.isoformat(timespec="seconds"),
                    software=software_version(),
                    vendor=database.vendor,
                    server=database.version(),
                    migrations=applied_migrations(reader),
                    members={},
                    tables=reader.contents(),
                    record=record_facts(reader),
                    secret_mark=secret_mark(),
                )
            size = plan.bytes + snapshot.file.stat().st_size
            with ArchiveWriter(stream, lambda done: tell("archive", done, size)) as writer:
                writer.add(DATABASE, snapshot.file)
                if with_key:
                    writer.add(KEY, key_to_take())
                for name, folder in site_folders().items():
                    for file in list_files(folder):
                        writer.add(f"{FILES}/{name}/{file.name}", file.path)
                missing = sorted(named - writer.members.keys())
                manifest = replace(manifest, members=writer.members, missing=missing)
                writer.finish(manifest)
    except OSError as error:
        raise RefusedError(f"The archive could not be written: {error.strerror or error}.") from error
    try:
        write_list(archive.parent, noted_erasures())
    except OSError as error:
        raise RefusedError(
            f"{archive} is whole, but the list of erasures beside it could not be written: {error.strerror or error}."
        ) from error
    return manifest
