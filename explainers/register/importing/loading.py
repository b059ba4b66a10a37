"""Loads a file into the register: one transaction, one version, and the same again changes nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from register.domain.loads import DEFAULT_REGISTER, finish_load
from register.enums import LoadKind
from register.importing.errors import RowNotNeeded, RowRejected
from register.importing.kinds import KINDS
from register.importing.kinds.base import Context, Draft
from register.importing.reading import OpenedFile
from register.importing.rejects import Rejects
from register.importing.survey import Survey, survey
from register.importing.writing import batches
from register.models import RegisterLoad

if TYPE_CHECKING:
    from accounts.models import User

_ROWS_AT_ONCE: Final = 5000


@contextmanager
def rehearsal() -> Iterator[None]:
    """Undo at the end all that is done inside: each file finds what the ones before it have loaded, and nothing stays.

    Nothing outside hears of it either: pages are made anew, mail and jobs go out only for what is committed. Only the
    files of rejects stay, to be read.
    """
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass(frozen=True)
class Outcome:
    """What loading one file did."""

    counts: RegisterLoad  # not in the database where the file was recognised, or after a rehearsal
    recognised_as: RegisterLoad | None
    superseded: bool  # recognised, and left alone because newer files have been loaded since
    rejects: Path | None
    not_in_file: int
    dropping_put_off: bool
    accidental_unknown: bool


def load_file(
    opened: OpenedFile,
    *,
    rejects_folder: Path,
    register: str = "",
    source: str = "",
    source_fr: str = "",
    source_ru: str = "",
    actor: "User | None" = None,
    partial: bool = False,
    again: bool = False,
    surveyed: Survey | None = None,
    progress: Callable[[int], None] = lambda rows: None,
    at: datetime | None = None,
) -> Outcome:
    """Load one file, wholly or, where something fails that is not a matter of single rows, not at all.

    Side effects, in order, in one transaction: a RegisterLoad is made; entries are added, confirmed, revised, amended
    and restored; entries of the file's years and register that the file does not have are marked as dropped (unless the
    file is `partial`, or rows that cannot be read leave it open what the file has); each change is kept in EntryChange;
    an event is recorded; public pages are made anew. Rows that cannot be read go to a file in `rejects_folder`.
    The very same file again, if it changes nothing, leaves no trace: the earlier load is returned as recognised. So is
    a file that newer ones have superseded since, unless it is to be loaded `again`: an old edition does not take the
    place of a new one because somebody repeats a command.
    """
    surveyed = surveyed or survey(opened)
    at = at or timezone.now()
    mapping = opened.mapping
    load = RegisterLoad(
        kind=mapping.kind,
        register=register or mapping.register or DEFAULT_REGISTER,
        source=source or mapping.title,
        source_fr=source_fr,
        source_ru=source_ru,
        file_name=opened.path.name,
        sha256=opened.sha256,
        accidental_unknown=surveyed.accidental_unknown,
        loaded_by=actor,
        loaded_at=at,
    )
    earlier = _earlier_load_of_same_file(load)
    if earlier is not None and not again and _is_superseded(earlier):
        return Outcome(load, earlier, True, None, 0, False, surveyed.accidental_unknown)
    with transaction.atomic():
        load.save()
        context = Context(load, mapping, opened.header, timezone.localdate(at).year, surveyed.accidental_unknown)
        with Rejects(rejects_folder, opened.path, opened.header) as rejects:
            not_in_file, doubtful = _read_and_save(opened, context, rejects, partial=partial, progress=progress)
            load.rows_rejected = rejects.count
        recognised = earlier is not None and not _changed_anything(load)
        if recognised:
            transaction.set_rollback(True)
        else:
            finish_load(load)
    return Outcome(
        counts=load,
        recognised_as=earlier if recognised else None,
        superseded=False,
        rejects=rejects.path if rejects.count else None,
        not_in_file=not_in_file,
        dropping_put_off=doubtful and not partial and not_in_file > 0,
        accidental_unknown=surveyed.accidental_unknown,
    )


def _read_and_save(
    opened: OpenedFile, context: Context, rejects: Rejects, *, partial: bool, progress: Callable[[int], None]
) -> tuple[int, bool]:
    """Read every row; return how many entries the file does not have, and whether rejected rows leave that open."""
    kind = KINDS[LoadKind(context.mapping.kind)](context)
    doubtful = False
    for some in batches(opened.rows(), _ROWS_AT_ONCE):
        drafts: list[Draft] = []
        for line, row, unreadable in some:
            try:
                if unreadable is not None:
                    raise unreadable
                drafts.extend(kind.read(row, line))
            except RowRejected as problem:
                rejects.add(line, str(problem), row)
                doubtful = doubtful or not isinstance(problem, RowNotNeeded)
        kind.save(drafts)
        context.load.rows_read += len(some)
        progress(context.load.rows_read)
    return kind.finish(drop=not (partial or doubtful)), doubtful


def _changed_anything(load: RegisterLoad) -> bool:
    return bool(load.rows_added or load.rows_revised or load.rows_amended or load.rows_restored or load.rows_dropped)


def _earlier_load_of_same_file(load: RegisterLoad) -> RegisterLoad | None:
    return (
        RegisterLoad.objects.filter(register=load.register, kind=load.kind, sha256=load.sha256)
        .order_by("-loaded_at", "-pk")
        .first()
    )


def _is_superseded(load: RegisterLoad) -> bool:
    """Return whether a later load of the same register was about the same things."""
    later = RegisterLoad.objects.filter(register=load.register, kind=load.kind, pk__gt=load.pk)
    if load.kind != LoadKind.FACILITIES and load.first_year and load.last_year:
        later = later.filter(first_year__lte=load.last_year, last_year__gte=load.first_year)
    return later.exists()
