"""What the README asks of somebody before a site opens is found in the admin where the README says."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.design.html import one, parsed

README = (Path(settings.BASE_DIR) / "README.md").read_text(encoding="utf-8")


def labels(item: Any) -> dict[str, Any]:
    """The menu as its labels, each with those below it."""
    found: dict[str, Any] = {}
    for part in item if isinstance(item, list) else [item]:
        if isinstance(part, dict):
            name, arguments = part.get("label"), part.get("_args")
            below = labels(arguments) if arguments else {}
            if arguments and isinstance(arguments[0], dict) and (own := arguments[0].get("label")):
                found[own] = below
            elif name:
                found[name] = below
            else:
                found |= below
        elif isinstance(part, list):
            found |= labels(part)
    return found


@pytest.mark.django_db
def test_an_administrator_finds_each_place_that_the_readme_names(admin_client: Client) -> None:
    chapter = README.partition("### Before you open")[2].partition("\n## ")[0]
    ways = re.findall(r"([A-Z][a-z]+(?: law)?) → ([A-Z][a-z]+(?: [a-z]+)*)", " ".join(chapter.split()))
    assert len(ways) >= 5
    props = json.loads(one(parsed(admin_client.get("/admin/").text), "#wagtail-sidebar-props").text)
    menu = labels(props["modules"])
    for above, below in ways:
        assert any(below.startswith(name) for name in menu.get(above, {})), f"{above} → {below} is not in {menu}"
