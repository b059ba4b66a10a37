"""Reads the small markup in which the project's own texts are written, and gives the blocks that Wagtail keeps.

Paragraphs are parted by empty lines. `## ` begins a part; lines with `- ` or `1. ` are a list; lines with `> ` are a
quotation, its source after `> — `; `!note Title: text` is a side note; `!show kind` is a block that fills itself;
`|= caption` begins a table, and its next line holds the headings of the columns. `**strong**` and `[words](address)`
work inside a line. A file that is a page begins with lines such as `title: …`, then an empty line.

What a link in brackets leads to is for the caller to say, and so is what a page consists of.
"""

import re
from collections.abc import Callable, Collection, Iterator
from typing import Any, Final

from django.utils.html import escape

Address = Callable[[str], str]
Block = dict[str, Any]

HEADING: Final = "## "
_LINK: Final = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
_STRONG: Final = re.compile(r"\*\*([^*]+)\*\*")
_NUMBERED: Final = re.compile(r"^\d+\. ")
_EMPTY_LINES: Final = re.compile(r"\n\s*\n")


class MarkupError(ValueError):
    """A text that cannot be read; the message says where."""


def read_head(source: str, names: Collection[str], optional: Collection[str] = ()) -> tuple[dict[str, str], str]:
    """Return the fields at the head of a file and the text below them.

    Raises MarkupError where a field is missing, is unknown, or where a line of the head is no field.
    """
    head, _, body = source.partition("\n\n")
    pairs = [line.partition(": ") for line in head.splitlines()]
    fields = {name: value.strip() for name, _colon, value in pairs}
    if set(fields) - set(optional) != set(names):
        raise MarkupError(f"A text begins with the lines {', '.join(names)}; this one does not: {head[:60]!r}.")
    return fields, body.strip()


def chunks_of(text: str) -> list[str]:
    """Return the pieces of a text between its empty lines."""
    return [chunk for chunk in _EMPTY_LINES.split(text.strip()) if chunk.strip()]


def parts_of(text: str) -> Iterator[tuple[str, str]]:
    """Yield the heading and the text of each part; a text before the first heading has an empty one."""
    heading, lines = "", list[str]()
    for line in text.splitlines():
        if line.startswith(HEADING):
            if heading or "\n".join(lines).strip():
                yield heading, "\n".join(lines).strip()
            heading, lines = line.removeprefix(HEADING).strip(), []
        else:
            lines.append(line)
    if heading or "\n".join(lines).strip():
        yield heading, "\n".join(lines).strip()


def inline(text: str, address: Address) -> str:
    """Return a line as markup: escaped, with strong words and links.

    `address` gives the opening tag of a link to what is named in brackets.
    """
    markup = _STRONG.sub(r"<b>\1</b>", escape(" ".join(text.split())))
    return _LINK.sub(lambda found: f"{address(found[2].replace('&amp;', '&'))}{found[1]}</a>", markup)


def running_text(text: str, address: Address) -> str:
    """Return paragraphs and lists as markup; raises MarkupError where there is anything else."""
    blocks = list(read_blocks(chunks_of(text), address))
    if any(block["type"] != "paragraph" for block in blocks):
        raise MarkupError(f"Only paragraphs and lists can stand here: {text[:60]!r}.")
    return "".join(block["value"] for block in blocks)


def read_blocks(chunks: list[str], address: Address) -> Iterator[Block]:
    """Yield the blocks of a text; paragraphs and lists that follow each other are one block."""
    running: list[str] = []
    for chunk in chunks:
        for part in _runs(chunk):
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


def _runs(chunk: str) -> Iterator[list[str]]:
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
    for mark in (HEADING, "- ", "> ", "!note ", "!show ", "|"):
        if line.startswith(mark):
            return mark
    return "1. " if _NUMBERED.match(line) else ""


def _special(lines: list[str]) -> Block | None:
    """Return the block that lines with a mark make; None where they are running text."""
    kind = _kind(lines[0])
    if kind == HEADING:
        return {"type": "heading", "value": {"text": lines[0].removeprefix(HEADING), "level": "2"}}
    if kind == "> ":
        words = [line[2:] for line in lines]
        source = words.pop()[2:] if words[-1].startswith("— ") else ""
        return {"type": "quote", "value": {"text": "\n".join(words), "source": source}}
    if kind == "!note ":
        title, _, text = " ".join(lines).removeprefix("!note ").partition(": ")
        return {"type": "side_note", "value": {"title": title, "text": text}}
    if kind == "!show ":
        return {"type": lines[0].removeprefix("!show ").strip(), "value": None}
    return _table(lines) if kind == "|" else None


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
