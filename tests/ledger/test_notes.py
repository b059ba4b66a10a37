"""Notes and checkpoints are those that other tools write: the published example, and everything that is none."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import notes
from ledger.notes import InvalidNote

# The example of the format's first implementation, which the specification takes over.
PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
SIGNATURE = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
NOTE = f"{TEXT}\n\N{EM DASH} PeterNeumann {SIGNATURE}\n"

KEY = notes.PrivateKey("register.example/record", bytes(range(32)))
OTHER = notes.PrivateKey("register.example/record", bytes(32))


class TestPublishedExample:
    def test_the_key_is_read_and_written(self) -> None:
        key = notes.parse_private_key(f" {PRIVATE}\n")
        assert (key.to_text(), str(key.public)) == (PRIVATE, PUBLIC)
        assert notes.parse_public_key(PUBLIC) == key.public

    def test_the_note_is_made_and_verified(self) -> None:
        assert notes.sign_note(TEXT, notes.parse_private_key(PRIVATE)) == NOTE
        assert notes.verify_note(NOTE, [notes.parse_public_key(PUBLIC)]) == TEXT


def test_a_private_key_does_not_show_itself() -> None:
    assert PRIVATE[-20:] not in repr(notes.parse_private_key(PRIVATE))


@given(st.integers(0, 2**62), st.binary(min_size=32, max_size=32))
def test_a_checkpoint_comes_back_as_it_was_signed(size: int, root: bytes) -> None:
    note = notes.sign_checkpoint(size, root, KEY)
    checkpoint = notes.Checkpoint("register.example/record", size, root)
    assert notes.verify_checkpoint(note, [KEY.public]) == checkpoint
    assert note.split("\n")[:4] == ["register.example/record", str(size), base64.b64encode(root).decode(), ""]


def test_a_note_with_more_signatures_than_anybody_makes_is_refused_unread() -> None:
    note = notes.sign_checkpoint(1, bytes(32), KEY)
    signature = note.rpartition("\n\n")[2]
    assert notes.verify_checkpoint(note + signature * 99, [KEY.public]).size == 1
    with pytest.raises(InvalidNote, match="101 signatures; 100 are possible"):
        notes.verify_checkpoint(note + signature * 100, [KEY.public])


def test_signatures_of_witnesses_are_passed_over() -> None:
    witness = notes.make_key("witness.example")
    note = notes.sign_note(notes.checkpoint_text(notes.Checkpoint(KEY.name, 1, bytes(32))), witness, KEY)
    assert notes.verify_checkpoint(note, [KEY.public]).size == 1
    assert notes.verify_note(note, [witness.public]).startswith(KEY.name)


def test_a_checkpoint_signed_by_another_key_is_refused() -> None:
    note = notes.sign_checkpoint(5, bytes(32), OTHER)
    with pytest.raises(InvalidNote, match=r"None of the given keys has signed this.*another key"):
        notes.verify_checkpoint(note, [KEY.public])
    stranger = notes.make_key("elsewhere.example/record")
    text = notes.checkpoint_text(notes.Checkpoint(KEY.name, 5, bytes(32)))
    with pytest.raises(InvalidNote, match="None of the given keys"):  # a known key, which is not that of this record
        notes.verify_checkpoint(notes.sign_note(text, stranger), [stranger.public])


@given(st.data())
def test_a_note_changed_anywhere_is_refused(data: st.DataObject) -> None:
    note = notes.sign_checkpoint(70_001, bytes(32), KEY)
    place = data.draw(st.integers(0, len(note) - 1))
    character = data.draw(st.characters(min_codepoint=32, max_codepoint=1100).filter(lambda one: one != note[place]))
    changed = note[:place] + character + note[place + 1 :]
    with pytest.raises(InvalidNote):
        notes.verify_checkpoint(changed, [KEY.public])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty line"),
        ("text\n", "empty line"),
        (NOTE.rstrip("\n"), "line break"),
        (NOTE.replace("\N{EM DASH}", "-"), "dash"),
        (NOTE.replace(" x08", " x0"), "base64"),
        (NOTE.replace(SIGNATURE, "AAAA"), "too short"),
        (f"{TEXT}\n\N{EM DASH} a+b {SIGNATURE}\n", "one word"),
        (f"tab\t{NOTE}", "control"),
        ("x" * 1_000_001, "too long"),
        (NOTE.replace(SIGNATURE, base64.b64encode(b"\xc7\x4f\x20\xa3short").decode()), "64 bytes"),
    ],
)
def test_what_is_no_note_is_answered_with_a_sentence(text: str, says: str) -> None:
    with pytest.raises(InvalidNote, match=says):
        notes.verify_note(text, [notes.parse_public_key(PUBLIC)])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("register.example/record\n5\n", "three lines"),
        ("\n5\nAAAA\n", "three lines"),
        ("register.example/record\n05\nAAAA\n", "whole number"),
        ("register.example/record\n99999999999999999999\nAAAA\n", "whole number"),
        ("register.example/record\n5\nno base64\n", "base64"),
        ("register.example/record\n5\nAAAA\n", "32 bytes"),
    ],
)
def test_what_is_no_checkpoint_is_answered_with_a_sentence(text: str, says: str) -> None:
    with pytest.raises(InvalidNote, match=says):
        notes.parse_checkpoint(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "begins with PRIVATE"),
        (PUBLIC, "begins with PRIVATE"),
        (PRIVATE[:-4], "32 bytes"),
        (PRIVATE.replace("c74f20a3", "c74f20a4"), "do not belong together"),
        (PRIVATE.replace("c74f20a3", "C74F20A3"), "small hexadecimal"),
        ("PRIVATE+KEY+name", "name\\+hash\\+key"),
        ("PRIVATE+KEY+two words+c74f20a3+AAAA", "one word"),
    ],
)
def test_a_malformed_private_key_is_answered_with_a_sentence_that_repeats_nothing_of_it(text: str, says: str) -> None:
    with pytest.raises(InvalidNote, match=says) as refused:
        notes.parse_private_key(text)
    assert "AYEKFALVFGyN" not in str(refused.value)


def test_a_private_key_in_place_of_the_public_one_is_pointed_out() -> None:
    with pytest.raises(InvalidNote, match="keep it secret"):
        notes.parse_public_key(PRIVATE)
    with pytest.raises(InvalidNote, match="do not belong together"):
        notes.parse_public_key(PUBLIC.replace("Peter", "Petra"))
