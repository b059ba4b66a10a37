"""Tracking numbers that people quote, and the secrets that open what only they may see.

A number is a letter for the area, eight characters and a check character: "C-7KQ2-M4XD-9". The alphabet is Crockford's
base 32 (no I, L, O or U), so that it can be written by hand and said on the telephone. The check is the number's value
modulo 37, as Crockford has it: every single wrong character and every exchange of two neighbours is found. Values whose
check would need one of Crockford's five extra signs are not given out.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LONGEST_TYPED: Final = 40  # more than any number, however it is spaced
_MODULUS: Final = 37
_PAYLOAD: Final = 8
_LENGTH: Final = 1 + _PAYLOAD + 1  # area letter, payload, check
_SECRET: Final = 16  # 80 bits: too many to guess, few enough to type
_READ_AS: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
# Dashes of every kind, spaces, and marks that a copied text may bring with it.
_SEPARATORS: Final = re.compile(r"[\s\-\u2010-\u2015\u2212_.,:;/#№\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
# Characters that are taken for one another on paper or by ear, or that share a key in another alphabet.
_LOOK_ALIKES: Final = (
    "0DQ",
    "1J7T",
    "2Z",
    "4A",
    "5S",
    "6G",
    "8B",
    "9GP",
    "VYUW",
    "MN",
    "CG",
    "EF",
    "KX",
    "BPDTV",
    "CK",
)
_CYRILLIC: Final = str.maketrans("АВЕКМНОРСТУХЗ", "ABEKMH0PCTYX3")


class InvalidTrackingNumber(ValueError):  # noqa: N818 -- reads as what it is
    """What was typed is no tracking number; the message is a sentence.

    `candidates` are the numbers it may have been, the likeliest first; `suggestion` is the one that a mistake of eye or
    ear explains, where there is only one.
    """

    def __init__(self, message: str, suggestion: str = "", candidates: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.suggestion = suggestion
        self.candidates = candidates


def new_tracking_number(prefix: str) -> str:
    """Return a number nobody can foresee, for an area's letter, such as "C-7KQ2-M4XD-9"."""
    while True:
        body = prefix + "".join(secrets.choice(ALPHABET) for _position in range(_PAYLOAD))
        check = _value(body) % _MODULUS
        if check < len(ALPHABET):
            return _grouped(body + ALPHABET[check])


def normalise_tracking_number(text: str) -> str:
    """Return the number as it was given out, however it was typed; raise InvalidTrackingNumber if it is none."""
    typed = bare_number(text)
    if not typed:
        raise InvalidTrackingNumber(_("Type your tracking number; it stands on your receipt."))
    if len(typed) != _LENGTH:
        raise InvalidTrackingNumber(
            _("A tracking number has ten letters and digits. Yours has %(count)s.") % {"count": len(typed)}
        )
    if _is_valid(typed):
        return _grouped(typed)
    found = {*_swapped(typed), *_looking_alike(typed)}
    raise InvalidTrackingNumber(
        _("There is no such tracking number: one of its characters is wrong. Please compare it with your receipt."),
        suggestion=_grouped(found.pop()) if len(found) == 1 else "",
        candidates=list(dict.fromkeys(_grouped(number) for number in _candidates(typed))),
    )


def bare_number(text: str) -> str:
    """Return the beginning of a number or any part of it as it is compared: no dashes, capitals, no look-alikes."""
    return _SEPARATORS.sub("", str(text)[:200].upper()).translate(_CYRILLIC).translate(_READ_AS)


def new_secret() -> str:
    """Return a secret of 80 bits in four groups, such as "7KQ2-M4XD-9TWB-3HJR"."""
    return _in_fours("".join(secrets.choice(ALPHABET) for _position in range(_SECRET)))


def derived_secret(key: str) -> str:
    """Return the secret that belongs to a key only its holder has; the same key always gives the same secret."""
    number = int.from_bytes(hashlib.sha256(f"tracking.secret:{key}".encode()).digest(), "big")
    letters = []
    for _position in range(_SECRET):
        number, digit = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[digit])
    return _in_fours("".join(letters))


def secret_digest(secret: str, number: str) -> str:
    """Return what is stored instead of the secret of a tracking number: from it the secret cannot be found again."""
    return hashlib.sha256(f"{number}:{bare_number(secret)}".encode()).hexdigest()


def secret_opens(secret: str, number: str, digest: str) -> bool:
    """Return whether a secret, however it was typed, is the one of a tracking number."""
    return bool(digest) and hmac.compare_digest(secret_digest(secret, number), digest)


def _value(body: str) -> int:
    """Return the value of area letter and payload; the letter counts, so that one area's number is not another's."""
    value = ord(body[0]) - ord("A")
    for character in body[1:]:
        value = value * len(ALPHABET) + ALPHABET.index(character)
    return value


def _is_valid(number: str) -> bool:
    letter, rest = number[0], number[1:]
    if not ("A" <= letter <= "Z") or any(character not in ALPHABET for character in rest):
        return False
    return _value(number[:-1]) % _MODULUS == ALPHABET.index(rest[-1])


def _candidates(typed: str) -> Iterator[str]:
    """Yield the numbers that somebody may have meant, the likeliest first.

    First the number whose check character alone is wrong, then those with one other character wrong, first of all one
    that looks or sounds alike, then those in which two neighbours are exchanged. The letter of the area is read aloud
    as a word and hardly ever wrong: it stays.
    """
    yield from _with_one_other(typed, _LENGTH - 1, ALPHABET)
    yield from _looking_alike(typed)
    for index in range(1, _LENGTH - 1):
        yield from _with_one_other(typed, index, ALPHABET)
    yield from _swapped(typed)


def _swapped(typed: str) -> Iterator[str]:
    for index in range(1, _LENGTH - 1):
        swapped = typed[:index] + typed[index + 1] + typed[index] + typed[index + 2 :]
        if _is_valid(swapped):
            yield swapped


def _looking_alike(typed: str) -> Iterator[str]:
    for index in range(1, _LENGTH):
        for family in _LOOK_ALIKES:
            if typed[index] in family:
                yield from _with_one_other(typed, index, family)


def _with_one_other(typed: str, index: int, characters: str) -> Iterator[str]:
    for other in characters:
        candidate = typed[:index] + other + typed[index + 1 :]
        if other in ALPHABET and _is_valid(candidate):
            yield candidate


def _grouped(number: str) -> str:
    return f"{number[0]}-{number[1:5]}-{number[5:9]}-{number[9:]}"


def _in_fours(text: str) -> str:
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))
