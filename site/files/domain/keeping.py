"""Binding files to what they were sent with, in the transaction of that act; and erasing them again."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from design.freshness import bump_generation
from files import vault
from files.domain.holding import take
from files.enums import ReleaseState
from files.models import StoredFile
from files.refusals import FileGoneError, FileRefusedError
from files.tasks import scan_waiting_files
from jobs.queue import enqueue_after_commit
from ledger.domain import OutsideTransactionError


def bind_files(files: Sequence[StoredFile], *, subject_kind: str, subject_reference: str) -> list[StoredFile]:
    """Make held files part of what is being received, in its transaction; return them as they are stored.

    Side effects, in order: every file is found in the vault, whole; its row is bound, in the order given; after commit
    a job is queued that scans it. Raises FileGoneError where one is no longer held, and OutsideTransactionError.
    """
    if not connection.in_atomic_block:
        raise OutsideTransactionError(
            "Files and what they were sent with are stored together: use transaction.atomic()."
        )
    wanted = [file.pk for file in files]
    found = {row.pk: row for row in StoredFile.objects.select_for_update().held().filter(pk__in=wanted)}
    if len(found) != len(wanted) or not all(vault.holds(row.sha256, row.size) for row in found.values()):
        raise FileGoneError(gone_sentence())
    bound = [found[key] for key in wanted]
    for position, row in enumerate(bound, start=1):
        row.subject_kind, row.subject_reference, row.position = subject_kind, subject_reference, position
        row.save()
    if bound:
        enqueue_after_commit(scan_waiting_files)
    return bound


def store_files(
    uploads: Iterable[Any], *, subject_kind: str, subject_reference: str, at: datetime | None = None
) -> list[StoredFile]:
    """Take files and bind them at once, for officials and machines that have no form to come back to.

    Side effects as of `hold_files` and `bind_files`. Raises FileRefusedError with a sentence for each file that cannot
    be taken; then none is.
    """
    moment = at or timezone.now()
    rows, sentences = [], list[str]()
    for upload in uploads:
        try:
            rows.append(take(upload, form_digest="", at=moment))
        except FileRefusedError as refusal:
            sentences += refusal.sentences
    if sentences:
        for _row, received in rows:
            received.path.unlink(missing_ok=True)
        raise FileRefusedError(*sentences)
    for row, received in rows:
        vault.keep(received)
        row.save()
    return bind_files([row for row, _received in rows], subject_kind=subject_kind, subject_reference=subject_reference)


def private_values(files: Iterable[StoredFile]) -> dict[str, str]:
    """Return what the record commits to: the hash of each file, by its position."""
    return {f"file-{file.position}": file.sha256 for file in files}


def private_values_now(kind: str, reference: str) -> Mapping[str, str | None]:
    """Return the same as it is stored now, None for what was erased; one query."""
    return {f"file-{file.position}": file.sha256 or None for file in StoredFile.objects.of(kind, reference)}


@transaction.atomic
def erase_files(*, subject_kind: str, subject_reference: str, at: datetime | None = None) -> int:
    """Erase the files of a subject: a dated tombstone stays in each one's place; return how many were erased.

    Side effects, in order: name, hash, facts and rendition are emptied in every row, and the day is kept; after commit
    public pages are made anew. The bytes go with the next sweep, unless somebody else has sent the same.
    """
    moment = at or timezone.now()
    rows = list(StoredFile.objects.select_for_update().of(subject_kind, subject_reference).filter(erased_at=None))
    for row in rows:
        if row.release_state == ReleaseState.RELEASED:
            row.release_state = ReleaseState.WITHDRAWN
        row.name = row.sha256 = row.rendition_sha256 = row.rendition_kind = row.form_digest = row.scan_detail = ""
        row.rendition_size, row.facts, row.erased_at = None, {}, moment
        row.save()
    if rows:
        bump_generation()
    return len(rows)


def gone_sentence() -> str:
    """Return what is said where a file is no longer held."""
    return _("A file that you had chosen is no longer held here. Choose it again; everything else is as you left it.")
