"""What a citizen sees of pollutants and of the register as a whole."""

import re
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from register.enums import Medium, Method, Presence, ThresholdKind
from register.links import Link, add_pollutant_links
from register.models import Pollutant
from tests.register.factories import (
    DiffuseReleaseFactory,
    PollutantFactory,
    RegisterLoadFactory,
    ReleaseFactory,
    ThresholdFactory,
    ThresholdSetFactory,
    WasteTransferFactory,
)
from tests.register.pages import page

pytestmark = pytest.mark.django_db


def test_the_front_page_says_how_much_the_register_holds_and_from_which_years(client: Client) -> None:
    ReleaseFactory(reporting_year=2014)
    ReleaseFactory(reporting_year=2023, confidential=True)
    WasteTransferFactory()
    said = page(client, reverse("register:index"))
    assert "Reporting years 2014 to 2023." in said
    assert "Releases from facilities 2 entries" in said
    assert "Off-site transfers of waste 1 entry" in said
    assert "1 withheld value, with type and reason" in said


def test_the_front_page_of_an_empty_register_says_so(client: Client) -> None:
    assert "The register holds no entries yet." in page(client, reverse("register:index"))


def test_the_front_page_explains_the_five_absences(client: Client) -> None:
    said = page(client, reverse("register:index"))
    assert [mark for mark in "○▽–■◇" if f"{mark} " in said] == list("○▽–■◇")


def test_every_load_is_listed_with_counts_and_hash(client: Client) -> None:
    load = RegisterLoadFactory(rows_read=12, rows_added=7, rows_revised=3, rows_dropped=2, rows_rejected=1)
    said = page(client, reverse("register:loads"))
    assert load.sha256 in said
    assert "Rows read 12" in said
    assert "7 entries added" in said
    assert "3 quantities revised" in said
    assert "2 dropped" in said
    assert "1 row rejected: it could not be read" in said


class TestPollutantList:
    url = "/en/register/pollutants/"

    def test_pollutants_stand_in_their_groups_with_the_facilities_that_reported(self, client: Client) -> None:
        mercury = PollutantFactory(mercury=True)
        ReleaseFactory.create_batch(2, pollutant=mercury, reporting_year=2023)
        ReleaseFactory(pollutant=mercury, reporting_year=2020)
        said = page(client, self.url)
        assert "Heavy metals" in said
        assert "Facilities that reported it for 2023" in said
        assert "Mercury and compounds (as Hg) 7439-97-6 HGANDCOMPOUNDS 2" in said

    def test_a_sub_entry_says_where_it_is_already_counted(self, client: Client) -> None:
        PollutantFactory(without_biomass=True)
        assert "Carbon dioxide excluding biomass already counted in Carbon dioxide (CO2)" in page(client, self.url)

    @pytest.mark.parametrize("words", ["mercury", "MERCURE", "ртуть", "7439-97-6", "hgand", "as hg mercury"])
    def test_a_pollutant_is_found_in_three_languages_by_number_and_by_code(self, client: Client, words: str) -> None:
        PollutantFactory(mercury=True)
        PollutantFactory(carbon_dioxide=True)
        said = page(client, f"{self.url}?q={words}")
        assert "1 pollutant" in said
        assert "Mercury and compounds" in said

    def test_words_that_nothing_has_get_advice(self, client: Client) -> None:
        assert "No pollutant has these words" in page(client, f"{self.url}?q=zzzz")

    def test_a_group_nobody_knows_is_explained(self, client: Client) -> None:
        assert "The register does not know “nothing” here." in page(client, f"{self.url}?group=nothing")


