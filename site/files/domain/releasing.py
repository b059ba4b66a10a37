"""Letting the public have a file: never the original of a picture, never anything that could act in a browser."""

import io
import logging
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from design.freshness import bump_generation
from files import vault
from files.enums import Kind, ReleaseState, ScanState
from files.looks.pictures import FORMATS, damaged
from files.models import StoredFile
from files.refusals import ReleaseRefusedError

logger = logging.getLogger(__name__)

LONGEST_RENDITION: Final = 2400  # pixels on a side: enough to read a plan, too few to be a burden
_QUALITY: Final = 85
_SOLID: Final = "RGB"
_CLEAR: Final = "RGBA"


@transaction.atomic
def release_file(file: StoredFile, *, at: datetime | None = None) -> StoredFile:
    """Let the public have a rendition of a file; the area asks who may, and writes it into the record.

    Side effects, in order: the rendition is made and kept in the vault (a picture drawn anew without anything that was
    written beside it; everything else as it is, for download only), the row is stored, and after commit public pages
    are made anew. The original stays as it is. Raises ReleaseRefusedError.
    """
    row = StoredFile.objects.select_for_update().get(pk=file.pk)
    _require_releasable(row)
    if row.is_picture:
        kind, content = redraw(row)
        rendition = vault.receive([content])
        vault.keep(rendition)
        row.rendition_kind, row.rendition_sha256, row.rendition_size = kind, rendition.sha256, rendition.size
    else:
        row.rendition_kind, row.rendition_sha256, row.rendition_size = row.kind, row.sha256, row.size
    row.release_state = ReleaseState.RELEASED
    row.released_at = at or timezone.now()
    row.save()
    bump_generation()
    return row


def damaged_sentence() -> str:
    """Return what an official reads where the bytes are lost or damaged."""
    return _(
        "The file is lost or damaged on the disk of this site. Its row and its hash are still there: whoever operates "
        "the site can take it out of a backup (manage.py verify_files names all such files)."
    )


@transaction.atomic
def withdraw_file(file: StoredFile) -> StoredFile:
    """Take a released file back from the public; who asks for it reads that it was there.

    Side effects, in order: the row is stored, and after commit public pages are made anew. Raises ReleaseRefusedError.
    """
    row = StoredFile.objects.select_for_update().get(pk=file.pk)
    if row.release_state != ReleaseState.RELEASED:
        raise ReleaseRefusedError(_("This file is not public."))
    row.release_state = ReleaseState.WITHDRAWN
    row.save()
    bump_generation()
    return row


def redraw(file: StoredFile) -> tuple[Kind, bytes]:
    """Return a picture drawn anew, smaller where it is very large, with nothing in it but its pixels."""
    try:
        with (
            vault.open_sealed(file.sha256) as original,
            Image.open(original, formats=[FORMATS[Kind(file.kind)]]) as picture,
        ):
            is_photograph = picture.format == FORMATS[Kind.JPEG]
            picture.draft(None, (LONGEST_RENDITION, LONGEST_RENDITION))  # a large JPEG is read smaller at once
            upright = ImageOps.exif_transpose(picture)
            is_clear = "A" in upright.getbands() or "transparency" in upright.info
            drawn = upright.convert(_CLEAR if is_clear else _SOLID)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:  # what strangers wrote
        raise ReleaseRefusedError(*damaged().sentences) from error
    drawn.thumbnail((LONGEST_RENDITION, LONGEST_RENDITION))
    clean = Image.new(drawn.mode, drawn.size)
    clean.paste(drawn)
    content = io.BytesIO()
    if is_photograph:
        clean.save(content, FORMATS[Kind.JPEG], quality=_QUALITY, optimize=True)
        return Kind.JPEG, content.getvalue()
    clean.save(content, FORMATS[Kind.PNG], optimize=True)
    return Kind.PNG, content.getvalue()


def _require_releasable(row: StoredFile) -> None:
    """Insist that the file is bound, is there as it was received, and was found harmless where there is a scanner."""
    if not row.subject_kind or row.is_erased:
        raise ReleaseRefusedError(_("This file is no longer there."))
    if row.release_state == ReleaseState.RELEASED:
        raise ReleaseRefusedError(_("This file is public already."))
    if row.is_locked_away:
        raise ReleaseRefusedError(_("The scanner found malicious software in this file: it is never released."))
    if settings.CLAMAV_URL and row.scan_state == ScanState.TOO_LARGE:
        raise ReleaseRefusedError(
            _(
                "This file is too large for the scanner. Whoever operates the site can raise the limit of the scanner "
                "(StreamMaxLength)."
            )
        )
    if settings.CLAMAV_URL and row.scan_state != ScanState.CLEAN:
        raise ReleaseRefusedError(_("The scanner has not looked at this file yet. Wait a few minutes, and try again."))
    try:
        vault.open_sealed(row.sha256).close()
    except vault.DamagedError as error:
        logger.error("A file cannot be released: %s", error)
        raise ReleaseRefusedError(damaged_sentence()) from error
