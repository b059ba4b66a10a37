"""How often pages ask the database, and what the site's search asks the register."""

from collections.abc import Callable

import pytest
from django.test import Client

from register.enums import Medium
from register.queries import facilities_matching, pollutants_matching
from tests.register.factories import (
    FacilityFactory,
    PollutantFactory,
    PollutantTransferFactory,
    RegisterLoadFactory,
    ReleaseFactory,
    ThresholdFactory,
    WasteTransferFactory,
)

pytestmark = pytest.mark.django_db
SameQueries = Callable[[Client, Callable[[], str], Callable[[], object]], None]


@pytest.mark.parametrize(
    "url",
    [
        "/en/register/",
        "/en/register/loads/",
        "/en/register/pollutants/",
        "/en/register/facilities/",
        "/en/register/search/?kind=releases",
        "/en/register/search/?kind=releases&sort=facility",
        "/en/register/search/?kind=releases&by=facility",
        "/en/register/search/?kind=releases&facility=facility&pollutant=&place=aanekoski&year_from=2000",
        "/en/register/search/entries.csv?kind=releases",
        "/api/v1/register/releases",
        "/api/v1/register/facilities",
        "/api/v1/register/pollutants",
        "/api/v1/register/loads",
    ],
)
def test_a_list_asks_as_often_with_three_rows_as_with_one(
    client: Client, assert_same_queries: SameQueries, url: str
) -> None:
    assert_same_queries(client, lambda: url, ReleaseFactory)


@pytest.mark.parametrize("kind", ["waste", "transfers"])
def test_lists_of_transfers_ask_as_often_with_three_rows_as_with_one(
    client: Client, assert_same_queries: SameQueries, kind: str
) -> None:
    made = WasteTransferFactory if kind == "waste" else PollutantTransferFactory
    assert_same_queries(client, lambda: f"/en/register/search/?kind={kind}", lambda: made(abroad=True))


def test_a_pollutant_asks_as_often_with_three_facilities_as_with_one(
    client: Client, assert_same_queries: SameQueries
) -> None:
    mercury = PollutantFactory(mercury=True)
    ThresholdFactory(pollutant=mercury)
    load = RegisterLoadFactory()
    assert_same_queries(
        client, mercury.get_absolute_url, lambda: ReleaseFactory(pollutant=mercury, load=load, confidential=True)
    )


def test_a_facility_asks_as_often_with_three_pollutants_as_with_one(
    client: Client, assert_same_queries: SameQueries
) -> None:
    facility = FacilityFactory()
    load = RegisterLoadFactory()

    def add() -> None:
        ReleaseFactory(facility=facility, load=load, medium=Medium.AIR)
        WasteTransferFactory(facility=facility, load=load)

    assert_same_queries(client, facility.get_absolute_url, add)


class TestSiteSearch:
    @pytest.mark.parametrize("words", ["Mercury", "mercure", "РТУТЬ", "ртуть", "7439-97-6", "HGAND", "mercury-and"])
    def test_a_pollutant_is_found_by_any_of_its_names(self, words: str) -> None:
        mercury = PollutantFactory(mercury=True)
        PollutantFactory(carbon_dioxide=True)
        assert pollutants_matching(words) == [mercury]

    def test_names_that_begin_with_the_words_stand_first(self) -> None:
        inside = PollutantFactory(name_en="Total mercury", number=1)
        first = PollutantFactory(name_en="Mercury", number=2)
        assert pollutants_matching("mercury") == [first, inside]

    @pytest.mark.parametrize("words", ["aanekosken", "ÄÄNEKOSKEN SELLU", "0042", "äänekoski"])
    def test_a_facility_is_found_by_name_number_and_town(self, words: str) -> None:
        mill = FacilityFactory(public_id="0042", name="Äänekosken sellutehdas")
        FacilityFactory(name="Port works", city="Kotka", public_id="0077")
        assert facilities_matching(words) == [mill]

    def test_no_more_than_asked_for_are_returned(self) -> None:
        FacilityFactory.create_batch(4)
        PollutantFactory.create_batch(4)
        assert len(facilities_matching("facility", limit=3)) == 3
        assert len(pollutants_matching("pollutant", limit=3)) == 3

    @pytest.mark.parametrize("words", ["", "   ", "\x00", "%", "_", "\\", "'", '"', "😀", "x" * 10_000])
    def test_no_words_are_too_strange(self, words: str) -> None:
        FacilityFactory()
        PollutantFactory()
        assert facilities_matching(words) == []
        assert pollutants_matching(words) == []
