"""Signed notes and checkpoints as other tools write them: C2SP signed-note and tlog-checkpoint, with Ed25519.

A note is a text, an empty line, and a line for each signature. A checkpoint is a note of three lines: whose record,
how many entries, and the root over them. Pure functions: no database, no settings.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519: Final = b"\x01"
_PRIVATE: Final = "PRIVATE+KEY+"
_HASH_BYTES: Final = 4
_KEY_BYTES: Final = 32
_SIGNATURE_BYTES: Final = 64
_ROOT_BYTES: Final = 32
_BEGINS: Final = "\N{EM DASH} "
_LONGEST: Final = 1_000_000  # characters
_MOST_SIGNATURES: Final = 100  # as in the reference implementation: whoever sends a million has us check no million
_LARGEST_SIZE: Final = 2**63 - 1
_BODY_LINES: Final = 3
_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,18}")
_HEX: Final = re.compile(r"[0-9a-f]{8}")


class InvalidNote(ValueError):  # noqa: N818 -- reads as what it is
    """A note, a checkpoint or a key is not what it should be; the message is a sentence."""


@dataclass(frozen=True)
class PublicKey:
    """By what the signatures of one signer are checked."""

    name: str
    raw: bytes

    @property
    def hash(self) -> bytes:
        """Four bytes by which a signature says which key made it."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.raw).digest()[:_HASH_BYTES]

    def __str__(self) -> str:
        """Return the key as people pass it on: name, hash and key."""
        return f"{self.name}+{self.hash.hex()}+{_base64(_ED25519 + self.raw)}"


@dataclass(frozen=True, repr=False)
class PrivateKey:
    """What makes signatures; whoever has it can speak in its name."""

    name: str
    seed: bytes

    @property
    def public(self) -> PublicKey:
        """The other half, which everybody may know."""
        return PublicKey(self.name, self._key().public_key().public_bytes_raw())

    def sign(self, text: str) -> bytes:
        """Return the signature of a text."""
        return self._key().sign(text.encode())

    def to_text(self) -> str:
        """Return the key as it is kept: secret."""
        return f"{_PRIVATE}{self.name}+{self.public.hash.hex()}+{_base64(_ED25519 + self.seed)}"

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


@dataclass(frozen=True)
class Note:
    """A text with the signatures below it: name, hash of the key and signature of each."""

    text: str
    signatures: tuple[tuple[str, bytes, bytes], ...]


@dataclass(frozen=True)
class Checkpoint:
    """What a record was at a size: everything up to there is in the root."""

    origin: str
    size: int
    root: bytes


def make_key(name: str) -> PrivateKey:
    """Return a new key under a name, which has no space and no plus sign."""
    _require_name(name)
    return PrivateKey(name, Ed25519PrivateKey.generate().private_bytes_raw())


def parse_private_key(text: str) -> PrivateKey:
    """Return the private key that a text holds; raise InvalidNote, which repeats nothing of it."""
    text = text.strip()
    if not text.startswith(_PRIVATE):
        raise InvalidNote("A private key begins with PRIVATE+KEY+; make one with: manage.py make_record_key.")
    name, given_hash, seed = _parse_key(text.removeprefix(_PRIVATE))
    key = PrivateKey(name, seed)
    if key.public.hash != given_hash:
        raise InvalidNote("The parts of the key do not belong together: a character is missing or wrong.")
    return key


def parse_public_key(text: str) -> PublicKey:
    """Return the public key that a text such as name+hash+key holds; raise InvalidNote."""
    text = text.strip()
    if text.startswith(_PRIVATE):
        raise InvalidNote("This is a private key: keep it secret, and give the public one, which begins with the name.")
    name, given_hash, raw = _parse_key(text)
    key = PublicKey(name, raw)
    if key.hash != given_hash:
        raise InvalidNote("The parts of the key do not belong together: a character is missing or wrong.")
    return key


def sign_note(text: str, *keys: PrivateKey) -> str:
    """Return a text, which ends with a line break, with a signature of each key."""
    _require_text(text)
    lines = [f"{_BEGINS}{key.name} {_base64(key.public.hash + key.sign(text))}\n" for key in keys]
    return f"{text}\n{''.join(lines)}"


def parse_note(note: str) -> Note:
    """Return the parts of a note, its signatures unchecked; raise InvalidNote where it is none."""
    if len(note) > _LONGEST:
        raise InvalidNote("The note is too long.")
    text, parted, below = note.rpartition("\n\n")
    if not parted or not below.endswith("\n"):
        raise InvalidNote("A note has an empty line between its text and its signatures, and ends with a line break.")
    text += "\n"
    _require_text(text)
    lines = below[:-1].split("\n")
    if len(lines) > _MOST_SIGNATURES:
        raise InvalidNote(f"The note has {len(lines)} signatures; {_MOST_SIGNATURES} are possible.")
    return Note(text, tuple(_parse_signature(line) for line in lines))


