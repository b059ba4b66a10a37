"""Leaves put together from the columns of entries as PostgreSQL sends them.

It could do so itself, but whoever verifies waits for it already: so the work is shared between the two. What is stored
goes into the leaf as it is: a text is quoted, and nothing is read and written anew.
"""

import json
from collections.abc import Sequence
from typing import Final

# How PostgreSQL sends the columns of some entries `e`: each as one text, with a line for every entry.
COLUMNS: Final = (
    "concat_ws(chr(9), e.actor_role, e.area, e.public, e.subject_kind, e.verb)",
    "e.subject_reference",
    "e.commitments",
    "e.facts",
    "e.id::text",
)
_CODES: Final = 5


def join_leaves(count: int, columns: Sequence[str | None], instants: Sequence[str]) -> list[bytes] | None:
    """Return the bytes of some leaves, or None where the lines are not as many as the leaves.

    So it is where an entry is gone, and where a text has a line break or a tab, which hardly ever happens.
    """
    lines = [(column or "").split("\n") for column in columns]
    if any(len(column) != count for column in (*lines, instants)):
        return None
    codes, references, commitments, facts, keys = lines
    around = {}
    for line in set(codes):
        parts = line.split("\t")
        if len(parts) != _CODES:
            return None
        around[line] = _around(*parts)
    if not _is_plain(columns[1] or ""):
        references = [_quoted(reference)[1:-1] for reference in references]
    rows = zip(map(around.__getitem__, codes), commitments, facts, keys, instants, references, strict=True)
    return [
        f'{first}{committed},"facts":{fact},"id":{key},"instant":"{instant}{middle}{reference}{last}'.encode()
        for (first, middle, last), committed, fact, key, instant, reference in rows
    ]


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
