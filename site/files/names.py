"""Names of files as they are shown and handed out: one line, no folders, nothing that turns or hides letters."""

import re
import unicodedata
from typing import Final

from files.kinds import RULES, Kind

LONGEST_NAME: Final = 120
_NAMELESS: Final = "file"
_LONGEST_ENDING: Final = 10
# What some system takes for something else than a letter of a name.
_SPECIAL: Final = re.compile(r'[<>:"|?*%]')
# Control characters, marks that turn the reading direction or cannot be seen, halves of characters, unknown ones.
_HIDDEN: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_ENDING: Final = re.compile(rf"\.[A-Za-z0-9]{{1,{_LONGEST_ENDING}}}$")


def clean_name(name: str, kind: Kind) -> str:
    """Return a name that is safe to show and to hand out, with an ending that says what the file truly is."""
    stem, ending = _split(_one_line(name))
    rule = RULES[kind]
    fitting = ending.lower() if ending.lower() in rule.endings else rule.endings[0]
    stem = stem[: LONGEST_NAME - len(fitting) - 1].rstrip(" .") or _NAMELESS
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    return f"{stem}.{fitting}"


def shown_name(name: str) -> str:
    """Return a name as a sentence about a file that was not taken can quote it."""
    return _one_line(name)[:LONGEST_NAME] or _NAMELESS


def _one_line(name: str) -> str:
    last = re.split(r"[/\\]", name)[-1]
    spaced = "".join(" " if character.isspace() else character for character in last)
    visible = "".join(letter for letter in spaced if unicodedata.category(letter) not in _HIDDEN)
    # After what was hidden is gone: two characters may have become one.
    plain = _SPECIAL.sub("_", unicodedata.normalize("NFC", visible))
    return " ".join(plain.split()).strip(" .")


def _split(name: str) -> tuple[str, str]:
    """Return what stands before the ending, and the ending without its dot."""
    found = _ENDING.search(name)
    return (name[: found.start()], found.group()[1:]) if found and found.start() else (name, "")
