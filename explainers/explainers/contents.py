"""Reads the texts that the project brings along: `contents/<pollutant>.<language>.md`, references and glossary.

A text begins with `title:` and `description:`; each part is headed by the value of a `SlotKind`. A part that does not
apply begins with `!not_applicable`, one that nobody knows with `!unknown`; a sentence may follow on the same line.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.utils.html import escape

from design.languages import CODES
from design.markup import MarkupError, parts_of, read_head, running_text
from design.typography import typeset
from explainers.enums import WRITTEN_SLOTS, SlotKind, SlotState

FOLDER: Final = Path(__file__).resolve().parent / "contents"
GUIDANCE: Final = FOLDER / "guidance"
# Their addresses, in the order of the list.
GUIDES: Final = (
    "what-a-release-is",
    "how-to-read-a-threshold",
    "five-kinds-of-missing-number",
    "measured-calculated-estimated",
)
_DECLARED: Final = {"!unknown": SlotState.UNKNOWN, "!not_applicable": SlotState.NOT_APPLICABLE}


@dataclass(frozen=True)
class ExplainerText:
    """One explainer in one language: rich text and declared state by slot."""

    title: str
    summary: str
    texts: dict[SlotKind, str]
    states: dict[SlotKind, SlotState]


def written_slugs() -> list[str]:
    """Return the addresses of the pollutants of which the project brings a text, in alphabetical order."""
    return sorted({path.name.removesuffix(".en.md") for path in FOLDER.glob("*.en.md")})


def read_explainer(slug: str, code: str) -> ExplainerText | None:
    """Return the text on a pollutant in a language, None where there is none; raises MarkupError where it is wrong."""
    path = FOLDER / f"{slug}.{code}.md"
    return parse_explainer(path.read_text(encoding="utf-8"), code) if path.exists() else None


def parse_explainer(source: str, code: str) -> ExplainerText:
    """Return the explainer that a text describes, with the apostrophes and spaces of its language."""
    fields, body = read_head(typeset(source, code), ("title", "description"))
    texts: dict[SlotKind, str] = {}
    states: dict[SlotKind, SlotState] = {}
    for heading, text in parts_of(body):
        kind = _kind(heading)
        if kind in texts:
            raise MarkupError(f"A question is answered twice: {heading!r}.")
        first, _space, rest = text.partition(" ")
        state = _DECLARED.get(first.strip(), SlotState.FILLED)
        texts[kind] = running_text(text if state is SlotState.FILLED else rest, _link)
        states[kind] = state
    return ExplainerText(title=fields["title"], summary=fields["description"], texts=texts, states=states)


def _kind(heading: str) -> SlotKind:
    if heading not in SlotKind.values or SlotKind(heading) not in WRITTEN_SLOTS:
        raise MarkupError(f"This heading is no question that people answer: {heading!r}.")
    return SlotKind(heading)


def _link(target: str) -> str:
    """Return the opening tag of a link; texts link to the web and to addresses of this site."""
    if not target.startswith(("https://", "/")):
        raise MarkupError(f"A link leads to the web or to an address of this site, not to {target!r}.")
    return f'<a href="{escape(target)}">'


def read_references() -> Iterator[dict[str, Any]]:
    """Yield the references as fields of `Reference`."""
    for key, row in _read_toml("references").items():
        yield {"key": key, "year": row.get("year"), "language": row.get("language", "en"), **_words(row)}


def _words(row: dict[str, Any]) -> dict[str, str]:
    return {name: str(row.get(name, "")) for name in ("title", "author", "publisher", "note")}


def read_glossary() -> Iterator[dict[str, Any]]:
    """Yield the terms of the glossary as fields of `GlossaryTerm`."""
    for row in _read_toml("glossary").get("term", []):
        term = {"key": row["key"]}
        for code in CODES:
            term[f"term_{code}"] = typeset(row[f"term_{code}"], code)
            term[f"forms_{code}"] = "\n".join(row.get(f"forms_{code}", []))
            term[f"definition_{code}"] = typeset(row[f"definition_{code}"], code)
        yield term


def _read_toml(name: str) -> dict[str, Any]:
    path = FOLDER / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
