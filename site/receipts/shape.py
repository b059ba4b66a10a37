"""The file format of receipts, version 1, and reading it from a stranger: nothing of it is believed.

Needs no Django and no database, so that it can be read again in ten years with this file and Python alone.
The table of its fields is in README.md.
"""

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from ledger.canonical import canonical_json
from receipts.attachments import attached_receipt
from receipts.enums import Problem

FORMAT: Final = "prtr-receipt/1"
FILE_NAME: Final = "receipt.json"  # of the attachment in a PDF
LARGEST: Final = 4 * 1024 * 1024  # bytes: a comment on twenty measures, each as long as it may be, and its PDF
_DEEPEST: Final = 12
_LARGEST_NUMBER: Final = 2**53  # RFC 8785: beyond it programmes disagree about what a number is
_HEX: Final = re.compile(r"[0-9a-f]*")
_HASH: Final = 64  # hexadecimal digits of SHA-256

_TEXTS: Final = ("format", "kind", "reference", "language", "title", "issued_at", "follow", "leaf_hash", "signature")
_FIELDS: Final = (
    "format",
    "title",
    "kind",
    "reference",
    "language",
    "issuer",
    "issued_at",
    "follow",
    "facts",
    "erased",
    "leaf_hash",
    "entry",
    "openings",
    "signature",
    "proof",
)
_ERASED: Final = ("at", "because")
_ISSUER: Final = ("name", "address", "record")
_PROOF: Final = ("position", "tree_size", "hashes", "checkpoint")
# What the authority does not sign: the entry and its openings hang on `leaf_hash`, the proof is added later.
_NOT_SIGNED: Final = ("entry", "openings", "proof", "signature")


class UnreadableReceiptError(ValueError):
    """What somebody gave is no receipt; `where` is the field it is about."""

    def __init__(self, problem: Problem, where: str = "") -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.where = where


def read_receipt(data: bytes) -> dict[str, Any]:
    """Return the receipt in a file, JSON or PDF, with every field of the right type; raise UnreadableReceiptError."""
    if not data.strip():
        raise UnreadableReceiptError(Problem.EMPTY)
    if len(data) > LARGEST:
        raise UnreadableReceiptError(Problem.TOO_LARGE)
    if data.startswith(b"%PDF-"):
        found = attached_receipt(data, largest=LARGEST)
        if found is None:
            raise UnreadableReceiptError(Problem.PDF_WITHOUT)
        data = found
    receipt = _parsed(data)
    _insist_on_shape(receipt)
    return receipt


def receipt_bytes(receipt: Mapping[str, Any]) -> bytes:
    """Return a receipt as its file: readable by eye, one line for each thing, the same fields in the same order."""
    return (json.dumps({name: receipt[name] for name in _FIELDS}, ensure_ascii=False, indent=1) + "\n").encode()


def signed_text(receipt: Mapping[str, Any]) -> str:
    """Return what the authority signs: the format, the number, and the hash of every line that is printed.

    A checkpoint can never be taken for it: the second line of a checkpoint is a number.
    """
    covered = {name: value for name, value in receipt.items() if name not in _NOT_SIGNED}
    digest = hashlib.sha256(canonical_json(covered).encode()).digest()
    return f"{receipt['format']}\n{receipt['reference']}\n{base64.b64encode(digest).decode()}\n"


def _parsed(data: bytes) -> Any:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableReceiptError(Problem.NOT_UTF8) from error
    try:
        parsed = json.loads(
            text, parse_int=_whole, parse_float=_refused, parse_constant=_refused, object_pairs_hook=_once
        )
    except RecursionError as error:
        raise UnreadableReceiptError(Problem.TOO_DEEP) from error
    except json.JSONDecodeError as error:
        raise UnreadableReceiptError(Problem.NOT_JSON) from error
    _insist_on_plain(parsed, _DEEPEST)
    return parsed


def _whole(digits: str) -> int:
    if len(digits) > len(str(_LARGEST_NUMBER)) + 1 or abs(int(digits)) > _LARGEST_NUMBER:
        raise UnreadableReceiptError(Problem.NUMBER, digits[:20])
    return int(digits)


def _refused(digits: str) -> Any:
    raise UnreadableReceiptError(Problem.NUMBER, digits[:20])


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object in which no name stands twice: two programmes could read two things in it."""
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _value in pairs]
        raise UnreadableReceiptError(Problem.TWICE, next(name for name in names if names.count(name) > 1)[:40])
    return found


def _insist_on_plain(value: Any, depth: int) -> None:
    """Refuse what nobody's receipt holds: nesting without end, and halves of characters."""
    if depth == 0:
        raise UnreadableReceiptError(Problem.TOO_DEEP)
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise UnreadableReceiptError(Problem.SURROGATE) from error
    elif isinstance(value, list):
        for each in value:
            _insist_on_plain(each, depth - 1)
    elif isinstance(value, dict):
        for name, each in value.items():
            _insist_on_plain(name, depth)
            _insist_on_plain(each, depth - 1)


