"""The blocks of a consultation's own text; each has one template of its own name."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

TEXT_FEATURES: Final = ["bold", "italic", "link", "document-link", "ol", "ul", "superscript", "subscript"]


class HeadingBlock(blocks.CharBlock):
    """Begins a part of the text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 160, **kwargs})

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "consultations/blocks/heading.html"
        description = _("Begins a part of the text.")
        preview_value = "Why now"


class ParagraphBlock(blocks.RichTextBlock):
    """Running text with lists and links."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": TEXT_FEATURES, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "consultations/blocks/paragraph.html"
        description = _("Paragraphs, lists and links.")
        preview_value = "<p>Mercury builds up in fish. Small releases to rivers matter as well.</p>"


class BackgroundBlock(blocks.StreamBlock):
    """The background of a proposal, in the words of the authority."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()

    class Meta:
        icon = "doc-full"
        label = _("Background")
        description = _("The background of the proposal, below its measures.")
        preview_value = [("heading", "Why now"), ("paragraph", "<p>Mercury builds up in fish.</p>")]
