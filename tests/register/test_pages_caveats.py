"""What is said beside the numbers, by rule."""

import re
from decimal import Decimal

import pytest
from django.test import Client

from register.caveats import CaveatCode
from register.enums import ChangeKind, LoadKind, Method
from register.models import EntryChange
from tests.register.factories import (
    FacilityFactory,
    PollutantFactory,
    RegisterLoadFactory,
    ReleaseFactory,
)
from tests.register.pages import page

pytestmark = pytest.mark.django_db


def codes(client: Client, url: str) -> set[str]:
    """The caveats beside the numbers of a page."""
    return set(re.findall(r'id="(?:chart-)?caveats-(\w+)"', client.get(url).content.decode())) - {"title"}


class TestCaveats:
    def test_that_a_release_is_no_exposure_and_missing_is_not_zero_is_always_said(self, client: Client) -> None:
        release = ReleaseFactory()
        assert codes(client, release.pollutant.get_absolute_url()) == {
            CaveatCode.RELEASE_IS_NOT_EXPOSURE,
            CaveatCode.BELOW_THRESHOLD,
        }

    def test_methods_that_differ_and_a_majority_of_estimates_are_said(self, client: Client) -> None:
        pollutant = PollutantFactory()
        ReleaseFactory(pollutant=pollutant, method=Method.MEASURED)
        ReleaseFactory.create_batch(2, pollutant=pollutant, method=Method.ESTIMATED)
        assert {CaveatCode.METHOD_MIX, CaveatCode.MOSTLY_ESTIMATED} <= codes(client, pollutant.get_absolute_url())

    def test_half_estimated_is_not_mostly_estimated(self, client: Client) -> None:
        pollutant = PollutantFactory()
        ReleaseFactory(pollutant=pollutant, method=Method.MEASURED)
        ReleaseFactory(pollutant=pollutant, method=Method.ESTIMATED)
        assert CaveatCode.MOSTLY_ESTIMATED not in codes(client, pollutant.get_absolute_url())

    def test_one_facility_that_makes_most_of_it_is_named(self, client: Client) -> None:
        pollutant = PollutantFactory()
        ReleaseFactory(pollutant=pollutant, quantity_kg=Decimal(80), facility__name="Pulp Mill")
        ReleaseFactory(pollutant=pollutant, quantity_kg=Decimal(20))
        said = page(client, pollutant.get_absolute_url())
        assert "In 2023 80% of what was reported (water) came from one facility, Pulp Mill" in said

    def test_a_peak_of_one_facility_is_said_of_its_year(self, client: Client) -> None:
        pollutant = PollutantFactory()
        ReleaseFactory(pollutant=pollutant, reporting_year=2014, quantity_kg=Decimal(900), facility__name="Smelter")
        ReleaseFactory(pollutant=pollutant, reporting_year=2014, quantity_kg=Decimal(100))
        ReleaseFactory.create_batch(2, pollutant=pollutant, reporting_year=2023, quantity_kg=Decimal(20))
        assert "In 2014 90% of what was reported (water) came from one facility, Smelter" in page(
            client, pollutant.get_absolute_url()
        )

    def test_accidents_unknown_accidents_and_revisions_are_said(self, client: Client) -> None:
        pollutant = PollutantFactory()
        load = RegisterLoadFactory(accidental_unknown=True)
        release = ReleaseFactory(pollutant=pollutant, accidental_kg=Decimal(1), load=load)
        EntryChange.objects.create(
            load=load,
            change=ChangeKind.REVISED,
            kind=LoadKind.RELEASES,
            facility=release.facility,
            pollutant=pollutant,
            reporting_year=2023,
            entry_key=release.entry_key,
            before={"quantity_kg": "30"},
            after={"quantity_kg": "37.9"},
        )
        assert {
            CaveatCode.ACCIDENTAL_INCLUDED,
            CaveatCode.ACCIDENTAL_UNKNOWN,
            CaveatCode.LATE_UPDATES,
        } <= codes(client, pollutant.get_absolute_url())

    def test_different_pollutants_side_by_side_say_that_weight_ranks_no_harm(self, client: Client) -> None:
        facility = FacilityFactory()
        ReleaseFactory.create_batch(2, facility=facility)
        assert CaveatCode.KG_IS_NOT_TOXICITY in codes(client, facility.get_absolute_url())
