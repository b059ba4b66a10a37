"""What a printer would do to a text typed on a keyboard: apostrophes everywhere, fixed spaces in French."""

import re
from typing import Final

_APOSTROPHE: Final = re.compile(r"(?<=\w)'(?=\w)|(?<=s)'(?=\s)")
_QUOTED: Final = re.compile(r'"([^"\n]+)"')
_NARROW: Final = "\u202f"
_FIXED: Final = "\u00a0"
_BEFORE_SIGN: Final = re.compile(r"[ \u00a0](?=[;?!])")
_BEFORE_COLON: Final = re.compile(r" (?=[:%])")
_BEFORE_DASH: Final = re.compile(r"(?<=[^\n>]) (?=—)")  # but not in the mark of a quotation's source, "> — "
_THOUSANDS: Final = re.compile(r"(?<=\d) (?=\d{3}\b)")


def typeset(text: str, language: str) -> str:
    """Return a text with the apostrophes and fixed spaces of its language; addresses of links are left alone."""
    text = _APOSTROPHE.sub("’", text)
    if language == "en":
        text = _QUOTED.sub(r"“\1”", text)
    if language == "fr":
        text = _BEFORE_SIGN.sub(_NARROW, text)
        text = _BEFORE_COLON.sub(_FIXED, text)
        text = text.replace("« ", f"«{_FIXED}").replace(" »", f"{_FIXED}»")
        text = _THOUSANDS.sub(_NARROW, text)
    elif language == "ru":
        text = _BEFORE_DASH.sub(_FIXED, text)
        text = _THOUSANDS.sub(_FIXED, text)
    return text
