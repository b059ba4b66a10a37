"""What a receipt proves, checked with nothing but the receipt and the authority's public key.

Needs no Django and no database. Every finding is one thing that was checked; the words for it are in `sentences.py`.
"""

import hashlib
import hmac
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ledger import merkle, notes
from ledger.canonical import canonical_json
from receipts.enums import Check, Outcome, Problem, Weight
from receipts.shape import UnreadableReceiptError, read_receipt, signed_text

# Which act of the record a receipt of each kind is about: (area, kind of subject, verb).
ACTS: Final = {
    "submission": ("consultations", "submission", "submission_received"),
    "decision": ("consultations", "docket", "decision_published"),
    "request": ("inforequests", "request", "submitted"),
    "answer": ("inforequests", "request", "sent"),
    "appeal": ("inforequests", "request", "review_opened"),
    "review": ("inforequests", "request", "review_decided"),
    "certificate": ("learning", "certificate", "awarded"),
}
_WRONG: Final = frozenset(
    {
        Check.ENTRY_CHANGED,
        Check.KIND_OTHER,
        Check.REFERENCE_OTHER,
        Check.OPENING_CHANGED,
        Check.OPENING_UNKNOWN,
        Check.SIGNATURE_CHANGED,
        Check.SIGNATURE_OTHER_KEY,
        Check.SIGNATURE_BROKEN,
        Check.CHECKPOINT_BROKEN,
        Check.CHECKPOINT_OTHER_KEY,
        Check.CHECKPOINT_OTHER_RECORD,
        Check.SIZE_OTHER,
        Check.PROOF_LENGTH,
        Check.PROOF_WRONG,
    }
)
_OPEN: Final = frozenset({Check.OPENING_MISSING, Check.SIGNATURE_MISSING, Check.NOT_SEALED})
# Why somebody was erased, as the record says it (privacy/enums.py); for another reason, or none, there is one sentence.
_ERASED: Final = {
    "asked": Check.ERASED_AS_WISHED,
    "letter": Check.ERASED_AS_WISHED,
    "retention": Check.ERASED_IN_TIME,
}
ERASURES: Final = frozenset({Check.ERASED, *_ERASED.values()})
_BLIND: Final = "blind"  # a commitment to nothing, to which there is no opening (ledger/leaves.py)


@dataclass(frozen=True)
class Finding:
    """One thing that was checked, and the words and numbers its sentence needs."""

    check: Check
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def weight(self) -> Weight:
        """What it means for the receipt."""
        if self.check in _WRONG:
            return Weight.WRONG
        return Weight.OPEN if self.check in _OPEN | ERASURES else Weight.FITS


@dataclass(frozen=True)
class Report:
    """What a check came to; `receipt` is what was read, where it could be read."""

    receipt: Mapping[str, Any] | None
    findings: Sequence[Finding] = ()
    problem: Problem | None = None
    where: str = ""

    @property
    def outcome(self) -> Outcome:
        """What all findings come to."""
        if self.problem is not None:
            return Outcome.UNREADABLE
        checks = {finding.check for finding in self.findings}
        if checks & _WRONG:
            return Outcome.BROKEN
        if Check.SIGNATURE_MISSING in checks:
            return Outcome.NOT_SIGNED
        return Outcome.NOT_SEALED if Check.NOT_SEALED in checks else Outcome.PROVEN


def check_file(data: bytes, keys: Sequence[notes.PublicKey]) -> Report:
    """Check the receipt in a file, JSON or PDF, against the public keys of the authority, as they are published."""
    try:
        receipt = read_receipt(data)
    except UnreadableReceiptError as error:
        return Report(None, problem=error.problem, where=error.where)
    return check_receipt(receipt, keys)


def check_receipt(receipt: Mapping[str, Any], keys: Sequence[notes.PublicKey]) -> Report:
    """Check a receipt that was read."""
    findings = [
        Finding(Check.READABLE, {"format": receipt["format"]}),
        *_entry(receipt),
        *_erasure(receipt),
        *_openings(receipt),
        *_signature(receipt, keys),
        *_proof(receipt, keys),
    ]
    return Report(receipt, findings)


