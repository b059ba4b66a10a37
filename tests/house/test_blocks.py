"""Every block an editor can choose says what it is for, and shows what it will look like."""

import pytest
from django.apps import apps
from django.template.loader import get_template
from wagtail.blocks import Block
from wagtail.fields import StreamField

pytestmark = pytest.mark.any_database


def chosen_blocks() -> dict[str, Block]:
    """The blocks that editors choose from, of every StreamField of the project's own models."""
    return {
        f"{model._meta.label}.{field.name}.{name}": block
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, StreamField) and field.model is model
        for name, block in field.stream_block.child_blocks.items()
    }


def test_a_block_has_icon_description_template_and_preview() -> None:
    lacking: dict[str, list[str]] = {}
    for name, block in chosen_blocks().items():
        facts = {
            "icon": block.meta.icon != "placeholder",
            "description": bool(block.get_description()),
            "template": bool(getattr(block.meta, "template", None)),
            "preview_value": block.get_preview_value() is not None,
        }
        if absent := [fact for fact, given in facts.items() if not given]:
            lacking[name] = absent
    assert lacking == {}


def test_a_block_renders_its_own_preview() -> None:
    for name, block in chosen_blocks().items():
        template = getattr(block.meta, "template", None)
        assert template, name
        get_template(template)