class TestPollutant:
    @pytest.fixture
    def mercury(self) -> Pollutant:
        mercury: Pollutant = PollutantFactory(mercury=True)
        return mercury

    def test_the_newest_year_stands_first_with_unit_medium_method_and_source(
        self, client: Client, mercury: Pollutant
    ) -> None:
        ReleaseFactory(pollutant=mercury, reporting_year=2022, quantity_kg=Decimal(10))
        ReleaseFactory(pollutant=mercury, reporting_year=2023, quantity_kg=Decimal(12))
        said = page(client, mercury.get_absolute_url())
        assert (
            "12 kg to water 2023 measured Against 2022 it rose (10 kg). Source: Register office, annual edition"
        ) in said

    def test_chart_table_and_caption_come_with_it(self, client: Client, mercury: Pollutant) -> None:
        ReleaseFactory(pollutant=mercury, reporting_year=2022, quantity_kg=Decimal(10))
        ReleaseFactory(pollutant=mercury, reporting_year=2023, quantity_kg=Decimal(12))
        response = client.get(mercury.get_absolute_url())
        said = page(client, mercury.get_absolute_url())
        drawing = re.search(r'<img[^>]*src="([^"]+\.svg)"', response.content.decode())
        assert drawing is not None
        assert client.get(drawing.group(1))["Content-Type"] == "image/svg+xml; charset=utf-8"
        assert "Releases to water rose: 10 kg in 2022, 12 kg in 2023." in said
        assert "Year To water, kilograms a year 2022 10 2023 12" in said

    def test_a_withheld_value_is_never_a_zero_and_says_type_ground_and_reason(
        self, client: Client, mercury: Pollutant
    ) -> None:
        ReleaseFactory(pollutant=mercury, reporting_year=2023, confidential=True)
        said = page(client, mercury.get_absolute_url())
        assert "■ confidential to water 2023" in said
        assert "What is withheld, and why" in said
        assert "Withheld: the quantity. Ground: commercial and industrial confidentiality (Art. 12(1)(c))." in said
        assert "Reason: The quantity would tell competitors how much is produced." in said
        assert "0 kg" not in said

    def test_a_total_with_withheld_parts_is_not_compared(self, client: Client, mercury: Pollutant) -> None:
        ReleaseFactory(pollutant=mercury, reporting_year=2022, quantity_kg=Decimal(10))
        ReleaseFactory(pollutant=mercury, reporting_year=2023, quantity_kg=Decimal(12))
        ReleaseFactory(pollutant=mercury, reporting_year=2023, confidential=True)
        said = page(client, mercury.get_absolute_url())
        assert "Values are withheld, so it cannot be compared with the year before." in said
        assert "1 value is withheld and is missing from every sum." in said

    def test_nothing_reported_is_not_worded_as_nothing_released(self, client: Client, mercury: Pollutant) -> None:
        said = page(client, mercury.get_absolute_url())
        assert "The register holds no release of this pollutant from a facility." in said
        assert "That does not mean that nothing was released or transferred." in said

    def test_the_largest_releases_name_the_set_they_are_the_largest_of(
        self, client: Client, mercury: Pollutant
    ) -> None:
        ThresholdFactory(pollutant=mercury, quantity_kg=Decimal(1))
        for kilograms in range(1, 8):
            ReleaseFactory(pollutant=mercury, quantity_kg=Decimal(kilograms))
        said = page(client, mercury.get_absolute_url())
        assert "Of the 7 facilities that reported a release to water for 2023" in said
        assert "7 kg 7 times the reporting threshold of 1 kg" in said

    def test_thresholds_of_both_sets_stand_side_by_side(self, client: Client, mercury: Pollutant) -> None:
        eprtr = ThresholdSetFactory(code="eprtr", name_en="E-PRTR, Annex II", applies=False)
        ThresholdFactory(pollutant=mercury, kind=ThresholdKind.RELEASE_WATER, quantity_kg=Decimal(1))
        ThresholdFactory(pollutant=mercury, kind=ThresholdKind.OFFSITE_TRANSFER, quantity_kg=Decimal(5))
        ThresholdFactory(pollutant=mercury, threshold_set=eprtr, quantity_kg=Decimal("0.5"))
        said = page(client, mercury.get_absolute_url())
        assert "Applies to Protocol, Annex II applies here E-PRTR, Annex II" in said
        assert "Releases to water 1 kg 500 g" in said
        assert "Off-site transfers of the pollutant 5 kg no threshold" in said

    def test_a_sub_entry_is_never_added_to_its_entry(self, client: Client) -> None:
        excluding = PollutantFactory(without_biomass=True)
        ReleaseFactory(pollutant=excluding, medium=Medium.AIR, quantity_kg=Decimal(700))
        ReleaseFactory(pollutant=excluding.part_of, medium=Medium.AIR, quantity_kg=Decimal(1000))
        whole = page(client, excluding.part_of.get_absolute_url())
        part = page(client, excluding.get_absolute_url())
        assert "1,000 kg to air 2023" in whole
        assert "1,700" not in whole
        assert "A part of these quantities is also listed on its own (Carbon dioxide excluding biomass)" in whole
        assert "These quantities are already counted in Carbon dioxide (CO2): never add the two." in part

    def test_dropped_entries_are_not_in_the_totals(self, client: Client, mercury: Pollutant) -> None:
        ReleaseFactory(pollutant=mercury, quantity_kg=Decimal(12))
        ReleaseFactory(pollutant=mercury, quantity_kg=Decimal(99), dropped=True)
        assert "12 kg to water 2023" in page(client, mercury.get_absolute_url())

    def test_accidents_are_named(self, client: Client, mercury: Pollutant) -> None:
        ReleaseFactory(pollutant=mercury, quantity_kg=Decimal(66_300), accidental_kg=Decimal(66_200))
        said = page(client, mercury.get_absolute_url())
        assert "66,300 kg of it 66,200 kg in accidents and other extraordinary events" in said

    def test_diffuse_sources_stand_apart(self, client: Client, mercury: Pollutant) -> None:
        DiffuseReleaseFactory(pollutant=mercury, quantity_kg=Decimal(80), method=Method.ESTIMATED)
        said = page(client, mercury.get_absolute_url())
        assert "Diffuse sources in 2023" in said
        assert "Road traffic Finland air 80 kg estimated" in said
        assert "They are not part of the figures above." in said

    def test_a_name_nobody_has_confirmed_says_so(self, client: Client, mercury: Pollutant) -> None:
        assert "Ртуть и её соединения (в виде Hg) awaiting review" in page(client, mercury.get_absolute_url())
        assert "Mercure et composés (exprimés en tant que Hg) awaiting" not in page(client, mercury.get_absolute_url())

    def test_upper_rooms_show_their_links(self, client: Client, mercury: Pollutant) -> None:
        add_pollutant_links(
            "a test",
            "Elsewhere",
            lambda pollutant, at: [Link(f"About {pollutant.code}", "/en/", "A line.", "open", "open")],
        )
        try:
            assert "Elsewhere About HGANDCOMPOUNDS A line. open" in page(client, mercury.get_absolute_url())
        finally:
            add_pollutant_links("a test", "Elsewhere", lambda pollutant, at: [])

    def test_a_pollutant_nobody_lists_is_not_found(self, client: Client) -> None:
        assert client.get("/en/register/pollutants/unobtainium/").status_code == 404


@pytest.mark.parametrize("presence", [presence for presence in Presence if presence != Presence.REPORTED])
def test_the_five_absences_have_five_sentences_on_the_page(client: Client, presence: Presence) -> None:
    from register.absences import ABSENCES  # noqa: PLC0415 -- lazy texts are read in the page's language

    trait = {presence.value: True}
    release = ReleaseFactory(**trait)
    ReleaseFactory(pollutant=release.pollutant, reporting_year=2022)
    assert str(ABSENCES[presence].sentence) in page(client, release.pollutant.get_absolute_url())
    assert len({str(absence.sentence) for absence in ABSENCES.values()}) == 5