def verify_note(note: str, keys: Iterable[PublicKey]) -> str:
    """Return the text of a note that one of the keys has signed; raise InvalidNote where none has.

    Signatures by others are passed over, as the format has it; a wrong one that names a known key is refused.
    """
    parsed = parse_note(note)
    known = {(key.name, key.hash): key for key in keys}
    signed = False
    for name, key_hash, signature in parsed.signatures:
        key = known.get((name, key_hash))
        if key is not None:
            _verify_signature(key, parsed.text, signature)
            signed = True
    if not signed:
        names = ", ".join(sorted({name for name, _hash, _signature in parsed.signatures}))
        raise InvalidNote(f"None of the given keys has signed this: it is signed by {names or 'nobody'}, another key.")
    return parsed.text


def checkpoint_text(checkpoint: Checkpoint) -> str:
    """Return the text of a checkpoint, which is then signed."""
    return f"{checkpoint.origin}\n{checkpoint.size}\n{_base64(checkpoint.root)}\n"


def sign_checkpoint(size: int, root: bytes, key: PrivateKey) -> str:
    """Return the signed note about a size and a root, of the record that has the key's name."""
    return sign_note(checkpoint_text(Checkpoint(key.name, size, root)), key)


def parse_checkpoint(text: str) -> Checkpoint:
    """Return what the text of a note says about a record; lines after the third are passed over."""
    lines = text.split("\n")
    if len(lines) <= _BODY_LINES or not lines[0]:
        raise InvalidNote("A checkpoint has three lines: whose record it is, its size, and its root.")
    if not _SIZE.fullmatch(lines[1]) or int(lines[1]) > _LARGEST_SIZE:
        raise InvalidNote("The second line of a checkpoint is a whole number: the size of the record.")
    root = _from_base64(lines[2], "The third line of a checkpoint is its root in base64.")
    if len(root) != _ROOT_BYTES:
        raise InvalidNote("The root of a checkpoint has 32 bytes.")
    return Checkpoint(lines[0], int(lines[1]), root)


def verify_checkpoint(note: str, keys: Iterable[PublicKey]) -> Checkpoint:
    """Return what a signed checkpoint says; raise InvalidNote unless a key of the record it names has signed it."""
    checkpoint = parse_checkpoint(parse_note(note).text)
    verify_note(note, [key for key in keys if key.name == checkpoint.origin])
    return checkpoint


def _parse_key(text: str) -> tuple[str, bytes, bytes]:
    """Return name, hash and the 32 bytes of a key."""
    name, parted, rest = text.partition("+")
    key_hash, parted_again, encoded = rest.partition("+")
    if not parted or not parted_again or not _HEX.fullmatch(key_hash):
        raise InvalidNote("A key is written as name+hash+key, the hash in eight small hexadecimal digits.")
    _require_name(name)
    content = _from_base64(encoded, "The last part of a key is written in base64.")
    if content[:1] != _ED25519 or len(content) != 1 + _KEY_BYTES:
        raise InvalidNote("Only Ed25519 keys are understood: 32 bytes, with a 1 before them.")
    return name, bytes.fromhex(key_hash), content[1:]


def _parse_signature(line: str) -> tuple[str, bytes, bytes]:
    name, parted, encoded = line.removeprefix(_BEGINS).partition(" ")
    if not line.startswith(_BEGINS) or not parted:
        raise InvalidNote("A line of a signature is: a dash, the name of the signer, and the signature.")
    _require_name(name)
    content = _from_base64(encoded, "A signature is written in base64.")
    if len(content) <= _HASH_BYTES:
        raise InvalidNote("A signature is too short.")
    return name, content[:_HASH_BYTES], content[_HASH_BYTES:]


def _verify_signature(key: PublicKey, text: str, signature: bytes) -> None:
    if len(signature) != _SIGNATURE_BYTES:
        raise InvalidNote("An Ed25519 signature has 64 bytes.")
    try:
        Ed25519PublicKey.from_public_bytes(key.raw).verify(signature, text.encode())
    except (InvalidSignature, ValueError) as error:
        raise InvalidNote(f"The signature of {key.name} does not fit: text or signature was changed.") from error


def _require_name(name: str) -> None:
    if not name or "+" in name or any(character.isspace() or not character.isprintable() for character in name):
        raise InvalidNote("The name of a key is one word without a plus sign, such as register.example/record.")


def _require_text(text: str) -> None:
    if not text.endswith("\n") or any(character < " " and character != "\n" for character in text):
        raise InvalidNote("The text of a note ends with a line break, and has no other control characters.")


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _from_base64(text: str, sentence: str) -> bytes:
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidNote(sentence) from error
    if base64.b64encode(content).decode() != text:
        raise InvalidNote(sentence)
    return content
