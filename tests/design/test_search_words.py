"""What somebody means who types these words: in any form, in any alphabet, without those that tell nothing."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from design.search.words import (
    MOST_WORDS,
    SHORTEST_STEM,
    beginnings,
    search_names,
    search_words,
    stem,
    titles_first,
    transliterations,
)

pytestmark = pytest.mark.any_database


@pytest.mark.parametrize(
    "forms",
    [
        ("ртуть", "ртути", "ртутью"),
        ("выброс", "выбросы", "выбросов", "выбросами", "выбросах"),
        ("вода", "воды", "воде", "водой"),
        ("загрязнение", "загрязнения", "загрязнением"),
        ("rejet", "rejets"),
        ("eau", "eaux"),
        ("minéral", "minéraux"),
        ("industriel", "industriels", "industrielle", "industrielles"),
        ("release", "releases", "released"),
        ("facility", "facilities"),
        ("comment", "comments", "commenting", "commented"),
        ("threshold", "thresholds"),
    ],
)
def test_every_form_of_a_word_begins_with_the_stem_of_every_other(forms: tuple[str, ...]) -> None:
    assert [(one, other) for one in forms for other in forms if not other.startswith(stem(one))] == []


@pytest.mark.parametrize("word", ["7439", "pm10", "gas", "zinc", "lead", "co2"])
def test_a_number_a_code_and_a_short_word_stay_whole(word: str) -> None:
    assert stem(word) == word


@pytest.mark.parametrize(("typed", "forms"), [("12.5", ("12.5", "12,5")), ("12,5", ("12,5", "12.5"))])
def test_a_number_is_one_word_with_either_separator(typed: str, forms: tuple[str, ...]) -> None:
    assert [word.beginnings for word in search_words(f"{typed} kg")] == [forms, ("kg",)]


@given(st.text(min_size=1, max_size=30))
def test_a_stem_is_never_too_short_and_always_the_beginning_of_its_word(word: str) -> None:
    assert word.startswith(stem(word))
    assert len(stem(word)) >= min(len(word), SHORTEST_STEM)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("борвеск", ("borvesk",)),
        ("жуковка", ("žukovka", "zukovka", "zhukovka")),
        ("щёлково".replace("ё", "е"), ("ŝelkovo", "selkovo", "shchelkovo")),
        ("київ", ("kiïv", "kiiv", "kiyiv")),
        ("borvesk", ()),
    ],
)
def test_a_cyrillic_name_is_looked_for_as_maps_write_it(typed: str, written: tuple[str, ...]) -> None:
    assert transliterations(typed) == written


def test_a_declined_cyrillic_name_is_looked_for_in_latin_letters_too() -> None:
    assert beginnings("борвеске") == ("борвеск", "borvesk")


@pytest.mark.parametrize(
    ("typed", "telling"),
    [
        ("how to comment", ["comment"]),
        ("как подать замечание", ["подать", "замечание"]),
        ("les rejets de la mine", ["rejets", "mine"]),
        ("the of and", ["the", "of", "and"]),
        ("as", ["as"]),
        ("Mercury, mercury!", ["mercury"]),
    ],
)
def test_words_that_tell_nothing_are_left_out_unless_there_are_no_others(typed: str, telling: list[str]) -> None:
    assert [word.typed for word in search_words(typed)] == telling


def test_comment_asks_how_in_french_alone() -> None:
    with translation.override("fr"):
        assert [word.typed for word in search_words("comment participer")] == ["participer"]


def test_a_number_in_a_name_stays_whole() -> None:
    assert [word.typed for word in search_names("“Borvesk” 7439-97-6, (Hg)")] == ["borvesk", "7439-97-6", "hg"]


def test_no_more_words_are_looked_for_than_anybody_types() -> None:
    assert len(search_words(" ".join(f"word{number}" for number in range(50)))) == MOST_WORDS


def test_titles_that_have_the_words_as_typed_stand_before_those_that_have_their_stems() -> None:
    titles = ["About the register", "Comments of 2024", "How to comment"]
    found = titles_first(titles, search_words("how to comment"), str)
    assert found == ["How to comment", "Comments of 2024", "About the register"]
