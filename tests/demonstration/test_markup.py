"""The small markup in which the pages are written."""

import pytest

from demonstration.publishing.markup import read_background
from design.guidance import read_page
from design.markup import MarkupError
from design.typography import typeset

pytestmark = pytest.mark.any_database

HEAD = "title: A title\ndescription: A description.\n\nAn introduction.\n\n"


def address(target: str) -> str:
    """A link to a place, as a page would have it."""
    return f'<a href="{target}">'


def blocks(text: str) -> list[tuple[str, object]]:
    """The blocks of a page with this text, without their keys."""
    return [(block["type"], block["value"]) for block in read_page(HEAD + text, address).blocks]


class TestReadingAPage:
    def test_head_and_introduction_stand_by_themselves(self) -> None:
        page = read_page(HEAD, address)
        assert (page.title, page.description, page.introduction, page.blocks) == (
            "A title",
            "A description.",
            "<p>An introduction.</p>",
            [],
        )

    def test_text_and_lists_that_follow_each_other_are_one_block(self) -> None:
        assert blocks("First.\n\nTwo things:\n- one\n- two\n\nLast.") == [
            ("paragraph", "<p>First.</p><p>Two things:</p><ul><li>one</li><li>two</li></ul><p>Last.</p>")
        ]

    def test_a_numbered_list_is_numbered(self) -> None:
        assert blocks("1. one\n2. two") == [("paragraph", "<ol><li>one</li><li>two</li></ol>")]

    def test_a_heading_stands_right_above_its_text(self) -> None:
        assert blocks("## Part\nText.") == [
            ("heading", {"text": "Part", "level": "2"}),
            ("paragraph", "<p>Text.</p>"),
        ]

    def test_a_quotation_names_its_source(self) -> None:
        assert blocks("> Words of the law.\n> — Protocol, Article 11") == [
            ("quote", {"text": "Words of the law.", "source": "Protocol, Article 11"})
        ]

    def test_a_side_note_has_a_title(self) -> None:
        assert blocks("!note Mind: the step.") == [("side_note", {"title": "Mind", "text": "the step."})]

    def test_a_table_has_a_caption_and_headings(self) -> None:
        (kind, value), *_none = blocks("|= Caption\n| A | B |\n| 1 | 2 |")
        assert (kind, value) == (
            "table",
            {
                "caption": "Caption",
                "table": {
                    "columns": [{"type": "text", "heading": "A"}, {"type": "text", "heading": "B"}],
                    "rows": [{"values": ["1", "2"]}],
                    "caption": "",
                },
            },
        )

    def test_what_looks_like_markup_of_the_web_is_text(self) -> None:
        assert blocks("Less < more & <b>.") == [("paragraph", "<p>Less &lt; more &amp; &lt;b&gt;.</p>")]

    def test_links_and_strong_words_work_inside_a_line(self) -> None:
        assert blocks("**See** [there](page:x).") == [("paragraph", '<p><b>See</b> <a href="page:x">there</a>.</p>')]

    def test_the_same_text_gets_the_same_keys(self) -> None:
        assert read_page(HEAD + "Text.", address).blocks == read_page(HEAD + "Text.", address).blocks

    @pytest.mark.parametrize(
        "text", ["No head.\n\nText.", "title: T\n\nIntroduction.", "title: T\ndescription: D.\n\n"]
    )
    def test_a_page_without_head_or_introduction_is_refused(self, text: str) -> None:
        with pytest.raises((MarkupError, ValueError)):
            read_page(text, address)

    @pytest.mark.parametrize("table", ["| A | B |\n| 1 | 2 |", "|= Caption\n| A | B |\n| 1 |"])
    def test_a_table_that_is_none_is_refused(self, table: str) -> None:
        with pytest.raises(MarkupError):
            read_page(HEAD + table, address)

    def test_the_background_of_a_consultation_has_headings_of_one_line(self) -> None:
        assert read_background("## Why\nBecause.")[0] == {"type": "heading", "value": "Why"}

    def test_the_background_of_a_consultation_has_no_links(self) -> None:
        with pytest.raises(MarkupError):
            read_background("See [there](page:x).")


class TestTypography:
    def test_apostrophes_are_curved_in_every_language(self) -> None:
        assert typeset("l'eau, don't, operators' reports", "en") == "l’eau, don’t, operators’ reports"

    def test_english_quotation_marks_are_curved(self) -> None:
        assert typeset('It is not "nothing".', "en") == "It is not “nothing”."

    def test_french_signs_keep_to_the_word_before_them(self) -> None:
        assert (
            typeset("Quoi ? « Rien » : 100 000 !", "fr") == "Quoi\u202f? «\u00a0Rien\u00a0»\u00a0: 100\u202f000\u202f!"
        )

    def test_a_russian_dash_does_not_begin_a_line(self) -> None:
        assert typeset("Выброс — это", "ru") == "Выброс\u00a0— это"

    def test_the_mark_of_a_source_stays_one(self) -> None:
        assert typeset("> Слова.\n> — Протокол", "ru") == "> Слова.\n> — Протокол"
