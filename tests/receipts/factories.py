"""Receipts made of nothing but hashes and a key, as an authority would give them; no database."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from ledger import merkle
from ledger.canonical import canonical_json
from ledger.notes import PrivateKey, make_key, sign_checkpoint, sign_note
from receipts.shape import FORMAT, signed_text

RECORD = "register.example/record"
KEY = make_key(RECORD)
NUMBER = "C-7KQ2-M4XD-9"
WORDS = {"text": "Please measure monthly. Ångström, Éloïse, Ж", "submitter": "Aino Example", "file-1": "ab" * 32}


def entry_of(words: Mapping[str, str] = WORDS, **fields: Any) -> dict[str, Any]:
    """An entry of the record that is bound to some words."""
    return {
        "id": 42,
        "instant": "2026-03-02T12:00:00.000000Z",
        "verb": "submission_received",
        "area": "consultations",
        "subject_kind": "submission",
        "subject_reference": NUMBER,
        "actor_role": "public",
        "facts": {"docket": "C-2026-003", "late": False, "proposal_version": 1, "channel": "web", "nested": [1, None]},
        "commitments": {
            name: hashlib.sha256(bytes.fromhex(salt_of(name)) + value.encode()).hexdigest()
            for name, value in words.items()
        },
        "public": True,
        **fields,
    }


def salt_of(name: str) -> str:
    """The salt of a commitment."""
    return hashlib.sha256(name.encode()).hexdigest()


def receipt(key: PrivateKey = KEY, *, sealed: bool = True, size: int = 7, position: int = 3, **fields: Any) -> Any:
    """A receipt of a comment; by default sealed at position 3 of 7."""
    entry = fields.pop("entry", None) or entry_of()
    leaf = merkle.leaf_hash(canonical_json(entry).encode())
    made: dict[str, Any] = {
        "format": FORMAT,
        "title": "Receipt for your comment",
        "kind": "submission",
        "reference": NUMBER,
        "language": "en",
        "issuer": {"name": "Environment Agency", "address": "https://register.example", "record": key.name},
        "issued_at": "2026-03-02T12:05:00.000000Z",
        "follow": f"https://register.example/en/consultations/tracking/{NUMBER}/",
        "facts": [{"label": "Received", "value": "Monday 2 March 2026, 12:00 UTC"}, {"label": "Points", "value": "2"}],
        "erased": None,
        "leaf_hash": leaf.hex(),
        "entry": entry,
        "openings": {name: {"salt": salt_of(name), "value": value} for name, value in WORDS.items()},
        "signature": "",
        "proof": proof_of(leaf, key, size=size, position=position) if sealed else None,
        **fields,
    }
    return made | {"signature": sign_note(signed_text(made), key)}


def proof_of(leaf: bytes, key: PrivateKey = KEY, *, size: int, position: int) -> dict[str, Any]:
    """The proof that a leaf stands at a position of a record of some size."""
    leaves = [leaf if number == position else hashlib.sha256(bytes([number])).digest() for number in range(size)]
    path = merkle.inclusion_proof(position, size, lambda level, index: _node(leaves, level, index))
    return {
        "position": position,
        "tree_size": size,
        "hashes": [step.hex() for step in path],
        "checkpoint": sign_checkpoint(size, merkle.root(leaves), key),
    }


def _node(leaves: list[bytes], level: int, index: int) -> bytes:
    return merkle.root(leaves[index << level : (index + 1) << level])


def paths_of(value: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a JSON value at which something can be changed: leaves, and names of objects."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from paths_of(each, (*before, name))
    elif isinstance(value, list) and value:
        for number, each in enumerate(value):
            yield from paths_of(each, (*before, number))
    else:
        yield before
