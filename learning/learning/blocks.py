"""The body of a unit: the blocks of every page of text, and exercises."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from design.blocks import BodyBlock


class ExerciseBlock(blocks.StructBlock):
    """A practice question, answered where it stands; the words come from the question, in the language of the page."""

    item = SnippetChooserBlock("learning.Item", label=_("question"))

    class Meta:
        icon = "form"
        label = _("Exercise")
        template = "learning/blocks/exercise.html"
        description = _("A practice question. It answers at once, as often as one likes, and nothing is marked.")
        preview_value = {"item": None}

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the question as the page has prepared it (`pages.unit_context`)."""
        context = super().get_context(value, parent_context)
        exercises = (parent_context or {}).get("exercises", {})
        item = value.get("item")
        return {**context, "exercise": exercises.get(item.pk) if item else None}


class UnitBodyBlock(BodyBlock):
    """The text of a unit."""

    exercise = ExerciseBlock()
