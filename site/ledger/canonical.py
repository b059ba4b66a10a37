"""One way to write JSON, so that the same content always gives the same bytes and the same hash.

That of RFC 8785 for the values the record allows: texts, whole numbers, true, false, null, lists and objects.
"""

import hashlib
import json
from typing import Any, Final

_LARGEST: Final = 2**53 - 1  # whole numbers that every reader of JSON keeps exactly


class NotPlainError(TypeError):
    """A value that has no one way to be written; the message is a sentence."""


def canonical_json(content: Any) -> str:
    """Return JSON that is the same for the same content, so that anybody can repeat the hash."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def sha256_of(text: str) -> str:
    """Return the SHA-256 of a text, as lower-case hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def require_plain(value: Any) -> None:
    """Raise NotPlainError for what the record does not take: fractions, keys beyond ASCII, half characters."""
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, str):
        _require_text(value)
    elif isinstance(value, int):
        if abs(value) > _LARGEST:
            raise NotPlainError(f"{value} is too large a number for the record: write it as a text.")
    elif isinstance(value, list | tuple):
        for one in value:
            require_plain(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise NotPlainError(f"{key!r} cannot be the name of a fact: names are ASCII texts.")
            _require_text(key)
            require_plain(one)
    else:
        raise NotPlainError(f"A {type(value).__name__} has no one way to be written: give the record a text instead.")


def _require_text(text: str) -> None:
    if "\x00" in text:
        raise NotPlainError("A text of the record holds no NUL character.")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise NotPlainError("A text of the record holds half a character.") from error
