"""Reads the small markup in which the pages are written, and gives the blocks that Wagtail keeps.

A file begins with `title:` and `description:`, an empty line, then paragraphs; the first one is the introduction.
`## ` begins a part; lines with `- ` or `1. ` are a list; lines with `> ` are a quotation, its source after `> — `;
`!note Title: text` is a side note; `|= caption` begins a table, and its next line holds the headings of the columns.
`**strong**` and `[words](address)` work inside a line.
"""

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.utils.html import escape

Address = Callable[[str], str]
Block = dict[str, Any]

_LINK: Final = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
_STRONG: Final = re.compile(r"\*\*([^*]+)\*\*")
_NUMBERED: Final = re.compile(r"^\d+\. ")
_KEYS: Final = uuid.UUID("8f0f4a52-3d6e-4a0c-9f7c-5b1f5a2f6b10")


class MarkupError(ValueError):
    """A text that cannot be read; the message says where."""


@dataclass(frozen=True)
class PageText:
    """One page in one language."""

    title: str
    description: str
    introduction: str
    blocks: list[Block]


def read_page(source: str, address: Address) -> PageText:
    """Return the page that a text describes; `address` gives the opening tag of a link to what is named in brackets."""
    head, _, body = source.partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    chunks = [chunk for chunk in re.split(r"\n\s*\n", body.strip()) if chunk.strip()]
    if set(fields) != {"title", "description"} or not chunks:
        raise MarkupError(f"A page begins with its title, its description and an introduction: {head[:60]!r}.")
    blocks = list(_blocks(chunks[1:], address))
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

    chunks = [chunk for chunk in re.split(r"\n\s*\n", source.strip()) if chunk.strip()]
    return [
        {"type": "heading", "value": block["value"]["text"]} if block["type"] == "heading" else block
        for block in _blocks(chunks, refuse)
    ]


def inline(text: str, address: Address) -> str:
    """Return a line as markup: escaped, with strong words and links."""
    markup = _STRONG.sub(r"<b>\1</b>", escape(" ".join(text.split())))
    return _LINK.sub(lambda found: f"{address(found[2].replace('&amp;', '&'))}{found[1]}</a>", markup)


def _blocks(chunks: list[str], address: Address) -> Iterator[Block]:
    """Yield the blocks of a text; paragraphs and lists that follow each other are one block."""
    running: list[str] = []
    for chunk in chunks:
        for part in _parts(chunk):
            special = _special(part)
            if special is None:
                running.append(_paragraph(part, address))
                continue
            if running:
                yield {"type": "paragraph", "value": "".join(running)}
                running = []
            yield special
    if running:
        yield {"type": "paragraph", "value": "".join(running)}


def _parts(chunk: str) -> Iterator[list[str]]:
    """Yield runs of lines of one kind: a heading stands right above its text, a list right below its sentence."""
    run: list[str] = []
    for line in chunk.splitlines():
        if run and _kind(line) != _kind(run[-1]):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _kind(line: str) -> str:
    for mark in ("## ", "- ", "> ", "!note ", "|"):
        if line.startswith(mark):
            return mark
    return "1. " if _NUMBERED.match(line) else ""


def _special(lines: list[str]) -> Block | None:
    """Return the block that lines with a mark make; None where they are running text."""
    kind = _kind(lines[0])
    if kind == "## ":
        return {"type": "heading", "value": {"text": lines[0][3:], "level": "2"}}
    if kind == "> ":
        words = [line[2:] for line in lines]
        source = words.pop()[2:] if words[-1].startswith("— ") else ""
        return {"type": "quote", "value": {"text": "\n".join(words), "source": source}}
    if kind == "!note ":
        title, _, text = " ".join(lines).removeprefix("!note ").partition(": ")
        return {"type": "side_note", "value": {"title": title, "text": text}}
    if kind == "|":
        return _table(lines)
    return None


def _table(lines: list[str]) -> Block:
    if not lines[0].startswith("|= "):
        raise MarkupError(f"A table begins with its caption: {lines[0]!r}.")
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines[1:]]
    width = len(rows[0])
    if any(len(row) != width for row in rows):
        raise MarkupError(f"A row of this table is too long or too short: {lines[0]!r}.")
    return {
        "type": "table",
        "value": {
            "caption": lines[0][3:].strip(),
            "table": {
                "columns": [{"type": "text", "heading": heading} for heading in rows[0]],
                "rows": [{"values": row} for row in rows[1:]],
                "caption": "",
            },
        },
    }


def _paragraph(lines: list[str], address: Address) -> str:
    kind = _kind(lines[0])
    if kind in {"- ", "1. "}:
        tag = "ul" if kind == "- " else "ol"
        items = [_NUMBERED.sub("", line.removeprefix("- ")) for line in lines]
        return f"<{tag}>{''.join(f'<li>{inline(item, address)}</li>' for item in items)}</{tag}>"
    return f"<p>{inline(' '.join(lines), address)}</p>"
