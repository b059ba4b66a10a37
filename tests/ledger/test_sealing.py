"""Sealing gives every entry a place, and signs what the record is."""

import itertools

import pytest

from ledger import merkle, notes
from ledger.domain import seal_entries
from ledger.keys import public_keys
from ledger.leaves import leaf_hash
from ledger.models import Checkpoint, Entry, Leaf
from ledger.proofs import consistency_between, inclusion_of
from tests.ledger.factories import append

pytestmark = pytest.mark.django_db


def test_what_waits_gets_the_next_places_in_the_order_in_which_it_was_written() -> None:
    first = append(3)
    assert seal_entries() == 3
    second = append(2)
    assert seal_entries() == 2
    assert list(Leaf.objects.values_list("position", "entry")) == list(
        enumerate(entry.pk for entry in [*first, *second])
    )


def test_each_sealing_ends_with_a_checkpoint_that_the_record_signed() -> None:
    append(3)
    seal_entries()
    checkpoint = Checkpoint.objects.get()
    said = notes.verify_checkpoint(checkpoint.note, public_keys())
    hashes = [leaf_hash(entry) for entry in Entry.objects.order_by("leaf__position")]
    assert (said.origin, said.size, said.root) == ("localhost/record", 3, merkle.root(hashes))


def test_every_entry_is_proven_with_what_is_stored() -> None:
    append(600)
    seal_entries(at_once=257)
    checkpoint = Checkpoint.objects.latest()
    for entry in Entry.objects.filter(leaf__position__in=[0, 1, 255, 256, 257, 511, 512, 599]):
        proof = inclusion_of(entry)
        assert proof is not None
        hashes = [bytes.fromhex(one) for one in proof.hashes]
        merkle.verify_inclusion(leaf_hash(entry), proof.position, proof.tree_size, hashes, bytes(checkpoint.root))


def test_every_checkpoint_goes_on_from_the_one_before() -> None:
    for _number in range(6):
        append(45)
        seal_entries()
    kept = list(Checkpoint.objects.order_by("size"))
    for older, newer in itertools.pairwise(kept):
        proof = [bytes.fromhex(one) for one in consistency_between(older.size, newer.size)]
        merkle.verify_consistency(older.size, newer.size, proof, bytes(older.root), bytes(newer.root))


def test_with_nothing_to_seal_nothing_is_signed() -> None:
    assert seal_entries() == 0
    assert not Checkpoint.objects.exists()
