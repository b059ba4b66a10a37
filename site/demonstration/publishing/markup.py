"""Reads the pages and backgrounds of the demonstration, which are written in the markup of `design.markup`.

A page begins with `title:` and `description:`, an empty line, then paragraphs; the first one is the introduction.
"""

import uuid
from dataclasses import dataclass
from typing import Final

from design.markup import Address, Block, MarkupError, chunks_of, inline, read_blocks, read_head

__all__ = ["Address", "Block", "MarkupError", "PageText", "inline", "read_background", "read_page"]

_KEYS: Final = uuid.UUID("8f0f4a52-3d6e-4a0c-9f7c-5b1f5a2f6b10")


@dataclass(frozen=True)
class PageText:
    """One page in one language."""

    title: str
    description: str
    introduction: str
    blocks: list[Block]


def read_page(source: str, address: Address) -> PageText:
    """Return the page that a text describes; `address` gives the opening tag of a link to what is named in brackets."""
    fields, body = read_head(source, ("title", "description"))
    chunks = chunks_of(body)
    if not chunks:
        raise MarkupError(f"A page has an introduction; this one has none: {fields['title']!r}.")
    blocks = list(read_blocks(chunks[1:], address))
    for position, block in enumerate(blocks):
        # The same keys whenever the page is built: an editor's comparison then shows only what somebody changed.
        block["id"] = str(uuid.uuid5(_KEYS, f"{fields['title']}/{position}"))
    return PageText(
        title=fields["title"],
        description=fields["description"],
        introduction=f"<p>{inline(chunks[0], address)}</p>",
        blocks=blocks,
    )


def read_background(source: str) -> list[Block]:
    """Return the background of a consultation: headings, paragraphs and lists, without links."""

    def refuse(target: str) -> str:
        raise MarkupError(f"The background of a consultation has no links: {target!r}.")

    return [
        {"type": "heading", "value": block["value"]["text"]} if block["type"] == "heading" else block
        for block in read_blocks(chunks_of(source), refuse)
    ]
