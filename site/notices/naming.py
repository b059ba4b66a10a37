"""What a letter is about, in words for officials: what the record calls it, or what its room says here.

Letters name their subjects by kind and reference, such as "submission:C-7KQ2-M4XD-9". A room whose subjects the record
does not know says in its `wiring.py`:

    call_subject("following", _("Following"))
"""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst

from ledger.labels import areas


@dataclass(frozen=True)
class Name:
    """A subject in words, with the address under which the record tells of it; none where the record does not."""

    words: str
    url: str = ""


_kinds: Final[dict[str, Promise | str]] = {}


def call_subject(kind: str, words: Promise | str) -> None:
    """Say what subjects of a kind are called that the record does not know; the last to say so counts."""
    _kinds[kind] = words


def name_of(about: str) -> Name:
    """Return what a letter is about; no query, so that a list of hundreds asks none."""
    kind, _colon, rest = about.partition(":")
    reference = rest.partition(":")[0]
    for area in areas().values():
        if kind in area.subjects:
            words = f"{capfirst(str(area.subjects[kind].label))} {reference}"
            return Name(words, f"{reverse('ledger:entries')}?{urlencode({'reference': reference})}")
    return Name(str(_kinds.get(kind) or kind.replace("-", " ").replace("_", " ")))
