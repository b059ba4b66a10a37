"""The record for machines: entries, checkpoints, proofs and keys, read-only. Mounted below /api/v1/record."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError
from ninja.pagination import paginate

from design.apis import Pages
from ledger.models import Checkpoint, Entry, Leaf, RecordKey
from ledger.proofs import consistency_between, inclusion_at, latest_checkpoint
from ledger.queries import entries_matching
from ledger.schemas import CheckpointOut, ConsistencyOut, EntryDetailOut, EntryOut, Filters, InclusionOut, KeyOut

router = Router(tags=["record"])
_LARGEST = 2**63 - 1


class WhereAndWhen(Schema):
    """Of which place, and in the record of which size."""

    position: int = Field(ge=0, le=_LARGEST)
    size: int | None = Field(None, ge=1, le=_LARGEST, description="of a checkpoint; the newest where it is left out")


class TwoSizes(Schema):
    """Of which two checkpoints."""

    old_size: int = Field(ge=1, le=_LARGEST)
    size: int | None = Field(None, ge=1, le=_LARGEST, description="the newest where it is left out")


@router.get("/entries", response=list[EntryOut], summary="Entries that everybody may read, newest first")
@paginate(Pages)
def entries(request: HttpRequest, filters: Query[Filters]) -> QuerySet[Entry]:
    """List the record."""
    return entries_matching(**filters.dict())


@router.get(
    "/entries/{entry_id}",
    response=EntryDetailOut,
    summary="One entry, with the exact text that is hashed",
    url_name="record-entry",
)
def entry(request: HttpRequest, entry_id: int) -> dict[str, Any]:
    """Return an entry; of one that is not public only its place and its hash."""
    return EntryDetailOut.of(get_object_or_404(Entry.objects.select_related("leaf"), pk=entry_id))


@router.get(
    "/entries/{entry_id}/proof",
    response=InclusionOut,
    summary="The proof that an entry stands in the record",
    url_name="record-entry-proof",
)
def entry_proof(request: HttpRequest, entry_id: int) -> dict[str, Any]:
    """Return the proof for the newest checkpoint; 404 with a sentence while the entry waits for its seal."""
    found = get_object_or_404(Entry.objects.select_related("leaf"), pk=entry_id)
    if not hasattr(found, "leaf"):
        raise HttpError(404, "This entry is not sealed yet. Entries are sealed about every minute: ask again then.")
    return _inclusion(found.leaf, None)


@router.get("/proofs/inclusion", response=InclusionOut, summary="The proof for a place in the tree")
def inclusion(request: HttpRequest, asked: Query[WhereAndWhen]) -> dict[str, Any]:
    """Return the proof that a position stands in the record of a checkpoint."""
    checkpoint = _checkpoint(asked.size)
    if asked.position >= checkpoint.size:
        raise HttpError(
            404, f"There is no position {asked.position} in the record of size {checkpoint.size}; the first one is 0."
        )
    return _inclusion(get_object_or_404(Leaf, position=asked.position), checkpoint)


@router.get(
    "/proofs/consistency",
    response=ConsistencyOut,
    summary="The proof that the record only grew",
    url_name="record-consistency",
)
def consistency(request: HttpRequest, asked: Query[TwoSizes]) -> dict[str, Any]:
    """Return the proof that the record of a checkpoint begins with all of that of an earlier one."""
    old, new = _checkpoint(asked.old_size), _checkpoint(asked.size)
    if old.size > new.size:
        raise HttpError(422, f"old_size is {old.size} and size is {new.size}: give the smaller one as old_size.")
    return {
        "old_size": old.size,
        "size": new.size,
        "hashes": consistency_between(old.size, new.size),
        "old_checkpoint": old.note,
        "checkpoint": new.note,
    }


@router.get("/checkpoints", response=list[CheckpointOut], summary="Signed checkpoints, newest first")
@paginate(Pages)
def checkpoints(request: HttpRequest) -> QuerySet[Checkpoint]:
    """List what was signed."""
    return Checkpoint.objects.order_by("-size")


@router.get("/keys", response=list[KeyOut], summary="The public keys of the record, newest first")
def keys(request: HttpRequest) -> QuerySet[RecordKey]:
    """List the keys by which checkpoints are checked."""
    return RecordKey.objects.order_by("-valid_from", "-pk")


def _checkpoint(size: int | None) -> Checkpoint:
    if size is None:
        newest = latest_checkpoint()
        if newest is None:
            raise HttpError(404, "Nothing has been sealed yet.")
        return newest
    found = Checkpoint.objects.filter(size=size).first()
    if found is None:
        raise HttpError(404, f"There is no checkpoint of size {size}; those that there are stand below /checkpoints.")
    return found


def _inclusion(leaf: Leaf, checkpoint: Checkpoint | None) -> dict[str, Any]:
    proof = inclusion_at(leaf.position, checkpoint)
    if proof is None:
        raise HttpError(404, "This position is not part of any checkpoint.")
    return {**proof.to_json(), "leaf_hash": bytes(leaf.hash).hex()}
