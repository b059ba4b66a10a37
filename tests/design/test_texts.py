"""Texts in three languages, and boxes in which people write."""

from dataclasses import dataclass

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from design.fields import LineField, TextBoxField, clean_text
from design.languages import any_language
from design.texts import Texts


@dataclass
class Holder:
    """Something with a title in three languages."""

    title_en: str = ""
    title_fr: str = ""
    title_ru: str = ""


@pytest.mark.parametrize(
    ("holder", "language", "shown"),
    [
        (Holder("Mercury", "Mercure", "Ртуть"), "fr", "Mercure"),
        (Holder("Mercury", "", "Ртуть"), "fr", "Mercury"),
        (Holder("", "Mercure", ""), "ru", "Mercure"),
        (Holder("", "", "Ртуть"), "en", "Ртуть"),
        (Holder(), "en", ""),
    ],
)
def test_a_text_is_shown_in_the_language_of_the_page_or_in_one_in_which_it_was_given(
    holder: Holder, language: str, shown: str
) -> None:
    with translation.override(language):
        assert any_language(holder, "title") == shown


def test_texts_are_taken_from_a_holder_and_put_back() -> None:
    texts = Texts.of(Holder("Mercury", "Mercure"), "title")
    other = Holder()
    texts.put(other, "title")

    assert (texts.missing, texts.by_code) == (["ru"], {"en": "Mercury", "fr": "Mercure", "ru": ""})
    assert other == Holder("Mercury", "Mercure")


def test_what_no_keyboard_makes_is_dropped_and_line_ends_are_of_one_kind() -> None:
    assert clean_text("  a\x00b\r\nc\rd\te \x07") == "ab\nc\nd\te"


def test_a_line_has_no_line_ends() -> None:
    assert LineField().clean(" Ada\r\n \x00Lovelace ") == "Ada Lovelace"


@pytest.mark.parametrize(("text", "message"), [("word " * 5, "Too long: 24 of 20."), ("?!", "No words.")])
def test_a_box_says_what_is_wrong_with_its_text(text: str, message: str) -> None:
    box = TextBoxField(longest=20, too_long="Too long: %(count)s of %(limit)s.", no_words="No words.")

    with pytest.raises(ValidationError) as error:
        box.clean(text)

    assert error.value.messages == [message]
