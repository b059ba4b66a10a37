"""Reads what the demonstration adds to pages and writes into consultations, in the markup of `design.markup`."""

from design.guidance import with_keys
from design.markup import Address, Block, MarkupError, chunks_of, read_blocks


def read_addition(source: str, address: Address, name: str) -> list[Block]:
    """Return the blocks that are added to a page which came with the platform."""
    return with_keys(list(read_blocks(chunks_of(source), address)), f"{name}/addition")


def read_background(source: str) -> list[Block]:
    """Return the background of a consultation: headings, paragraphs and lists, without links."""

    def refuse(target: str) -> str:
        raise MarkupError(f"The background of a consultation has no links: {target!r}.")

    return [
        {"type": "heading", "value": block["value"]["text"]} if block["type"] == "heading" else block
        for block in read_blocks(chunks_of(source), refuse)
    ]
