"""Leaves put together from the columns of entries as PostgreSQL sends them.

It could do so itself, but whoever verifies waits for it already: so the work is shared between the two. What is stored
goes into the leaf as it is: a text is quoted, and nothing is read and written anew.
"""

import json
from collections.abc import Sequence
from typing import Final

# How PostgreSQL sends the columns of some entries `e`: each as one text, with a line for every entry.
COLUMNS: Final = (
    "e.id::text",
    "(e.instant AT TIME ZONE 'UTC')::text",
    "concat_ws(chr(9), e.actor_role, e.area, e.public, e.subject_kind, e.verb)",
    "e.subject_reference",
    "e.commitments",
    "e.facts",
)
_CODES: Final = 5
_INSTANT: Final = len("2026-11-30T12:00:00.000000")
_TO_THE_SECOND: Final = len("2026-11-30T12:00:00")


def join_leaves(wanted: str, columns: Sequence[str | None]) -> tuple[list[bytes], list[str]] | None:
    """Return the bytes of some leaves and their instants, in the order of the keys that are wanted, one a line.

    None where the lines do not fit: where an entry is gone, and where a text has a line break or a tab, which hardly
    ever happens.
    """
    instants_are_whole = len(columns[1] or "") == (_INSTANT + 1) * ((columns[0] or "").count("\n") + 1) - 1
    lines = [(column or "").split("\n") for column in columns]
    lines[1] = (columns[1] or "").replace(" ", "T").split("\n")
    if wanted != columns[0]:
        order = {key: place for place, key in enumerate(lines[0])}
        places = [order.get(key) for key in wanted.split("\n")]
        if None in places or any(len(column) != len(lines[0]) for column in lines):
            return None
        lines = [[column[place] for place in places if place is not None] for column in lines]
    keys, moments, codes, references, commitments, facts = lines
    if any(len(column) != len(keys) for column in lines):
        return None
    around = {}
    for line in set(codes):
        parts = line.split("\t")
        if len(parts) != _CODES:
            return None
        around[line] = _around(*parts)
    if not _is_plain(columns[3] or ""):
        references = [_quoted(reference)[1:-1] for reference in references]
    instants = moments if instants_are_whole else [_whole(moment) for moment in moments]
    rows = zip(map(around.__getitem__, codes), commitments, facts, keys, instants, references, strict=True)
    contents = [
        f'{first}{committed},"facts":{fact},"id":{key},"instant":"{instant}{middle}{reference}{last}'.encode()
        for (first, middle, last), committed, fact, key, instant, reference in rows
    ]
    return contents, instants


def _whole(moment: str) -> str:
    """Return an instant to the microsecond; PostgreSQL leaves out noughts at the end."""
    return f"{moment}{'' if len(moment) > _TO_THE_SECOND else '.'}".ljust(_INSTANT, "0")


def _around(actor_role: str, area: str, public: str, subject_kind: str, verb: str) -> tuple[str, str, str]:
    """Return what stands in a leaf before the commitments, between instant and reference, and after that."""
    first = f'{{"actor_role":{_quoted(actor_role)},"area":{_quoted(area)},"commitments":'
    said = "true" if public == "t" else "false"
    middle = f'Z","public":{said},"subject_kind":{_quoted(subject_kind)},"subject_reference":"'
    return first, middle, f'","verb":{_quoted(verb)}}}'


def _is_plain(text: str) -> bool:
    """Return whether nothing in the lines of a text needs to be written otherwise in JSON."""
    return '"' not in text and "\\" not in text and text.replace("\n", "").isprintable()


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
