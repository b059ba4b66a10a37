"""Sources are numbered, and a term is linked where it occurs first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainers.marks import Citations, TermLinks, cited_keys
from tests.explainers.factories import a_reference, a_term

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def links(code: str = "en") -> TermLinks:
    return TermLinks.of([a_term()], code)


class TestTerms:
    def test_a_term_is_linked_once_on_a_page(self) -> None:
        terms = links()
        assert terms.mark("<p>A threshold and a threshold.</p>") == (
            '<p>A <a class="term" id="use-threshold" href="#term-threshold">threshold</a> and a threshold.</p>'
        )
        assert terms.mark("<p>Another threshold.</p>") == "<p>Another threshold.</p>"
        assert [term.key for term in terms.met] == ["threshold"]

    def test_another_form_of_the_word_is_the_same_term(self) -> None:
        assert "#term-threshold" in links("ru").mark("<p>Выше порога.</p>")

    def test_a_term_at_the_beginning_of_a_sentence_keeps_its_capital(self) -> None:
        assert ">Thresholds</a>" in links().mark("<p>Thresholds matter.</p>")

    @pytest.mark.parametrize(
        "text",
        [
            '<p><a href="/x">the threshold</a></p>',
            "<h3>The threshold</h3>",
            "<p>x<sup>threshold</sup></p>",
            '<p title="threshold">nothing</p>',
            "<p>subthreshold, threshold-like, thresholding</p>",
        ],
    )
    def test_nothing_is_linked_in_a_link_a_heading_a_tag_or_another_word(self, text: str) -> None:
        assert links().mark(text) == text

    def test_after_a_link_terms_are_linked_again(self) -> None:
        assert links().mark('<p><a href="/x">a</a> threshold</p>').count("<a ") == 2

    def test_the_longer_of_two_terms_is_meant(self) -> None:
        terms = TermLinks.of(
            [a_term(), a_term("reporting-threshold", term_en="reporting threshold", forms_en="")], "en"
        )
        assert "#term-reporting-threshold" in terms.mark("<p>The reporting threshold.</p>")
        assert len(terms.met) == 1

    def test_without_terms_a_text_stays_as_it_is(self) -> None:
        assert TermLinks.of([], "en").mark("<p>threshold</p>") == "<p>threshold</p>"


class TestCitations:
    def test_sources_are_numbered_in_the_order_in_which_they_are_cited(self) -> None:
        a_reference("b_2020")
        a_reference("a_2019")
        texts = ["One.[^b_2020] Two.[^a_2019]", "Three.[^b_2020]"]
        citations = Citations.of(texts)
        marked = "".join(citations.mark(text) for text in texts)
        assert [one.key for one in citations.cited] == ["b_2020", "a_2019"]
        assert [marked.count(f">[{number}]</a>") for number in (1, 2, 3)] == [2, 1, 0]

    def test_a_source_that_nobody_entered_is_left_out(self) -> None:
        text = "A claim.[^nowhere]"
        assert Citations.of([text]).mark(text) == "A claim."

    def test_keys_are_found_once_in_their_order(self) -> None:
        assert cited_keys("a[^x] b [^y-1] c[^x]") == ["x", "y-1"]


@given(st.text(alphabet="<>/abp \"'=threshold[^]", max_size=60))
def test_no_text_breaks_the_marking(text: str) -> None:
    terms = TermLinks.of([], "en")
    assert Citations({}).mark(terms.mark(text)).count("<script") == 0
