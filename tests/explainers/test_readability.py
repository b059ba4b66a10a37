"""How plain a text is, by published formulas alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainers.enums import ReadabilityVerdict
from explainers.readability import report_on, syllables_of

pytestmark = pytest.mark.any_database


def test_short_sentences_of_short_words_are_within_the_limit() -> None:
    report = report_on("<p>The cat sat on the mat. It was a good cat.</p>", "en")
    assert (report.words, report.sentences, report.verdict) == (11, 2, ReadabilityVerdict.WITHIN_LIMIT)


def test_long_sentences_of_long_words_are_over_it() -> None:
    sentence = (
        "Quantitative determinations of bioaccumulative organometallic contaminants necessitate sophisticated " * 3
    )
    report = report_on(f"<p>{sentence}.</p>", "en")
    assert report.verdict is ReadabilityVerdict.OVER_LIMIT


def test_lix_is_words_a_sentence_and_the_share_of_long_words() -> None:
    # Eight words in two sentences, two of them longer than six letters.
    assert report_on("We release mercury now. It is not good.", "en").lix == pytest.approx(4 + 25)


def test_every_point_of_a_list_is_a_sentence() -> None:
    assert report_on("<ul><li>one thing</li><li>two things</li></ul>", "en").sentences == 2


@pytest.mark.parametrize("code", ["uk", "sr", "sq", "ka", "kk", "ar"])
def test_a_language_without_a_published_formula_gets_lix_alone(code: str) -> None:
    report = report_on("<p>Слова та речення.</p>", code)
    assert (report.ease, report.grade) == (None, None)


@pytest.mark.parametrize(
    ("word", "code", "count"),
    [
        ("mercury", "en", 3),
        ("made", "en", 1),
        ("table", "en", 2),
        ("mercure", "fr", 2),
        ("ртуть", "ru", 1),
        ("воздуха", "ru", 3),
    ],
)
def test_syllables_are_counted_by_vowels(word: str, code: str, count: int) -> None:
    assert syllables_of(word, code) == count


@given(st.text(max_size=200), st.sampled_from(["en", "fr", "ru", "ka"]))
def test_no_text_is_too_odd_to_be_measured(text: str, code: str) -> None:
    assert report_on(text, code).lix >= 0
