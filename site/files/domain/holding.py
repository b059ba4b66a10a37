"""Files that were chosen in a form: looked at, kept safe, and held until the form is sent."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from design.formats import format_number
from files import vault
from files.handlers import HashedUpload
from files.kinds import MEGABYTE, MOST_FILES, largest_file
from files.looks import look_at
from files.models import CHOSEN_AS, StoredFile
from files.names import clean_name, shown_name
from files.refusals import FileRefusedError

_NAMED: Final = 3  # of files that are too many


@dataclass(frozen=True)
class Outcome:
    """What became of files that were chosen: those that are held, sentences about the others, and remarks."""

    held: list[StoredFile] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def digest_of(form_token: str) -> str:
    """Return by what the files of a form are found again; the token itself is not stored."""
    return hashlib.sha256(form_token.encode()).hexdigest()


def held_files(form_token: str) -> Sequence[StoredFile]:
    """Return the files that are held for a form, in the order in which they came."""
    return list(StoredFile.objects.held().under(digest_of(form_token)).order_by("pk")) if form_token else []


def hold_files(uploads: Iterable[Any], *, form_token: str, at: datetime | None = None) -> Outcome:
    """Look at files and hold those that can be taken; of the others the outcome says why not.

    Side effects for each file, in order: its bytes are looked at, and forced into the vault; its row is stored, bound
    to nothing but the form. Each by itself: one bad file costs no other.
    """
    moment = at or timezone.now()
    outcome = Outcome(held=list(held_files(form_token)))
    beyond: list[str] = []
    for upload in uploads:
        name = shown_name(upload.name or "")
        if len(outcome.held) >= MOST_FILES:
            beyond.append(name)
            continue
        try:
            _hold(upload, outcome, form_token, moment)
        except FileRefusedError as refusal:
            outcome.refusals.append(f"“{name}”: {' '.join(refusal.sentences)}")
    if beyond:
        outcome.refusals.append(f"{_quoted(beyond)}: {_too_many()}")
    return outcome


def _quoted(names: Sequence[str]) -> str:
    """Return some names as a sentence begins with them: the first few, and how many there are besides."""
    first = ", ".join(f"“{name}”" for name in names[:_NAMED])
    more = len(names) - _NAMED
    if more <= 0:
        return first
    return ngettext("%(names)s and %(count)s more file", "%(names)s and %(count)s more files", more) % {
        "names": first,
        "count": more,
    }


def _too_many() -> str:
    return _("%(count)s files are possible. Remove one first, or put several into a ZIP archive.") % {
        "count": MOST_FILES
    }


def drop_files(codes: Iterable[str], *, form_token: str) -> int:
    """Forget files that somebody does not want to send after all; return how many. Sent ones are not touched."""
    if not form_token:
        return 0
    return StoredFile.objects.under(digest_of(form_token)).filter(code__in=list(codes)).forget_held()


def receive(upload: Any) -> vault.Received:
    """Return an upload as it lies on the disk; what came another way (a test, a demonstration) is put there now."""
    return upload.received if isinstance(upload, HashedUpload) else vault.receive(upload.chunks())


def take(upload: Any, *, form_digest: str, at: datetime) -> tuple[StoredFile, vault.Received]:
    """Look at an upload; return its row, not stored yet, and where it lies. Raises FileRefusedError."""
    if (upload.size or 0) > largest_file():
        raise FileRefusedError(
            _("This file has %(size)s MB; %(limit)s MB are possible. Make it smaller or divide it.")
            % {
                "size": format_number(-(-upload.size // MEGABYTE)),
                "limit": format_number(largest_file() // MEGABYTE),
            }
        )
    if not vault.has_room(upload.size or 0):
        raise FileRefusedError(
            _("This site has no room for files at the moment. Send your words, and the file in another way.")
        )
    received = receive(upload)
    try:
        found = look_at(received.path)
    except FileRefusedError:
        received.path.unlink(missing_ok=True)
        raise
    name, chosen = clean_name(upload.name or "", found.kind), shown_name(upload.name or "")
    has_other_ending = name.rpartition(".")[2] != chosen.rpartition(".")[2].lower()
    row = StoredFile(
        name=name,
        kind=found.kind,
        size=received.size,
        sha256=received.sha256,
        facts={**found.facts, CHOSEN_AS: chosen} if has_other_ending else found.facts,
        received_at=at,
        form_digest=form_digest,
    )
    return row, received


def _hold(upload: Any, outcome: Outcome, form_token: str, moment: datetime) -> None:
    row, received = take(upload, form_digest=digest_of(form_token), at=moment)
    if any(row.sha256 == other.sha256 for other in outcome.held):
        received.path.unlink(missing_ok=True)
        outcome.remarks.append(_("“%(name)s” was chosen twice and is held once.") % {"name": row.name})
        return
    vault.keep(received)
    row.save()
    outcome.held.append(row)
    if row.renamed:
        outcome.remarks.append(row.renamed)
