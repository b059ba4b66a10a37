"""Handing out bytes that strangers sent: what a browser may do with them is nothing at all."""

from typing import IO, Final

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

POLICY: Final = "sandbox; default-src 'none'"


def hand_out(file: IO[bytes], *, name: str, media_type: str, size: int, as_picture: bool = False) -> FileResponse:
    """Return bytes as a download under a clean name, or as a picture that was drawn here, and as nothing else."""
    response = FileResponse(file, content_type=media_type)
    protect(response)
    response["Content-Length"] = str(size)
    disposition = content_disposition_header(not as_picture, name)
    if disposition:
        response["Content-Disposition"] = disposition
    return response


def protect(response: HttpResponse | FileResponse) -> None:
    """Say to the browser: take it for what it is called, run nothing in it, show it in nobody's page, ask us again."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-cache"  # it can be withdrawn at any moment
