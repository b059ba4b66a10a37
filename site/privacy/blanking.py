"""Taking a name out of a text in which it stands word for word."""

import re
from collections.abc import Iterable
from typing import Final

_SHORTEST: Final = 3  # letters: a shorter name is part of too many words to be found by itself
ERASED_WORD: Final = "[…]"


def blanked(text: str, words: Iterable[str]) -> str:
    """Return a text with a sign for each of some words that stands in it by itself, however it is capitalised."""
    sought = sorted({word.strip() for word in words if len(word.strip()) >= _SHORTEST}, key=len, reverse=True)
    if not sought:
        return text
    return re.sub(rf"(?<!\w)(?:{'|'.join(map(re.escape, sought))})(?!\w)", ERASED_WORD, text, flags=re.IGNORECASE)