def _entry(receipt: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield whether the entry has the fingerprint of the receipt, and is about what the receipt says it is about."""
    entry = receipt["entry"]
    fits = _same(merkle.leaf_hash(canonical_json(entry).encode()).hex(), receipt["leaf_hash"])
    yield Finding(Check.ENTRY_FITS if fits else Check.ENTRY_CHANGED)
    act = (entry["area"], entry["subject_kind"], entry["verb"])
    known = ACTS.get(receipt["kind"]) == act
    yield Finding(Check.KIND_FITS if known else Check.KIND_OTHER, {"kind": receipt["kind"][:40], "verb": act[2][:40]})
    number = receipt["reference"].partition(".")[0]  # answers and reviews of a request are numbered behind a point
    same = number == entry["subject_reference"]
    values = {"reference": receipt["reference"][:40], "subject": entry["subject_reference"][:40]}
    yield Finding(Check.REFERENCE_FITS if same else Check.REFERENCE_OTHER, values)


def _erasure(receipt: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield that the authority erased who it was before it gave this receipt, where it says so."""
    erased = receipt["erased"]
    if erased is not None:
        yield Finding(_ERASED.get(erased["because"], Check.ERASED), {"day": erased["at"][:10]})


def _openings(receipt: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield for each private thing that the entry is bound to whether what the receipt says is that very thing."""
    commitments, openings = receipt["entry"]["commitments"], receipt["openings"]
    for name in [*openings, *(name for name in commitments if name not in openings and name != _BLIND)]:
        values = {"name": name[:60]}
        if name not in openings:
            yield Finding(Check.OPENING_MISSING, values)
        elif name not in commitments:
            yield Finding(Check.OPENING_UNKNOWN, values)
        else:
            opening = openings[name]
            opened = hashlib.sha256(bytes.fromhex(opening["salt"]) + opening["value"].encode()).hexdigest()
            fits = _same(opened, commitments[name])
            yield Finding(Check.OPENING_FITS if fits else Check.OPENING_CHANGED, values)


def _signature(receipt: Mapping[str, Any], keys: Sequence[notes.PublicKey]) -> Iterator[Finding]:
    """Yield whether the authority signed what is printed."""
    if not receipt["signature"]:
        yield Finding(Check.SIGNATURE_MISSING)
        return
    record = receipt["issuer"]["record"]
    try:
        if not _names_a_key(receipt["signature"], keys):
            yield Finding(Check.SIGNATURE_OTHER_KEY)
            return
        text = notes.verify_note(receipt["signature"], [key for key in keys if key.name == record])
    except notes.InvalidNote:
        yield Finding(Check.SIGNATURE_BROKEN)
        return
    yield Finding(Check.SIGNATURE_FITS if text == signed_text(receipt) else Check.SIGNATURE_CHANGED, {"signer": record})


def _proof(receipt: Mapping[str, Any], keys: Sequence[notes.PublicKey]) -> Iterator[Finding]:
    """Yield whether the entry lies in a state of the record that the authority has signed."""
    proof = receipt["proof"]
    if proof is None:
        yield Finding(Check.NOT_SEALED)
        return
    try:
        if not _names_a_key(proof["checkpoint"], keys):
            yield Finding(Check.CHECKPOINT_OTHER_KEY)
            return
        checkpoint = notes.verify_checkpoint(proof["checkpoint"], keys)
    except notes.InvalidNote:
        yield Finding(Check.CHECKPOINT_BROKEN)
        return
    values = {"record": checkpoint.origin, "size": checkpoint.size, "position": proof["position"]}
    if checkpoint.origin != receipt["issuer"]["record"]:
        yield Finding(Check.CHECKPOINT_OTHER_RECORD, values)
        return
    yield Finding(Check.CHECKPOINT_FITS, values)
    if proof["tree_size"] != checkpoint.size:
        yield Finding(Check.SIZE_OTHER, {**values, "claimed": proof["tree_size"]})
        return
    yield Finding(_inclusion(receipt["leaf_hash"], proof, checkpoint.root), values)


def _inclusion(leaf_hash: str, proof: Mapping[str, Any], root: bytes) -> Check:
    path = [bytes.fromhex(step) for step in proof["hashes"]]
    try:
        reached = merkle.root_from_inclusion(bytes.fromhex(leaf_hash), proof["position"], proof["tree_size"], path)
    except merkle.InvalidProof:
        return Check.PROOF_LENGTH
    return Check.PROOF_FITS if reached == root else Check.PROOF_WRONG


def _names_a_key(note: str, keys: Sequence[notes.PublicKey]) -> bool:
    """Return whether a note has a signature that says it is by one of the keys; whether it is, is checked later."""
    known = {(key.name, key.hash) for key in keys}
    return any((name, key_hash) in known for name, key_hash, _signature in notes.parse_note(note).signatures)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
