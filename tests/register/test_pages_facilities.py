"""What a citizen sees of facilities."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from register.enums import ChangeKind, LoadKind, TransferKind
from register.links import Link, add_facility_links
from register.models import EntryChange, Facility
from tests.register.factories import (
    ActivityFactory,
    CompanyFactory,
    FacilityFactory,
    PollutantFactory,
    PollutantTransferFactory,
    RegisterLoadFactory,
    ReleaseFactory,
    ThresholdFactory,
    WasteTransferFactory,
)
from tests.register.pages import page

pytestmark = pytest.mark.django_db


class TestFacility:
    @pytest.fixture
    def mill(self) -> Facility:
        mill: Facility = FacilityFactory(
            public_id="0000013754",
            name="Harjavalta works",
            operator=CompanyFactory(name="Nickel Company"),
            street="Teollisuustie 1",
            postal_code="29200",
            city="Harjavalta",
        )
        return mill

    def test_it_says_who_where_and_what(self, client: Client, mill: Facility) -> None:
        said = page(client, mill.get_absolute_url())
        assert "Address Teollisuustie 1, 29200 Harjavalta" in said
        assert "Coordinates 62.6042° north, 25.7265° east (WGS 84)" in said
        assert "Operator Nickel Company" in said
        assert "Register number 0000013754" in said

    def test_a_facility_without_coordinates_says_so(self, client: Client) -> None:
        facility = FacilityFactory(latitude=None, longitude=None)
        assert "Coordinates not in the register" in page(client, facility.get_absolute_url())

    def test_a_withheld_name_is_explained(self, client: Client) -> None:
        facility = FacilityFactory(name_withheld=True, public_id="0000001985")
        said = page(client, facility.get_absolute_url())
        assert "Name withheld (register number 0000001985)" in said
        assert "Ground: personal data (Art. 12(1)(e))." in said

    def test_its_newest_releases_stand_with_unit_medium_method_and_multiple_of_the_threshold(
        self, client: Client, mill: Facility
    ) -> None:
        nickel = PollutantFactory(name_en="Nickel")
        ThresholdFactory(pollutant=nickel, quantity_kg=Decimal(20))
        ReleaseFactory(facility=mill, pollutant=nickel, quantity_kg=Decimal(179))
        ReleaseFactory(facility=mill, pollutant=nickel, reporting_year=2020, quantity_kg=Decimal(46))
        said = page(client, mill.get_absolute_url())
        assert "What it released in 2023" in said
        assert "Nickel water 179 kg 8.95 times the reporting threshold of 20 kg measured" in said

    def test_the_first_chart_is_of_the_pollutant_furthest_above_its_threshold(
        self, client: Client, mill: Facility
    ) -> None:
        nickel, zinc = PollutantFactory(name_en="Nickel"), PollutantFactory(name_en="Zinc")
        ThresholdFactory(pollutant=nickel, quantity_kg=Decimal(20))
        ThresholdFactory(pollutant=zinc, quantity_kg=Decimal(100))
        ReleaseFactory(facility=mill, pollutant=nickel, quantity_kg=Decimal(179))
        ReleaseFactory(facility=mill, pollutant=zinc, quantity_kg=Decimal(200))
        assert "Releases of Harjavalta works: Nickel." in page(client, mill.get_absolute_url())
        asked = page(client, f"{mill.get_absolute_url()}?pollutant={zinc.slug}")
        assert "Releases of Harjavalta works: Zinc." in asked

    def test_waste_is_shown_with_treatment_and_receiver(self, client: Client, mill: Facility) -> None:
        WasteTransferFactory(facility=mill, abroad=True, quantity_kg=Decimal(4_560_000))
        said = page(client, mill.get_absolute_url())
        assert "Waste it sent away in 2023" in said
        assert "Hazardous waste recovery, Weser-Metall GmbH, Nordenham, Germany 4,560 tonnes measured" in said

    def test_pollutants_sent_away_are_shown(self, client: Client, mill: Facility) -> None:
        PollutantTransferFactory(
            facility=mill, pollutant__name_en="Total nitrogen", destination=TransferKind.WASTE_WATER
        )
        assert "Total nitrogen in waste water, for treatment 37.9 kg measured" in page(client, mill.get_absolute_url())

    def test_revisions_say_from_what_to_what_and_by_which_load(self, client: Client, mill: Facility) -> None:
        load = RegisterLoadFactory(file_name="releases_2017-2023.csv")
        nickel = PollutantFactory(name_en="Nickel")
        ReleaseFactory(facility=mill, pollutant=nickel, load=load)
        EntryChange.objects.create(
            load=load,
            change=ChangeKind.REVISED,
            kind=LoadKind.RELEASES,
            facility=mill,
            pollutant=nickel,
            reporting_year=2019,
            entry_key=f"{mill.public_id}/{nickel.code}/water/2019",
            before={"quantity_kg": "75"},
            after={"quantity_kg": "173"},
        )
        said = page(client, mill.get_absolute_url())
        assert "Nickel, water, 2019 Revised: quantity from 75 kg to 173 kg." in said
        assert "By the load of 1 April 2025, file releases_2017-2023.csv." in said

    def test_dropped_entries_are_marked_and_kept(self, client: Client, mill: Facility) -> None:
        ReleaseFactory(facility=mill, pollutant__name_en="Ammonia", reporting_year=2019, dropped=True)
        said = page(client, mill.get_absolute_url())
        assert "1 entry that the newest file no longer holds Ammonia, water, 2019 – 37.9 kg" in said
        assert "The register holds no release of this facility." in said

    def test_upper_rooms_show_their_links(self, client: Client, mill: Facility) -> None:
        add_facility_links("a test", "Elsewhere", lambda facility, at: [Link(f"About {facility.name}", "/en/")])
        try:
            assert "Elsewhere About Harjavalta works" in page(client, mill.get_absolute_url())
        finally:
            add_facility_links("a test", "Elsewhere", lambda facility, at: [])

    def test_all_entries_of_one_pollutant_have_a_page_with_their_history(self, client: Client, mill: Facility) -> None:
        nickel = PollutantFactory(name_en="Nickel")
        ReleaseFactory(facility=mill, pollutant=nickel, reporting_year=2014, quantity_kg=Decimal(66_300))
        ReleaseFactory(facility=mill, pollutant=nickel, reporting_year=2016, below_threshold=True)
        ReleaseFactory(facility=mill, pollutant=nickel, reporting_year=2015, dropped=True)
        said = page(client, reverse("register:facility_pollutant", args=[mill.public_id, nickel.slug]))
        assert "2014 water 66,300 kg measured" in said
        assert "2015 water 37.9 kg No longer held by the newest load of its source. measured" in said
        assert "2016 water ▽ below the threshold not stated" in said

    def test_a_pollutant_it_never_reported_has_no_page(self, client: Client, mill: Facility) -> None:
        url = reverse("register:facility_pollutant", args=[mill.public_id, PollutantFactory().slug])
        assert client.get(url).status_code == 404


class TestFacilityList:
    url = "/en/register/facilities/"

    @pytest.fixture(autouse=True)
    def _facilities(self) -> None:
        pulp = ActivityFactory(code="6(a)", name_en="Pulp mills")
        part = ActivityFactory(code="6(a)(i)", parent=pulp, level=3, name_en="Sulphate pulp")
        FacilityFactory(
            public_id="PULP-1", name="Äänekosken sellutehdas", activity=part, operator__name="Metsä Fibre Oy"
        )
        FacilityFactory(
            public_id="PORT-2",
            name="Port works",
            city="Kotka",
            activity=ActivityFactory(code="1(c)", sector=1),
            operator=None,
            parent_company=CompanyFactory(name="Kotka Energy"),
        )

    @pytest.mark.parametrize(
        "query",
        ["q=aanekosken", "q=ÄÄNEKOSKEN", "q=pulp-1", "place=äänekoski", "activity=6(a)", "operator=metsa fibre"],
    )
    def test_a_facility_is_found_by_name_number_place_activity_and_operator(self, client: Client, query: str) -> None:
        said = page(client, f"{self.url}?{query}")
        assert "1 facility" in said
        assert "Äänekosken sellutehdas" in said

    def test_an_owner_is_found_like_an_operator(self, client: Client) -> None:
        assert "Port works" in page(client, f"{self.url}?operator=kotka+energy")

    def test_words_that_nothing_has_get_advice(self, client: Client) -> None:
        assert "No facility matches" in page(client, f"{self.url}?place=atlantis")

    def test_what_cannot_be_searched_is_explained_and_kept(self, client: Client) -> None:
        response = client.get(self.url, {"q": "x" * 10_000})
        assert response.status_code == 200
        assert "This is longer than 200 characters (it has 10000). Use fewer words." in response.content.decode()
        assert 'value="xxxx' in response.content.decode()
