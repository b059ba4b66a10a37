"""The blocks of a page of text, in every area; each has one template of its own name in `templates/blocks/`."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul", "superscript", "subscript"]
LINE_FEATURES = ["bold", "italic", "link", "superscript", "subscript"]


class HeadingBlock(blocks.StructBlock):
    """A heading inside the text; the page's own title is the only first-level heading."""

    text = blocks.CharBlock(label=_("text"), max_length=160)
    level = blocks.ChoiceBlock(label=_("level"), choices=[("2", _("part")), ("3", _("part of a part"))], default="2")

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"
        description = _("Begins a part of the page.")
        preview_value = {"text": "What a register is for", "level": "2"}


class ParagraphBlock(blocks.RichTextBlock):
    """Running text with lists and links."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": TEXT_FEATURES, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/paragraph.html"
        description = _("Paragraphs, lists and links.")
        preview_value = "<p>Operators report once a year. The register shows what they reported.</p>"


class QuoteBlock(blocks.StructBlock):
    """Somebody's own words, or the words of the law, beside the plain sentence."""

    text = blocks.TextBlock(label=_("quoted words"))
    source = blocks.CharBlock(label=_("who says it, and where"), required=False, max_length=200)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "blocks/quote.html"
        description = _("The words of a person or of the law, with their source.")
        preview_value = {"text": "The public shall have access to information.", "source": "Protocol, Article 11"}


class SideNoteBlock(blocks.StructBlock):
    """A term or a caveat beside the text."""

    title = blocks.CharBlock(label=_("title"), max_length=80)
    text = blocks.TextBlock(label=_("text"))

    class Meta:
        icon = "info-circle"
        label = _("Side note")
        template = "blocks/side_note.html"
        description = _("A term explained or a caution, beside the text on wide screens and below it on narrow ones.")
        preview_value = {"title": "Release is not exposure", "text": "A release says what left a facility."}


class TableBlock(blocks.StructBlock):
    """A table with a caption; the first column holds the titles of the rows."""

    caption = blocks.CharBlock(label=_("caption"), max_length=200)
    table = TypedTableBlock(
        [("text", blocks.CharBlock(label=_("text"), required=False)), ("number", blocks.DecimalBlock(required=False))],
        label=_("table"),
    )

    class Meta:
        icon = "table"
        label = _("Table")
        template = "blocks/table.html"
        description = _("Rows and columns under a caption.")
        preview_value = {"caption": "Thresholds for mercury, in kilograms a year", "table": None}


class CallToActionBlock(blocks.StructBlock):
    """One thing the reader can do now."""

    label = blocks.CharBlock(label=_("verb and object"), max_length=60, help_text=_('Such as "Ask for a review".'))
    sentence = blocks.CharBlock(label=_("one sentence before it"), required=False, max_length=200)
    page = blocks.PageChooserBlock(label=_("page"), required=False)
    url = blocks.URLBlock(label=_("or a web address"), required=False)

    def clean(self, value: Any) -> Any:
        """Insist on exactly one place to lead to."""
        cleaned = super().clean(value)
        if bool(cleaned.get("page")) == bool(cleaned.get("url")):
            message = ValidationError(_("Choose a page or give a web address: exactly one of the two."))
            raise blocks.StructBlockValidationError({"page": message})
        return cleaned

    class Meta:
        icon = "arrow-right"
        label = _("Call to action")
        template = "blocks/call_to_action.html"
        description = _("A button that says what the reader can do now.")
        preview_value = {
            "label": "Ask for information",
            "sentence": "You need not say why.",
            "url": "https://example.org",
        }


class BodyBlock(blocks.StreamBlock):
    """The text of a page."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    quote = QuoteBlock()
    side_note = SideNoteBlock()
    table = TableBlock()
    call_to_action = CallToActionBlock()
