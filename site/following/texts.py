"""What texts become before they go into a feed or a calendar: the same words, without what neither may hold."""

import re
from typing import Final

# What XML 1.0 cannot say, not even escaped, and what RFC 5545 does not allow in a text. Of halves of characters, and
# of what is no character, neither knows anything. One of them in one text would take the whole file from everybody.
_FORBIDDEN: Final = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
# Some programs end a line where others see one character of many.
_LINE_ENDS: Final = re.compile("\r\n|[\r\x85\u2028\u2029]")


def writable(text: str) -> str:
    """Return a text as it may stand in a feed and in a calendar, its lines ended in one way."""
    return _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """Return a name or a title as it may stand there: all of it on one line."""
    return " ".join(writable(text).split())
