"""Small phrases: labels with their colon, citations of articles, short forms, and in which language a text is."""

import pytest
from django.template import Context, Template
from django.utils import translation

from design.languages import CODES
from design.phrases import cite_article, labelled, language_note, shortened


@pytest.mark.parametrize(
    ("code", "line"), [("en", "Reason: <b>a</b>"), ("fr", "Reason\u00a0: <b>a</b>"), ("ru", "Reason: <b>a</b>")]
)
def test_a_label_has_its_colon_as_the_language_has_it(code: str, line: str) -> None:
    with translation.override(code):
        assert labelled("Reason", "<b>a</b>") == line
        template = Template("{% load design %}{% filter with_colon %}Reason{% endfilter %} <b>{{ word }}</b>")
        assert template.render(Context({"word": "a"})) == line
        escaped = Template("{% load design %}{{ label|with_colon }}").render(Context({"label": "<i>"}))
        assert escaped.startswith("&lt;i&gt;")


@pytest.mark.parametrize(
    ("code", "cited"),
    [
        ("en", ["Art. 14", "Art. 12(3)", "Art. 12(1)(c)"]),
        ("fr", ["art. 14", "art. 12, par. 3", "art. 12, par. 1 c)"]),
        ("ru", ["ст. 14", "ст. 12, п. 3", "ст. 12, п. 1 c)"]),
    ],
)
def test_articles_are_cited_as_the_language_cites(code: str, cited: list[str]) -> None:
    with translation.override(code):
        found = [cite_article(article) for article in ("Art. 14", "Art. 12(3)", "Art. 12(1)(c)")]
    assert [line.replace("\u00a0", " ") for line in found] == cited


def test_what_is_no_citation_of_an_article_stays_as_it_was_written() -> None:
    assert cite_article("section 30 of the Access Act") == "section 30 of the Access Act"


def test_a_text_is_cut_after_a_whole_word() -> None:
    assert shortened("How much\nmercury?", 80) == "How much mercury?"
    assert shortened("How much mercury, and where?", 19) == "How much mercury…"
    assert shortened("x" * 30, 10) == f"{'x' * 10}…"


def test_readers_of_another_language_are_told_in_which_a_text_is() -> None:
    for code in CODES:
        with translation.override(code):
            assert [bool(language_note(other)) for other in CODES] == [other != code for other in CODES]
