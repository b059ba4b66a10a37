"""Puts the table of periods on the pages about privacy, and what everybody can do about the own data.

Editors' texts stay: the table is added where it is not yet, and a paragraph is replaced only where it is still the one
with which the site began. A draft that is not published gets the same.
"""

import json
import uuid
from pathlib import Path
from typing import Any

from django.db import migrations

BLOCK = "retention_periods"


def build_pages(apps: Any, schema_editor: Any) -> None:
    """Add the table, and bring the two paragraphs up to date."""
    here = Path(__file__)
    new = json.loads(here.with_suffix(".json").read_text(encoding="utf-8"))
    first = json.loads((here.parent / "0002_first_pages.json").read_text(encoding="utf-8"))["pages"]["privacy"]
    for page in apps.get_model("portal", "StandardPage").objects.filter(slug="privacy", depth=3):
        code = page.locale.language_code
        if code not in first:
            continue
        page.body = json.dumps(with_table(raw(page.body), code, first[code]["body"], new))
        page.save(update_fields=["body"])
        revision = page.latest_revision
        if revision is not None:
            draft = json.loads(revision.content["body"])
            revision.content["body"] = json.dumps(with_table(draft, code, first[code]["body"], new))
            revision.save(update_fields=["content"])


def raw(body: Any) -> list[dict[str, Any]]:
    """Return the blocks as they are stored."""
    return [dict(block) for block in body.raw_data]


def with_table(
    blocks: list[dict[str, Any]], code: str, first: list[dict[str, Any]], new: dict[str, dict[str, str]]
) -> list[dict[str, Any]]:
    """Return the blocks with the table before the last part, and with newer words where nobody changed the old ones."""
    old_cookies, old_rights = [block["value"] for block in first if block["type"] == "paragraph"][2:]
    renewed = {old_cookies: new["cookies"][code], old_rights: new["rights"][code]}
    blocks = [
        {**block, "value": renewed.get(block["value"], block["value"])} if block["type"] == "paragraph" else block
        for block in blocks
    ]
    if any(block["type"] == BLOCK for block in blocks):
        return blocks
    places = [place for place, block in enumerate(blocks) if block["type"] == "heading"]
    place = places[-1] if places else len(blocks)
    added = [
        {"type": "heading", "value": {"text": new["heading"][code], "level": "2"}, "id": str(uuid.uuid4())},
        {"type": BLOCK, "value": None, "id": str(uuid.uuid4())},
    ]
    return [*blocks[:place], *added, *blocks[place:]]


class Migration(migrations.Migration):
    dependencies = [("portal", "0003_retention_periods_block"), ("privacy", "0002_first_rules")]

    operations = [migrations.RunPython(build_pages, migrations.RunPython.noop)]
