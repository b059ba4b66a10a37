"""The list of all pollutants, the glossary, and the page on reading a number."""

from collections.abc import Callable

import pytest
from django.test import Client

from register.absences import ABSENCES
from register.enums import PollutantGroup
from tests.design.html import one, parsed, texts
from tests.explainers.factories import a_term, an_explainer
from tests.register.factories import PollutantFactory, ReleaseFactory
from tests.register.pages import page

pytestmark = pytest.mark.django_db
LIST = "/en/explainers/"


def test_pollutants_stand_by_group_and_the_written_ones_are_marked(client: Client) -> None:
    an_explainer(PollutantFactory.create(carbon_dioxide=True))
    an_explainer(written=True, summary="A liquid metal.")
    tree = parsed(client.get(LIST).content.decode())
    assert texts(tree, "main h3") == ["Greenhouse gases", "Heavy metals"]
    assert texts(tree, ".explainer-list li") == ["Carbon dioxide (CO2)", "Mercury and compounds (as Hg) full text"]
    assert texts(tree, ".explainer-cards li") == ["Mercury and compounds (as Hg) A liquid metal."]


def test_a_visitor_reads_what_each_number_of_pollutants_counts(client: Client) -> None:
    an_explainer(PollutantFactory.create(carbon_dioxide=True))
    mercury = an_explainer(written=True).pollutant
    PollutantFactory.create(without_biomass=True)
    PollutantFactory.create(in_protocol=False, in_eprtr=True)
    ReleaseFactory(pollutant=mercury)
    listed = (
        "Pollutants listed: 3. Of these, Annex II of the Protocol lists 2; 1 more stand in Annex II of the E-PRTR "
        "Regulation, (EC) No 166/2006. Reported here as a release from a facility: 1."
    )
    sub_entries = "Sub-entries, which are already counted in an entry: 1."
    assert f"{listed} Explained in full: 1. {sub_entries}" in page(client, LIST)
    for address in ("/en/register/", "/en/register/pollutants/"):
        assert f"{listed} {sub_entries}" in page(client, address)
    figures = one(parsed(client.get("/en/").content.decode()), ".home-figures")
    assert "1pollutant reported, of 3 listed" in "".join(reversed(texts(figures, "div:nth-child(2) > *")))


@pytest.mark.parametrize("query", ["?q=mercury", "?q=ртуть", "?q=7439-97-6", "?q=HgAndCompounds", "?group=HEVMET"])
def test_one_finds_a_pollutant_by_any_of_its_names(client: Client, query: str) -> None:
    an_explainer(PollutantFactory.create(carbon_dioxide=True))
    an_explainer()
    tree = parsed(client.get(f"{LIST}{query}").content.decode())
    assert texts(tree, ".explainer-list a") == ["Mercury and compounds (as Hg)"]


@pytest.mark.parametrize("query", ["?q=%00", "?group=nonsense", "?q=" + "x" * 500, "?q=%22", "?page=9"])
def test_an_odd_question_is_no_error(client: Client, query: str) -> None:
    an_explainer()
    assert client.get(f"{LIST}{query}").status_code == 200


def test_words_that_no_pollutant_has_are_answered_with_a_way_on(client: Client) -> None:
    an_explainer()
    assert "No pollutant has these words" in page(client, f"{LIST}?q=zzzz")


def test_a_list_without_any_page_is_no_error(client: Client) -> None:
    assert "Pollutants listed: 0." in page(client, LIST)


def test_the_list_asks_the_database_as_often_for_three_as_for_one(
    client: Client, assert_same_queries: Callable[[Client, Callable[[], str], Callable[[], object]], None]
) -> None:
    assert_same_queries(
        client,
        lambda: LIST,
        lambda: an_explainer(PollutantFactory.create(group=PollutantGroup.PESTICIDES), written=True),
    )


def test_the_glossary_stands_in_the_order_of_its_language(client: Client) -> None:
    a_term()
    a_term("air", term_en="zephyr", term_fr="air", term_ru="воздух")
    assert texts(parsed(client.get("/en/explainers/glossary/").content.decode()), "dt") == ["threshold", "zephyr"]
    assert texts(parsed(client.get("/fr/explainers/glossary/").content.decode()), "dt") == ["air", "seuil"]


def test_a_word_of_the_glossary_takes_the_focus_of_who_comes_by_its_address(client: Client) -> None:
    a_term()
    assert one(parsed(client.get("/en/explainers/glossary/").content.decode()), "#threshold")["tabindex"] == "-1"


def test_an_empty_glossary_says_so(client: Client) -> None:
    assert "The glossary is still empty." in page(client, "/en/explainers/glossary/")


def test_reading_a_number_tells_the_five_absences_and_the_rule_of_each_word(client: Client) -> None:
    said = page(client, "/en/explainers/reading-a-number/")
    for absence in ABSENCES.values():
        assert str(absence.sentence) in said
    assert "stayed about the same from 95% to 105%, both included" in said
    assert "about half from 45% to 55%, both included" in said
    assert "more than doubled more than 200%" in said


@pytest.mark.usefixtures("indexed")
def test_the_site_search_finds_a_written_explainer_by_its_text(client: Client) -> None:
    an_explainer(written=True, uses="<p>Old thermometers hold it.</p>", summary="A liquid metal.")
    said = page(client, "/en/search/?q=thermometers")
    assert "Explainers Mercury and compounds (as Hg) A liquid metal." in said


def test_home_leads_to_the_explainer_of_what_is_reported_most(client: Client) -> None:
    explained = an_explainer()
    ReleaseFactory(pollutant=explained.pollutant)
    assert f'href="/en/explainers/{explained.slug}/"' in client.get("/en/").content.decode()
