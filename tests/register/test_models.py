"""What the database itself refuses, whoever writes, and what entries say about themselves."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from register.enums import ABSENCES, Presence, WithheldType
from register.models import EntryChange, PollutantTransfer, Release
from register.models.entries import LONGEST_KEY, transfer_key
from tests.register.factories import (
    DiffuseReleaseFactory,
    FacilityFactory,
    PollutantFactory,
    PollutantTransferFactory,
    RegisterLoadFactory,
    ReleaseFactory,
    ThresholdFactory,
    WasteTransferFactory,
    WithheldInformationFactory,
)

pytestmark = pytest.mark.django_db


def refused(make, **facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(**facts)


@pytest.mark.parametrize("absence", [one for one in ABSENCES if one != Presence.ZERO])
@pytest.mark.parametrize(
    "make", [ReleaseFactory, WasteTransferFactory, PollutantTransferFactory, DiffuseReleaseFactory]
)
def test_an_absence_other_than_zero_never_has_a_quantity(make, absence):
    refused(make, presence=absence, quantity_kg=Decimal(0), withheld=WithheldInformationFactory())


@pytest.mark.parametrize("presence", [Presence.REPORTED, Presence.ZERO])
def test_a_reported_value_has_a_quantity(presence):
    refused(ReleaseFactory, presence=presence, quantity_kg=None)


def test_a_quantity_is_never_negative():
    refused(ReleaseFactory, quantity_kg=Decimal("-0.000000001"))


@pytest.mark.parametrize("trait", ["zero", "below_threshold", "not_reported", "confidential", "not_monitored"])
def test_the_five_absences_stay_five(trait):
    release = ReleaseFactory(**{trait: True})
    release.refresh_from_db()
    assert release.presence == trait
    assert release.quantity_kg == (Decimal(0) if trait == "zero" else None)


def test_a_confidential_value_says_why():
    refused(ReleaseFactory, presence=Presence.CONFIDENTIAL, quantity_kg=None, withheld=None)


def test_no_more_is_released_by_accident_than_in_all():
    ReleaseFactory(quantity_kg=Decimal(5), accidental_kg=Decimal(5))
    refused(ReleaseFactory, quantity_kg=Decimal(5), accidental_kg=Decimal("5.000000001"))
    refused(ReleaseFactory, quantity_kg=Decimal(5), accidental_kg=Decimal(-1))


def test_there_is_one_release_for_a_facility_pollutant_medium_and_year():
    first = ReleaseFactory()
    same = {"facility": first.facility, "pollutant": first.pollutant, "medium": first.medium}
    ReleaseFactory(**same, reporting_year=first.reporting_year - 1)
    refused(ReleaseFactory, **same, reporting_year=first.reporting_year)


def test_a_facility_without_a_name_says_why():
    refused(FacilityFactory, name="")


@pytest.mark.parametrize(
    "position",
    [
        {"latitude": Decimal(91), "longitude": Decimal(0)},
        {"latitude": Decimal(0), "longitude": Decimal("-180.5")},
        {"latitude": None, "longitude": Decimal(25)},
        {"latitude": Decimal(62), "longitude": None},
    ],
)
def test_a_facility_lies_on_earth_or_nowhere(position):
    refused(FacilityFactory, **position)


def test_a_threshold_is_above_zero():
    refused(ThresholdFactory, quantity_kg=Decimal(0))


def test_fifteen_digits_and_a_microgram_come_back_unchanged():
    for text in ("123456789012345", "0.000000001", "4730000000.12345", "0.123456789", "999999.999999999"):
        release = ReleaseFactory(quantity_kg=Decimal(text))
        release.refresh_from_db()
        assert release.quantity_kg == Decimal(text)


def test_a_facility_whose_name_is_withheld_is_called_so_in_the_language_of_the_page():
    facility = FacilityFactory(public_id="0000006579", name_withheld=True)
    titles = {}
    for language in ("en", "fr", "ru"):
        with translation.override(language):
            titles[language] = str(facility)
    assert titles["en"] == "Name withheld (register number 0000006579)"
    assert len(set(titles.values())) == 3


def test_what_a_source_withholds_without_a_word_is_said_to_be_unexplained():
    withheld = WithheldInformationFactory(unexplained=True, type_withheld=WithheldType.FACILITY)
    assert withheld.ground_in_words == "the source does not state the ground"
    assert withheld.reason == "The source does not state the reason."


def test_a_reason_is_given_in_the_language_of_the_page_and_in_english_where_it_is_missing():
    withheld = WithheldInformationFactory(reason_en="Secret.", reason_fr="Secret d’affaires.")
    with translation.override("fr"):
        assert withheld.reason == "Secret d’affaires."
    with translation.override("ru"):
        assert withheld.reason == "Secret."


def test_a_name_awaits_review_only_in_the_languages_where_nobody_has_confirmed_it():
    mercury = PollutantFactory(mercury=True)
    awaiting = {}
    for language in ("en", "fr", "ru"):
        with translation.override(language):
            awaiting[language] = mercury.name_awaits_review
    assert awaiting == {"en": False, "fr": False, "ru": True}


def test_current_and_dropped_entries_are_told_apart():
    kept, dropped = ReleaseFactory(), ReleaseFactory(dropped=True)
    assert list(Release.objects.current()) == [kept]
    assert list(Release.objects.dropped()) == [dropped]
    assert (kept.is_current, dropped.is_current) == (True, False)


def test_the_history_of_an_entry_is_found_by_its_key_and_kind():
    release = ReleaseFactory()
    load = RegisterLoadFactory()
    about = {"load": load, "change": "revised", "entry_key": release.entry_key}
    change = EntryChange.objects.create(**about, kind=release.load_kind)
    EntryChange.objects.create(**about, kind="diffuse")
    assert list(EntryChange.objects.about(release)) == [change]


def test_keys_of_transfers_stay_different_when_they_are_too_long_to_keep():
    keys = {transfer_key("receiver" * 60, n) for n in range(3)}
    assert len(keys) == 3
    assert {len(key) for key in keys} == {LONGEST_KEY}


def test_a_transfer_of_a_pollutant_goes_in_waste_water_unless_it_is_said_otherwise():
    assert PollutantTransferFactory().destination == "waste_water"
    assert PollutantTransfer.objects.get().get_destination_display() == "in waste water, for treatment"
