"""The invented country: the same seed gives the same one, and it has everything that a register can have."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from demonstration.country.diffuse import report_diffuse
from demonstration.country.facilities import PlannedFacility, plan_facilities
from demonstration.country.geography import COUNTRY_NAMES, REGIONS, TOWNS
from demonstration.country.plan import read_plan
from demonstration.country.profiles import RELEASES, WASTE, WASTE_WATER_TRANSFERS
from demonstration.country.reports import (
    RULE_CHANGE,
    YEARS,
    Report,
    drop_mistakes,
    first_publication,
    report_releases,
)
from demonstration.country.stories import tell_stories
from demonstration.country.transfers import report_waste, report_waste_water
from register.domain.reference import read_table, thresholds_of
from register.enums import DiffuseCategory, Medium, Method, Presence, ThresholdKind

pytestmark = pytest.mark.any_database

LAST_YEAR = 2025
KINDS = {
    ThresholdKind.RELEASE_AIR: Medium.AIR,
    ThresholdKind.RELEASE_WATER: Medium.WATER,
    ThresholdKind.RELEASE_LAND: Medium.LAND,
}


@pytest.fixture(scope="module")
def thresholds() -> dict[tuple[str, str], Decimal]:
    """The Protocol's thresholds, as the project's own table has them."""
    return {
        (row["pollutant"], KINDS[kind].value): kg
        for row in read_table("thresholds")
        if row["set"] == "protocol"
        for kind, (kg, _note) in thresholds_of(row).items()
        if kind in KINDS
    }


@pytest.fixture(scope="module")
def facilities() -> list[PlannedFacility]:
    """The whole country."""
    return plan_facilities(1)


@pytest.fixture(scope="module")
def reports(facilities: list[PlannedFacility], thresholds: dict[tuple[str, str], Decimal]) -> list[Report]:
    """What the newest edition says of releases."""
    found = report_releases(facilities, thresholds, last_year=LAST_YEAR, seed=1)
    return tell_stories(found, facilities, last_year=LAST_YEAR)


class TestFacilities:
    def test_the_same_seed_gives_the_same_country(self, facilities: list[PlannedFacility]) -> None:
        assert plan_facilities(1) == facilities

    def test_another_seed_gives_another_one(self, facilities: list[PlannedFacility]) -> None:
        assert plan_facilities(2) != facilities

    def test_there_are_a_few_hundred_with_numbers_of_their_own(self, facilities: list[PlannedFacility]) -> None:
        assert len(facilities) == 269
        assert len({one.public_id for one in facilities}) == 269

    def test_those_that_pages_lead_to_are_there_also_when_it_must_be_quick(self) -> None:
        quick = {one.public_id for one in plan_facilities(1, quick=True)}
        assert {"selvast-waste-water-treatment-plant", "borvesk-copper-works"} <= quick

    def test_every_activity_of_the_plan_is_in_annex_i(self) -> None:
        assert {group.activity for group in read_plan()} <= {row["code"] for row in read_table("activities")}

    def test_every_activity_that_releases_or_transfers_is_in_the_plan(self) -> None:
        planned = {group.activity for group in read_plan()}
        assert {*RELEASES, *WASTE, *WASTE_WATER_TRANSFERS} <= planned

    def test_no_place_lies_on_land_that_belongs_to_anybody(self, facilities: list[PlannedFacility]) -> None:
        # The open North Sea, far from every coast.
        for one in facilities:
            assert Decimal("54.5") < one.address.latitude < Decimal("57.6")
            assert Decimal("1.8") < one.address.longitude < Decimal("6.2")

    def test_the_country_and_its_neighbours_have_codes_that_no_country_has(self) -> None:
        assert all("XA" <= code <= "XZ" for code in COUNTRY_NAMES)

    def test_every_region_has_towns(self) -> None:
        assert Counter(town.region for town in TOWNS).keys() == set(REGIONS)


class TestReleases:
    def test_there_are_ten_years_of_several_thousand(self, reports: list[Report]) -> None:
        assert {one.year for one in reports} == set(range(LAST_YEAR - YEARS + 1, LAST_YEAR + 1))
        assert 5000 < len(reports) < 9000

    def test_each_entry_is_there_once(self, reports: list[Report]) -> None:
        assert max(Counter(one.key for one in reports).values()) == 1

    def test_pollutants_media_methods_and_absences_are_the_registers(self, reports: list[Report]) -> None:
        assert {one.pollutant for one in reports} <= {row["code"] for row in read_table("pollutants")}
        assert {one.medium for one in reports} == set(Medium.values)
        assert {one.method for one in reports} == {*Method.values, ""}
        assert {one.presence for one in reports} == set(Presence.values)

    def test_the_newest_year_has_one_of_each_absence(self, reports: list[Report]) -> None:
        assert {one.presence for one in reports if one.year == LAST_YEAR} == set(Presence.values)

    def test_a_quantity_stands_where_presence_says_so_and_nowhere_else(self, reports: list[Report]) -> None:
        for one in reports:
            assert (one.quantity_kg is not None) == (one.presence in {"reported", "zero"})

    def test_no_accident_releases_more_than_there_was_in_all(self, reports: list[Report]) -> None:
        accidents = [one for one in reports if one.accidental_kg]
        assert accidents
        assert all((one.quantity_kg or 0) >= (one.accidental_kg or 0) for one in accidents)

    def test_hardly_anybody_reports_below_the_threshold(
        self, reports: list[Report], thresholds: dict[tuple[str, str], Decimal]
    ) -> None:
        reported = [one for one in reports if one.presence == "reported" and one.quantity_kg is not None]
        below = [one for one in reported if one.quantity_kg <= thresholds[one.pollutant, one.medium]]
        assert len(below) < len(reported) / 50

    def test_ammonia_rises_with_the_rule_and_only_where_it_is_calculated(
        self, facilities: list[PlannedFacility], thresholds: dict[tuple[str, str], Decimal]
    ) -> None:
        animals = {one.public_id for one in facilities if one.activity.startswith("7(a)")}
        found = report_releases(facilities, thresholds, last_year=LAST_YEAR, seed=1)
        change = LAST_YEAR - YEARS + 1 + RULE_CHANGE

        def quantities(method: str, year: int) -> dict[str, Decimal]:
            return {
                one.facility: one.quantity_kg
                for one in found
                if one.facility in animals and one.method == method and one.year == year and one.quantity_kg
            }

        def rise(method: str) -> Decimal:
            before, after = quantities(method, change - 1), quantities(method, change)
            both = before.keys() & after.keys()
            return sum((after[one] for one in both), Decimal(0)) / sum((before[one] for one in both), Decimal(0))

        assert Decimal("1.25") < rise("calculated") < Decimal("1.45")
        assert Decimal("0.85") < rise("measured") < Decimal("1.15")


class TestEditions:
    def test_the_earlier_edition_ends_a_year_earlier(self, reports: list[Report]) -> None:
        assert max(one.year for one in first_publication(reports, last_year=LAST_YEAR, seed=1)) == LAST_YEAR - 1

    def test_between_the_editions_entries_are_revised_dropped_and_added(self, reports: list[Report]) -> None:
        earlier = {one.key: one for one in first_publication(reports, last_year=LAST_YEAR, seed=1)}
        newest = {one.key: one for one in drop_mistakes(reports, last_year=LAST_YEAR, seed=1)}
        revised = [key for key in earlier.keys() & newest.keys() if earlier[key] != newest[key]]
        dropped = earlier.keys() - newest.keys()
        added = [key for key in newest.keys() - earlier.keys() if key[3] < LAST_YEAR]
        assert (50 < len(revised) < 150, 5 < len(dropped) < 60, 5 < len(added) < 60) == (True, True, True)

    def test_counted_from_another_year_the_country_is_the_same(
        self, facilities: list[PlannedFacility], thresholds: dict[tuple[str, str], Decimal]
    ) -> None:
        now = report_releases(facilities, thresholds, last_year=LAST_YEAR, seed=1)
        later = report_releases(facilities, thresholds, last_year=LAST_YEAR + 6, seed=1)
        assert [replace(one, year=one.year - 6) for one in later] == now


class TestTransfersAndDiffuseSources:
    def test_waste_crosses_borders_and_stays_at_home(self, facilities: list[PlannedFacility]) -> None:
        found = report_waste(facilities, last_year=LAST_YEAR, seed=1)
        assert {one.receiver.country for one in found if one.receiver} == set(COUNTRY_NAMES)
        assert {(one.waste, one.treatment) for one in found} == {
            (waste, treatment) for waste in ("hazardous", "other") for treatment in "RD"
        }

    def test_who_takes_hazardous_waste_over_the_border_is_always_named(self, facilities: list[PlannedFacility]) -> None:
        for one in report_waste(facilities, last_year=LAST_YEAR, seed=1):
            if one.receiver and one.receiver.country != "XV":
                assert one.waste == "hazardous"
                assert one.receiver.name

    def test_every_operation_fits_what_the_waste_is_destined_for(self, facilities: list[PlannedFacility]) -> None:
        for one in report_waste(facilities, last_year=LAST_YEAR, seed=1):
            assert one.operation.startswith(one.treatment)

    def test_waste_water_goes_to_the_plant_of_the_town(self, facilities: list[PlannedFacility]) -> None:
        towns = {one.public_id: one.town.name for one in facilities}
        for one in report_waste_water(facilities, last_year=LAST_YEAR, seed=1):
            assert one.receiver.city == towns[one.facility]

    def test_the_regions_of_a_diffuse_source_make_up_the_country(self) -> None:
        found = report_diffuse(last_year=LAST_YEAR, seed=1)
        assert {one.category for one in found} <= set(DiffuseCategory.values)
        nitrogen = [one for one in found if one.pollutant == "TOTALNITROGEN" and one.year == LAST_YEAR]
        whole = next(one.quantity_kg for one in nitrogen if not one.area)
        parts = sum(one.quantity_kg for one in nitrogen if one.area)
        assert abs(parts / whole - 1) < Decimal("0.03")
