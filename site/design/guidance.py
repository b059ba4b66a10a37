"""Pages of guidance that come with the platform: read from an area's `contents/guidance/`, planted below its own list.

A guide is a file `<address>.<language>.md` in the markup of `design.markup`: `title:` and `description:`, an empty
line, then paragraphs, of which the first is the introduction. A link leads to the web, or with a leading slash to an
address of this site below the home page of the language, such as `/requests/`.

The model of such pages belongs to the portal, which lies above the areas; it says so with `provide_text_page`.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.utils import timezone, translation
from django.utils.html import escape
from wagtail.models import Page

from design.loaded import fingerprints, update_page
from design.markup import Address, Block, MarkupError, chunks_of, inline, read_blocks, read_head
from design.typography import typeset

_KEYS: Final = uuid.UUID("8f0f4a52-3d6e-4a0c-9f7c-5b1f5a2f6b10")
_models: Final[list[type[Page]]] = []


@dataclass(frozen=True)
class PageText:
    """One page in one language."""

    title: str
    description: str
    introduction: str
    blocks: list[Block]


@dataclass
class PlantedGuides:
    """What planting has done."""

    made: int = 0
    changed: int = 0
    edited: int = 0  # differ from the platform's text because somebody edited them: left alone


def provide_text_page(model: type[Page]) -> None:
    """Say which model a page of text has: with `introduction`, `body` and `loaded`; the last to say so is used."""
    _models[:] = [model]


def read_page(source: str, address: Address) -> PageText:
    """Return the page that a text describes; `address` gives the opening tag of a link to what is named in brackets."""
    fields, body = read_head(source, ("title", "description"))
    chunks = chunks_of(body)
    if not chunks:
        raise MarkupError(f"A page has an introduction; this one has none: {fields['title']!r}.")
    return PageText(
        title=fields["title"],
        description=fields["description"],
        introduction=f"<p>{inline(chunks[0], address)}</p>",
        blocks=with_keys(list(read_blocks(chunks[1:], address)), fields["title"]),
    )


def with_keys(blocks: list[Block], name: str) -> list[Block]:
    """Give blocks the same keys whenever they are read: an editor's comparison then shows what somebody changed."""
    for position, block in enumerate(blocks):
        block["id"] = str(uuid.uuid5(_KEYS, f"{name}/{position}"))
    return blocks


def read_guide(folder: Path, slug: str, code: str) -> PageText:
    """Return a guide in a language, typeset; raises MarkupError where it cannot be read."""

    def tag(target: str) -> str:
        if not target.startswith(("https://", "/")):
            raise MarkupError(f"A link leads to the web or to an address of this site, not to {target!r}.")
        return f'<a href="{escape(f"/{code}{target}" if target.startswith("/") else target)}">'

    return read_page(typeset((folder / f"{slug}.{code}.md").read_text(encoding="utf-8"), code), tag)


def plant_guides(parents: Iterable[Page], folder: Path, slugs: Sequence[str], *, actor: Any = None) -> PlantedGuides:
    """Plant the guides that are missing below each page, in its language, and bring the others up to date.

    Side effects, in order: pages that are missing are made, live and in the menu; a page whose text is older than the
    platform's gets a revision with the newer one, published where the page is live. Never overwritten: whatever
    somebody has changed since the last load, drafts included, and pages of another kind at the same address.
    """
    done = PlantedGuides()
    for parent in parents:
        code = parent.locale.language_code
        taken = set(parent.get_children().values_list("slug", flat=True))
        held = {page.slug: page for page in _models[-1].objects.child_of(parent)}
        with translation.override(code):
            for slug in slugs:
                text = read_guide(folder, slug, code)
                if slug in held:
                    page = held[slug]
                    update = update_page(page, _fields(page, text), actor=actor, plain=_plain)
                    done.changed += update.is_changed
                    done.edited += update.is_edited
                elif slug not in taken:
                    _make(parent, slug, text, actor)
                    done.made += 1
    return done


def _make(parent: Page, slug: str, text: PageText, actor: Any) -> None:
    """Make one page; live at once: the first revision is the first that an editor makes."""
    page: Any = _models[-1](slug=slug, locale=parent.locale, owner=actor, show_in_menus=True)
    # The same page has the same key in each language, also where a language is added later.
    page.translation_key = uuid.uuid5(parent.translation_key, slug)
    fields = _fields(page, text)
    for name, value in fields.items():
        setattr(page, name, value)
    page.loaded = fingerprints(_plain(fields))
    page.first_published_at = page.last_published_at = timezone.now()
    parent.add_child(instance=page)


def _fields(page: Any, text: PageText) -> dict[str, Any]:
    """Return what a page is given."""
    return {
        "title": text.title,
        "search_description": text.description,
        "introduction": text.introduction,
        "body": page.body.stream_block.to_python(text.blocks),
    }


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values as they are compared: of the blocks their kind and what they say, not how they are named."""
    body = [[child.block_type, child.block.get_prep_value(child.value)] for child in fields["body"]]
    return {**fields, "body": body}
