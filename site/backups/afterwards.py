"""What is done once a backup is back: the record says so, what was erased since is erased again, letters wait."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from backups.keeping import archive_name
from backups.manifest import Manifest
from backups.refusals import RefusedError
from ledger.domain import SYSTEM_ACTOR, record_event
from ledger.repeating import LIST_NAME, Erasure, Repeated, read_list, repeat_erasures
from notices.domain import hold_back_messages

AREA: Final = "site"
RESTORED: Final = "site_restored"
BACKUP: Final = "backup"


@dataclass(frozen=True)
class FoundLists:
    """The lists of erasures that were found, and what they say together."""

    paths: list[Path]
    erasures: list[Erasure]
    unreadable: int = 0


@dataclass(frozen=True)
class Aftermath:
    """What was done after the rows were back."""

    lists: FoundLists
    repeated: Repeated
    letters: int  # held back


def find_lists(archive: Path, given: Path | None) -> FoundLists:
    """Read the list that was given, which has to be there, that beside the archive and that in BACKUP_DIR."""
    folders = [archive.expanduser().absolute().parent]
    folders += [Path(settings.BACKUP_DIR).absolute()] if settings.BACKUP_DIR else []
    paths = [folder / LIST_NAME for folder in folders]
    if given is not None:
        given = given.expanduser().absolute()
        paths.insert(0, given / LIST_NAME if given.is_dir() else given)
    found: list[Path] = []
    erasures: dict[Erasure, None] = {}
    unreadable = 0
    for path in dict.fromkeys(paths):
        try:
            listed = read_list(path)
        except OSError as error:
            raise RefusedError(f"The list of erasures {path} cannot be read ({error.strerror}).") from error
        if listed is None:
            if given == path:
                raise RefusedError(f"There is no list of erasures at {path}.")
            continue
        found.append(path)
        erasures |= dict.fromkeys(listed.erasures)
        unreadable += listed.unreadable
    return FoundLists(found, list(erasures), unreadable)


@transaction.atomic
def settle(manifest: Manifest, lists: FoundLists, *, at: datetime | None = None) -> Aftermath:
    """Make a restored site one that may be opened again.

    Side effects, in order: the record gets an entry that says from which backup the site is; letters that waited or
    were in hand are held back until an official decides; every erasure of the lists that was done after the backup is
    done again, each with its own entry.
    """
    moment = at or timezone.now()
    record_event(
        verb=RESTORED,
        area=AREA,
        subject_kind=BACKUP,
        subject_reference=archive_name(datetime.fromisoformat(manifest.taken_at)).removesuffix(".tar.gz"),
        actor_role=SYSTEM_ACTOR,
        facts=_facts(manifest),
        at=moment,
    )
    letters = hold_back_messages()
    return Aftermath(lists, repeat_erasures(lists.erasures, at=moment), letters)


def _facts(manifest: Manifest) -> dict[str, str | int]:
    """Return what the record says of a restoration: anybody can compare it with the checkpoint that a witness kept."""
    facts: dict[str, str | int] = {
        "taken_at": manifest.taken_at,
        "entries": int(manifest.record.get("entries", 0)),
        "checkpoint_size": int(manifest.record.get("size", 0)),
        "manifest_sha256": manifest.sha256,
    }
    if "checkpoint" in manifest.record:
        # As it stands in the checkpoint: whose record, how long, and the root over it, each on a line.
        facts["checkpoint_root"] = str(manifest.record["checkpoint"]).split("\n")[2]
    return facts


def words_about(aftermath: Aftermath, manifest: Manifest) -> Iterator[str]:
    """Yield what was done, for whoever restored."""
    repeated = aftermath.repeated
    if aftermath.lists.paths:
        yield (
            f"Erasures done again: {repeated.done:,} (from {', '.join(map(str, aftermath.lists.paths))}); "
            f"{repeated.postponed:,} wait until the law allows them, {repeated.absent:,} are about what is not in this "
            "backup or is erased in it."
        )
    if aftermath.letters:
        yield (
            f"Letters held back: {aftermath.letters:,} waited or were being sent on {manifest.taken_at} and may have "
            "gone out since; officials decide about them under Letters that did not arrive (/admin/letters/)."
        )


def warnings_about(aftermath: Aftermath, manifest: Manifest) -> Iterator[str]:
    """Yield what somebody has to do before the site is opened."""
    lists = aftermath.lists
    if not lists.paths:
        yield (
            f"No list of erasures was found, neither beside the archive nor in BACKUP_DIR: whoever was erased after "
            f"{manifest.taken_at} is back. If {LIST_NAME} is kept elsewhere, run manage.py repeat_erasures LIST before "
            "you open the site."
        )
    if lists.unreadable:
        yield (
            f"{lists.unreadable:,} lines of the list of erasures cannot be read: who was erased by them may be back."
        )
    if aftermath.repeated.failed:
        yield (
            f"{aftermath.repeated.failed:,} erasures could not be done again; the log says why. Run manage.py "
            f"repeat_erasures {lists.paths[0]} before you open the site."
        )
