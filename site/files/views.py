"""Handing out files: the released rendition to everybody, the sealed original to officials who may read it."""

import logging
from typing import IO

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from design.gone import gone
from files import vault
from files.domain.releasing import damaged_sentence
from files.enums import PICTURES, Kind
from files.kinds import RULES
from files.models import StoredFile
from files.names import clean_name
from files.serving import hand_out
from files.subjects import subject_is_public, user_can_read_original

logger = logging.getLogger(__name__)


@require_safe
def released(request: HttpRequest, code: str) -> FileResponse | HttpResponse:
    """Return the rendition of a released file; one that never was public is not there for anybody."""
    file = get_object_or_404(StoredFile.objects.bound(), code=code)
    if file.released_at is None or not subject_is_public(file.subject_kind, file.subject_reference):
        raise Http404
    if not file.is_released:
        return gone(request, _("This file was public and is shown no longer."))
    kind = Kind(file.rendition_kind)
    rendition = _opened(file.rendition_sha256)
    if rendition is None:
        return gone(request, _("This file is damaged on our disk. We have noted it; please ask us for the file."))
    return hand_out(
        rendition,
        name=clean_name(file.name, kind),
        media_type=RULES[kind].media_type,
        size=file.rendition_size or 0,
        as_picture=kind in PICTURES,
    )


@require_safe
def original(request: HttpRequest, code: str) -> FileResponse | HttpResponse:
    """Return the original, as a download, to an official who may read what it was sent with."""
    file = get_object_or_404(StoredFile.objects.bound(), code=code)
    if not user_can_read_original(request.user, file.subject_kind, file.subject_reference):
        raise PermissionDenied
    if not file.can_be_opened:
        raise PermissionDenied(_("This file is locked away: nobody gets it."))
    bytes_of_it = _opened(file.sha256)
    if bytes_of_it is None:
        return gone(request, damaged_sentence())
    return hand_out(bytes_of_it, name=file.name, media_type=file.media_type, size=file.size)


def _opened(sha256: str) -> IO[bytes] | None:
    """Return the bytes; None where they are lost or damaged, which is logged. Nobody ever gets other bytes."""
    try:
        return vault.open_sealed(sha256)
    except vault.DamagedError as error:
        logger.error("A file cannot be handed out: %s", error)
        return None