def _insist_on_shape(receipt: Any) -> None:
    if not isinstance(receipt, dict) or not isinstance(receipt.get("format"), str):
        raise UnreadableReceiptError(Problem.NOT_A_RECEIPT)
    if receipt["format"] != FORMAT:
        raise UnreadableReceiptError(Problem.OTHER_FORMAT, receipt["format"][:40])
    _insist_on_names(receipt, _FIELDS, "")
    for name in _TEXTS:
        _insist_on_type(receipt[name], str, name)
    _insist_on_hash(receipt["leaf_hash"], "leaf_hash")
    _insist_on_type(receipt["issuer"], dict, "issuer")
    _insist_on_names(receipt["issuer"], _ISSUER, "issuer.")
    for name in _ISSUER:
        _insist_on_type(receipt["issuer"][name], str, f"issuer.{name}")
    _insist_on_lines(receipt["facts"])
    if receipt["erased"] is not None:
        _insist_on_erasure(receipt["erased"])
    _insist_on_entry(receipt["entry"])
    _insist_on_openings(receipt["openings"])
    if receipt["proof"] is not None:
        _insist_on_proof(receipt["proof"])


def _insist_on_lines(lines: Any) -> None:
    _insist_on_type(lines, list, "facts")
    for number, line in enumerate(lines, start=1):
        where = f"facts.{number}"
        _insist_on_type(line, dict, where)
        _insist_on_names(line, ("label", "value"), f"{where}.")
        for name in ("label", "value"):
            _insist_on_type(line[name], str, f"{where}.{name}")


def _insist_on_erasure(erased: Any) -> None:
    _insist_on_type(erased, dict, "erased")
    _insist_on_names(erased, _ERASED, "erased.")
    for name in _ERASED:
        _insist_on_type(erased[name], str, f"erased.{name}")


def _insist_on_entry(entry: Any) -> None:
    _insist_on_type(entry, dict, "entry")
    for name in ("area", "verb", "subject_kind", "subject_reference", "instant"):
        if name not in entry:
            raise UnreadableReceiptError(Problem.MISSING, f"entry.{name}")
        _insist_on_type(entry[name], str, f"entry.{name}")
    if "commitments" not in entry:
        raise UnreadableReceiptError(Problem.MISSING, "entry.commitments")
    _insist_on_type(entry["commitments"], dict, "entry.commitments")
    for name, commitment in entry["commitments"].items():
        _insist_on_hash(commitment, f"entry.commitments.{name[:40]}")


def _insist_on_openings(openings: Any) -> None:
    _insist_on_type(openings, dict, "openings")
    for name, opening in openings.items():
        where = f"openings.{name[:40]}"
        _insist_on_type(opening, dict, where)
        _insist_on_names(opening, ("salt", "value"), f"{where}.")
        _insist_on_hash(opening["salt"], f"{where}.salt")
        _insist_on_type(opening["value"], str, f"{where}.value")


def _insist_on_proof(proof: Any) -> None:
    _insist_on_type(proof, dict, "proof")
    _insist_on_names(proof, _PROOF, "proof.")
    for name in ("position", "tree_size"):
        _insist_on_type(proof[name], int, f"proof.{name}")
    _insist_on_type(proof["hashes"], list, "proof.hashes")
    for number, step in enumerate(proof["hashes"], start=1):
        _insist_on_hash(step, f"proof.hashes.{number}")
    _insist_on_type(proof["checkpoint"], str, "proof.checkpoint")


def _insist_on_names(holder: Mapping[str, Any], names: Sequence[str], before: str) -> None:
    for name in names:
        if name not in holder:
            raise UnreadableReceiptError(Problem.MISSING, f"{before}{name}")
    for name in holder:
        if name not in names:
            raise UnreadableReceiptError(Problem.UNKNOWN, f"{before}{name[:40]}")


def _insist_on_type(value: Any, expected: type, where: str) -> None:
    if not isinstance(value, expected) or (isinstance(value, bool) and expected is int):
        raise UnreadableReceiptError(Problem.WRONG_TYPE, where)


def _insist_on_hash(value: Any, where: str) -> None:
    _insist_on_type(value, str, where)
    if len(value) != _HASH or not _HEX.fullmatch(value):
        raise UnreadableReceiptError(Problem.WRONG_TYPE, where)
