"""A newcomer searches: in another form of the word, in another alphabet, with words that stand on every page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from portal.models import HomePage, StandardPage
from portal.search import COMPARED_OF_EACH_KIND, SearchOutcome, search_site
from register.models import Facility, Pollutant
from tests.inforequests.factories import disclosed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexed")]


def page(title: str, text: str = "", language: str = "en") -> StandardPage:
    """A page below the home page of a language."""
    home = HomePage.objects.get(locale__language_code=language)
    body = [("paragraph", f"<p>{text}</p>")] if text else []
    made: StandardPage = home.add_child(instance=StandardPage(title=title, locale=home.locale, body=body))
    return made


def found(words: str, language: str = "en") -> list[str]:
    """The titles that a search in a language finds, group by group."""
    with translation.override(language):
        outcome: SearchOutcome = search_site(words)
    return [hit.title for group in outcome.groups for hit in group.hits]


@pytest.mark.parametrize(
    ("language", "title", "text", "typed"),
    [
        ("ru", "О ртути", "Ртуть попадает в воду.", "ртутью"),
        ("ru", "Справка", "Сколько ртути сбрасывают?", "ртуть"),
        ("fr", "Les rejets", "Ce qui part dans les eaux.", "rejet eau"),
        ("en", "A threshold", "What a facility must report.", "thresholds facilities"),
    ],
)
def test_a_newcomer_finds_a_page_by_another_form_of_the_word(language: str, title: str, text: str, typed: str) -> None:
    page(title, text, language)
    assert found(typed, language) == [title]


def test_who_asks_how_to_comment_finds_first_what_is_called_so() -> None:
    page("How a register works", "How to read it, and to whom to write a comment.")
    page("How to comment", "Six steps.")
    page("How long it takes", "To answer a comment takes a month.")
    assert found("how to comment")[0] == "How to comment"


def test_title_hits_come_before_pages_that_only_mention_the_word() -> None:
    page("Thresholds", "Above them one reports.")
    for number in range(3):
        page(f"Page {number}", "It has a threshold in it.")
    assert found("threshold")[0] == "Thresholds"


@pytest.mark.parametrize("typed", ["Борвеск", "в Борвеске", "БОРВЕСК", "borvesk"])
def test_a_place_typed_in_cyrillic_is_found_where_it_is_written_in_latin_letters(typed: str) -> None:
    Facility.objects.create(public_id="1", name="Copper Works", city="Borvesk", country="FI")
    Facility.objects.create(public_id="2", name="Paper Mill", city="Halmira", country="FI")
    assert found(typed, "ru") == ["Copper Works"]


def test_of_many_words_a_pollutant_and_a_place_are_found_by_one() -> None:
    Pollutant.objects.create(code="HG", slug="mercury", name_en="Mercury and compounds", group="HEVMET")
    Facility.objects.create(public_id="1", name="Copper Works", city="Borvesk", country="FI")
    assert found("releases of mercury in Borvesk") == ["Mercury and compounds", "Copper Works"]


def test_an_answer_in_the_log_is_found_by_another_form_of_the_word() -> None:
    disclosed("Ртуть завода", language="ru")
    assert found("ртути", "ru") == ["Ртуть завода"]


@pytest.mark.parametrize("typed", ["O'Brien", 'a "b" c', "a* OR b", "{x} : y", "ab\\cd", "100% _x_"])
def test_signs_that_the_index_reads_as_orders_are_no_error(typed: str) -> None:
    page("Something else")
    assert found(typed) == []


def test_the_index_answers_and_titles_are_compared_within_bounds() -> None:
    page("Thresholds", "Above them one reports.")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found("threshold")
    asked = [query["sql"] for query in queries if "wagtailsearch_indexentry" in query["sql"]]
    assert asked
    assert [sql for sql in asked if f"LIMIT {COMPARED_OF_EACH_KIND}" not in sql] == []
