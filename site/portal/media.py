"""Serves the pictures that Wagtail draws from what was uploaded; what was uploaded itself has no address here.

Documents go through Wagtail's own view, which asks whether their collection is private, and always as a download.
"""

from typing import Final

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

_KINDS: Final = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}
_YEAR: Final = 31_536_000


@require_safe
def serve_rendition(request: HttpRequest, path: str) -> FileResponse:
    """Serve one drawn picture; its name changes with its content, so browsers may keep it for a year."""
    kind = _KINDS.get(path.rpartition(".")[2].lower())
    if kind is None:
        raise Http404
    try:
        file = storages["renditions"].open(path)
    except (FileNotFoundError, IsADirectoryError, SuspiciousFileOperation, ValueError) as error:
        raise Http404 from error
    return FileResponse(
        file,
        content_type=kind,
        headers={"Cache-Control": f"public, max-age={_YEAR}, immutable", "X-Content-Type-Options": "nosniff"},
    )
