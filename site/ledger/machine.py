"""The record for witnesses and their tools, at addresses without a language: C2SP tlog-checkpoint and tlog-tiles.

The bundles of entries that tlog-tiles has as well are not given out: entries that are not public stand in the tree by
their hashes alone.
"""

import re
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from design.freshness import public_page
from ledger.merkle import HASH_BYTES, TILE_WIDTH
from ledger.models import Checkpoint, RecordKey, Tile

_INDEX: Final = re.compile(r"(x[0-9]{3}/)*[0-9]{3}")
_LARGEST_INDEX: Final = 2**55  # of the tiles of a tree of 2**63 leaves
_PLAIN: Final = "text/plain; charset=utf-8"


@public_page
@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """Return the newest checkpoint, as it was signed."""
    found = Checkpoint.objects.order_by("-size").values_list("note", flat=True).first()
    if found is None:
        return HttpResponse("Nothing has been sealed yet.\n", status=404, content_type=_PLAIN)
    return HttpResponse(found, content_type=_PLAIN)


@public_page
@require_safe
def one(request: HttpRequest, size: int) -> HttpResponse:
    """Return the checkpoint of a size, as it was signed."""
    found = Checkpoint.objects.filter(size=size).values_list("note", flat=True).first()
    if found is None:
        return HttpResponse("There is no checkpoint of this size.\n", status=404, content_type=_PLAIN)
    return HttpResponse(found, content_type=_PLAIN)


@public_page
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """Return the public keys, one a line, the newest first."""
    texts = RecordKey.objects.order_by("-valid_from", "-pk").values_list("text", flat=True)
    return HttpResponse("".join(f"{text}\n" for text in texts), content_type=_PLAIN)


@public_page
@require_safe
def tile(request: HttpRequest, level: str, index: str, width: str = str(TILE_WIDTH)) -> HttpResponse:
    """Return the hashes of a tile: all 256, or the first `width`, as far as they are sealed."""
    count = int(width)
    if not _INDEX.fullmatch(index) or count > TILE_WIDTH:
        raise Http404
    number = int(index.replace("x", "").replace("/", ""))
    if number > _LARGEST_INDEX:
        raise Http404
    hashes = Tile.objects.filter(level=int(level), index=number).values_list("hashes", flat=True).first()
    if hashes is None or len(hashes) < count * HASH_BYTES:
        raise Http404
    return HttpResponse(bytes(hashes)[: count * HASH_BYTES], content_type="application/octet-stream")
