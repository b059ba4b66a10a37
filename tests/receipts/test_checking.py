"""Whatever is changed in a receipt is found, and named; what was not changed is proven."""

import copy
import json
import zlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.notes import make_key, sign_checkpoint, sign_note
from receipts.checking import Finding, Report, check_file, check_receipt
from receipts.enums import Check, Outcome, Problem
from receipts.sentences import outcome_of, sentence_about, sentence_of
from receipts.shape import LARGEST, receipt_bytes, signed_text
from tests.receipts.factories import KEY, NUMBER, RECORD, entry_of, paths_of, proof_of, receipt

pytestmark = pytest.mark.any_database
KEYS = [KEY.public]
SEALED = receipt()
LEAVES = list(paths_of(SEALED))


def check(made: Any) -> Report:
    """What a check of the file says."""
    return check_file(json.dumps(made, ensure_ascii=False).encode(), KEYS)


def checks(report: Report) -> set[Check]:
    return {finding.check for finding in report.findings}


def changed(made: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The same receipt with another value at one place."""
    copied = copy.deepcopy(made)
    holder = copied
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return copied


def other_than(value: Any) -> list[Any]:
    """What somebody may write instead: nearly the same, nothing, and something of another type."""
    if isinstance(value, bool):
        return [not value, None, "yes"]
    if isinstance(value, int):
        return [value + 1, value - 1, -value - 1, str(value), None, 2**53]
    if isinstance(value, str):
        first = "1" if value[:1] == "0" else "0"
        return [value + "x", value[:-1], first + value[1:], value.swapcase() + " ", "", None, 7, [value], {"a": value}]
    return [0, "", [1], {"a": 1}]


@pytest.mark.parametrize("path", LEAVES, ids=lambda path: ".".join(map(str, path)))
def test_whatever_is_changed_in_a_receipt_is_found(path: tuple[Any, ...]) -> None:
    original: Any = SEALED
    for step in path:
        original = original[step]
    for value in other_than(original):
        if value == original and type(value) is type(original):
            continue
        report = check(changed(SEALED, path, value))
        assert report.outcome is not Outcome.PROVEN, f"{path}: {value!r}"
        if value != "" or path != ("signature",):
            assert report.outcome in {Outcome.BROKEN, Outcome.UNREADABLE, Outcome.NOT_SEALED}, f"{path}: {value!r}"


@pytest.mark.parametrize("path", LEAVES, ids=lambda path: ".".join(map(str, path)))
def test_whatever_is_left_out_of_a_receipt_is_found(path: tuple[Any, ...]) -> None:
    copied = copy.deepcopy(SEALED)
    holder = copied
    for step in path[:-1]:
        holder = holder[step]
    del holder[path[-1]]
    assert check(copied).outcome in {Outcome.BROKEN, Outcome.UNREADABLE}


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_one_changed_byte_of_the_file_is_found(data: st.DataObject) -> None:
    file = receipt_bytes(SEALED)
    at = data.draw(st.integers(0, len(file) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != file[at]))
    edited = file[:at] + bytes([other]) + file[at + 1 :]
    try:
        same = json.loads(edited) == SEALED  # white space, or another way to write the same
    except ValueError:
        same = False
    assert same or check_file(edited, KEYS).outcome is not Outcome.PROVEN


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=300))
def test_anything_at_all_is_answered(data: bytes) -> None:
    for begun in (data, b"%PDF-1.7\n" + data, b'{"format": "prtr-receipt/1", ' + data):
        report = check_file(begun, KEYS)
        assert report.outcome is Outcome.UNREADABLE
        assert report.problem is not None
        assert sentence_about(report.problem, report.where)


def test_a_receipt_proves_what_it_says() -> None:
    report = check(SEALED)
    assert report.outcome is Outcome.PROVEN
    assert checks(report) == {
        Check.READABLE,
        Check.ENTRY_FITS,
        Check.KIND_FITS,
        Check.REFERENCE_FITS,
        Check.OPENING_FITS,
        Check.SIGNATURE_FITS,
        Check.CHECKPOINT_FITS,
        Check.PROOF_FITS,
    }
    assert all(sentence_of(finding).endswith(".") for finding in report.findings)
    assert outcome_of(report) == "This receipt is genuine, and what it says is sealed in the record."


@pytest.mark.parametrize(("size", "position"), [(1, 0), (2, 1), (3, 2), (8, 7), (100, 63)])
def test_a_receipt_is_proven_wherever_its_entry_stands(size: int, position: int) -> None:
    assert check(receipt(size=size, position=position)).outcome is Outcome.PROVEN


def test_one_that_is_not_sealed_yet_says_so_and_is_signed_all_the_same() -> None:
    report = check(receipt(sealed=False))
    assert report.outcome is Outcome.NOT_SEALED
    assert {Check.NOT_SEALED, Check.SIGNATURE_FITS} <= checks(report)


@pytest.mark.parametrize(
    "path", [path for path in LEAVES if path[0] != "proof"], ids=lambda path: ".".join(map(str, path))
)
def test_a_change_is_found_before_the_entry_is_sealed_too(path: tuple[Any, ...]) -> None:
    early = receipt(sealed=False)
    original: Any = early
    for step in path:
        original = original[step]
    report = check(changed(early, path, f"{original}0"))
    assert report.outcome in {Outcome.BROKEN, Outcome.UNREADABLE}


def test_a_proof_of_the_wrong_length_is_named() -> None:
    hashes = SEALED["proof"]["hashes"]
    for other in ([], hashes[:-1], hashes[1:], [*hashes, hashes[0]], hashes * 30):
        assert Check.PROOF_LENGTH in checks(check(changed(SEALED, ("proof", "hashes"), other)))


def test_a_proof_of_something_else_is_named() -> None:
    hashes = SEALED["proof"]["hashes"]
    assert Check.PROOF_WRONG in checks(check(changed(SEALED, ("proof", "hashes"), hashes[::-1])))
    assert Check.PROOF_WRONG in checks(check(changed(SEALED, ("proof",), proof_of(b"\x07" * 32, size=7, position=3))))


def test_a_size_that_is_not_the_checkpoint_s_is_named() -> None:
    assert Check.SIZE_OTHER in checks(check(changed(SEALED, ("proof", "tree_size"), 8)))


def test_a_checkpoint_signed_by_another_key_is_named() -> None:
    stranger, namesake = make_key("elsewhere.example/record"), make_key(RECORD)
    leaf = bytes.fromhex(SEALED["leaf_hash"])
    for key in (stranger, namesake):
        report = check(changed(SEALED, ("proof",), proof_of(leaf, key, size=7, position=3)))
        assert Check.CHECKPOINT_OTHER_KEY in checks(report)
        assert report.outcome is Outcome.BROKEN


def test_a_receipt_made_and_signed_by_somebody_else_is_named() -> None:
    report = check(receipt(make_key(RECORD)))
    assert {Check.SIGNATURE_OTHER_KEY, Check.CHECKPOINT_OTHER_KEY} <= checks(report)
    assert report.outcome is Outcome.BROKEN


def test_another_record_of_the_same_authority_is_not_this_one() -> None:
    other = make_key("register.example/other")
    proof = proof_of(bytes.fromhex(SEALED["leaf_hash"]), other, size=7, position=3)
    report = check_receipt(changed(SEALED, ("proof",), proof), [KEY.public, other.public])
    assert Check.CHECKPOINT_OTHER_RECORD in checks(report)


def test_a_forged_signature_under_the_right_name_is_named() -> None:
    lines = SEALED["proof"]["checkpoint"].split("\n")
    forged = sign_checkpoint(8, b"\x01" * 32, KEY).split("\n")
    mixed = "\n".join([*lines[:-2], forged[-2], ""])
    assert Check.CHECKPOINT_BROKEN in checks(check(changed(SEALED, ("proof", "checkpoint"), mixed)))
    assert Check.SIGNATURE_BROKEN in checks(check(changed(SEALED, ("signature",), f"x\n\n{forged[-2]}\n")))


def test_what_was_signed_of_another_receipt_is_of_no_use() -> None:
    other = receipt(facts=[{"label": "Points", "value": "200"}])
    report = check(changed(SEALED, ("signature",), other["signature"]))
    assert Check.SIGNATURE_CHANGED in checks(report)
    checkpoint = sign_note(signed_text(SEALED), KEY)
    assert Check.CHECKPOINT_BROKEN in checks(check(changed(SEALED, ("proof", "checkpoint"), checkpoint)))
    assert Check.SIGNATURE_CHANGED in checks(check(changed(SEALED, ("signature",), SEALED["proof"]["checkpoint"])))


def test_without_a_signature_only_the_entry_counts() -> None:
    report = check(changed(changed(SEALED, ("signature",), ""), ("facts", 0, "value"), "Yesterday"))
    assert report.outcome is Outcome.NOT_SIGNED
    assert "not the printed lines" in outcome_of(report)


def test_what_was_erased_or_left_out_leaves_the_rest_proven() -> None:
    fewer = copy.deepcopy(SEALED)
    del fewer["openings"]["submitter"]
    report = check(fewer)
    assert report.outcome is Outcome.PROVEN
    [missing] = [finding for finding in report.findings if finding.check is Check.OPENING_MISSING]
    assert sentence_of(missing).startswith("“Who sent it” is not in this receipt")


def test_what_was_added_is_named() -> None:
    more = changed(SEALED, ("openings", "file-2"), {"salt": "0" * 64, "value": "1" * 64})
    report = check(more)
    [added] = [finding for finding in report.findings if finding.check is Check.OPENING_UNKNOWN]
    assert report.outcome is Outcome.BROKEN
    assert sentence_of(added).startswith("“File 2” was added")


def test_a_commitment_that_hides_nothing_asks_for_no_opening() -> None:
    blind = entry_of(commitments={"blind": "0" * 64})
    assert Check.OPENING_MISSING not in checks(check(receipt(entry=blind, openings={})))


def test_a_receipt_of_one_kind_does_not_pass_for_another() -> None:
    report = check(receipt(kind="certificate"))
    assert Check.KIND_OTHER in checks(report)
    assert Check.REFERENCE_OTHER in checks(check(receipt(reference="C-0000-0000-0")))
    assert Check.REFERENCE_FITS in checks(check(receipt(reference=f"{NUMBER}.2")))


DEEP = b"[" * 100_000
WHOLE = receipt_bytes(SEALED)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", Problem.EMPTY),
        (b" \n ", Problem.EMPTY),
        (b"x" * (LARGEST + 1), Problem.TOO_LARGE),
        (b"\xff\xfe{}", Problem.NOT_UTF8),
        (b"\x89PNG\r\n\x1a\n\x00", Problem.NOT_UTF8),
        (b"hello", Problem.NOT_JSON),
        (WHOLE[:-5], Problem.NOT_JSON),
        (DEEP, Problem.TOO_DEEP),
        (b'{"a":' * 50_000, Problem.TOO_DEEP),
        (b'{"format": "prtr-receipt/1", "a": ' + b"[" * 20 + b"]" * 20 + b"}", Problem.TOO_DEEP),
        (b'{"position": ' + b"9" * 100_000 + b"}", Problem.NUMBER),
        (b'{"position": 9007199254740993}', Problem.NUMBER),
        (b'{"position": 1.5}', Problem.NUMBER),
        (b'{"position": 1e999}', Problem.NUMBER),
        (b'{"position": NaN}', Problem.NUMBER),
        (b'{"a": 1, "a": 2}', Problem.TWICE),
        (b'{"a": "\\ud800"}', Problem.SURROGATE),
        (b'{"\\ud800": 1}', Problem.SURROGATE),
        (b"[]", Problem.NOT_A_RECEIPT),
        (b'"prtr-receipt/1"', Problem.NOT_A_RECEIPT),
        (b"null", Problem.NOT_A_RECEIPT),
        (b'{"format": 1}', Problem.NOT_A_RECEIPT),
        (WHOLE.replace(b"prtr-receipt/1", b"prtr-receipt/2"), Problem.OTHER_FORMAT),
        (b'{"format": "prtr-receipt/1"}', Problem.MISSING),
        (WHOLE.replace(b'"kind"', b'"Kind"'), Problem.MISSING),
        (WHOLE.replace(b'"proof"', b'"more": 1, "proof"'), Problem.UNKNOWN),
        (WHOLE.replace(b'"position": 3', b'"position": true'), Problem.WRONG_TYPE),
        (WHOLE.replace(b'"position": 3', b'"position": "3"'), Problem.WRONG_TYPE),
        (b"%PDF-1.7\n%%EOF", Problem.PDF_WITHOUT),
    ],
    ids=lambda value: value.name if isinstance(value, Problem) else repr(value[:24]),
)
def test_what_is_no_receipt_is_answered_with_a_sentence(data: bytes, problem: Problem) -> None:
    report = check_file(data, KEYS)
    assert (report.outcome, report.problem) == (Outcome.UNREADABLE, problem)
    assert sentence_about(problem, report.where).endswith(".")


def test_there_is_a_sentence_for_every_finding_and_every_problem() -> None:
    values = dict.fromkeys(
        (
            "format",
            "kind",
            "verb",
            "reference",
            "subject",
            "name",
            "signer",
            "record",
            "size",
            "position",
            "claimed",
            "day",
        ),
        "x",
    )
    assert all("%" not in sentence_of(Finding(each, values)) for each in Check)
    assert all("%" not in sentence_about(each, "x") for each in Problem)


def as_pdf(attachment: bytes, *, deflated: bool = False, length: int | None = None) -> bytes:
    """As much of a PDF as holds an attachment."""
    content = zlib.compress(attachment) if deflated else attachment
    described = f"/Length {len(content) if length is None else length}{'/Filter/FlateDecode' if deflated else ''}"
    head = f"%PDF-1.7\n7 0 obj\n<<{described}/Type/EmbeddedFile/Subtype/application#2Fjson>>\nstream\n"
    return head.encode() + content + b"\nendstream\nendobj\n%%EOF"


@pytest.mark.parametrize("deflated", [False, True])
def test_the_receipt_is_found_in_a_pdf(deflated: bool) -> None:
    assert check_file(as_pdf(WHOLE, deflated=deflated), KEYS).outcome is Outcome.PROVEN
    edited = WHOLE.replace(b"Please measure monthly", b"Please measure  yearly")
    assert check_file(as_pdf(edited, deflated=deflated), KEYS).outcome is Outcome.BROKEN


@pytest.mark.parametrize(
    "data",
    [
        as_pdf(b" " * (LARGEST + 1), deflated=True),
        as_pdf(WHOLE, length=10),
        as_pdf(b"\x00" * 99, length=999_999_999),
        as_pdf(WHOLE, deflated=True)[:-900],
        b"%PDF-" + b"/EmbeddedFile" * 200_000,
        b"%PDF-" + b"obj<<" * 400_000,
    ],
    ids=["bomb", "short", "long", "cut", "many", "open"],
)
def test_a_pdf_made_to_do_harm_is_no_receipt(data: bytes) -> None:
    assert check_file(data, KEYS).problem is Problem.PDF_WITHOUT
