"""Entries that officials and the demonstration write through the domain functions."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ledger.models import Entry as Event
from register.domain.entries import (
    add_facility,
    new_diffuse_release,
    new_pollutant_transfer,
    new_release,
    new_waste_transfer,
    record_diffuse_release,
    record_entries,
    record_pollutant_transfer,
    record_release,
    record_waste_transfer,
)
from register.domain.loads import finish_load, start_load
from register.domain.withholding import withhold_facility, withhold_information
from register.enums import LoadKind, Medium, Presence, WasteType, WithheldType, WithholdingGround
from register.models import Company, DiffuseRelease, PollutantTransfer, Release, WasteTransfer, WithheldInformation
from tests.register.factories import (
    ActivityFactory,
    FacilityFactory,
    OperationFactory,
    PollutantFactory,
    ReleaseFactory,
    WasteTransferFactory,
)

pytestmark = pytest.mark.django_db

DECISION = {
    "ground": WithholdingGround.COMMERCIAL,
    "reason": {"en": "A trade secret.", "fr": "Un secret d’affaires.", "ru": "Коммерческая тайна."},
    "decided_on": date(2025, 3, 3),
    "actor": None,
}


@pytest.fixture
def mercury():
    return PollutantFactory(mercury=True)


@pytest.fixture
def annual():
    return start_load(kind=LoadKind.RELEASES, source="Register office", register="demonstration")


def test_an_office_adds_facilities_and_their_companies_once(annual):
    facts = {"country": "FI", "activity": ActivityFactory(), "load": annual, "operator": "Mill Ltd"}
    mill = add_facility(public_id="mill-1", name="Mill", **facts, parent_company="Pulp Group")
    other = add_facility(public_id="mill-2", name="Other mill", **facts)
    assert (mill.operator, mill.parent_company.name) == (other.operator, "Pulp Group")
    assert Company.objects.count() == 2
    assert annual.rows_added == 2


def test_a_facility_that_cannot_be_is_refused(annual):
    with pytest.raises(ValidationError):
        add_facility(public_id="mill-1", name="Mill", country="FI", load=annual, latitude=Decimal(91), longitude=0)
    with pytest.raises(ValidationError):
        add_facility(public_id="not a slug", name="Mill", country="FI", load=annual)


def test_many_entries_of_all_kinds_are_written_with_few_statements(annual, mercury, django_assert_max_num_queries):
    mill = FacilityFactory(load=annual)
    entries = [
        new_release(facility=mill, pollutant=mercury, medium=Medium.AIR, year=year, quantity_kg=Decimal(year))
        for year in range(2000, 2025)
    ]
    entries.append(new_pollutant_transfer(facility=mill, pollutant=mercury, year=2024, quantity_kg=Decimal(2)))
    entries += [
        new_waste_transfer(
            facility=mill, year=2024, waste_type=kind, treatment="disposal", quantity_kg=Decimal(5), times=times
        )
        for kind in WasteType
        for times in (1, 2)
    ]
    entries.append(
        new_diffuse_release(category="shipping", pollutant=mercury, medium="water", year=1999, quantity_kg=Decimal(1))
    )
    with django_assert_max_num_queries(12):
        assert record_entries(entries, load=annual) == 31
    finish_load(annual)
    annual.refresh_from_db()
    assert (annual.rows_added, annual.first_year, annual.last_year) == (31, 1999, 2024)
    assert [model.objects.count() for model in (Release, PollutantTransfer, WasteTransfer, DiffuseRelease)] == [
        *(25, 1, 4, 1)
    ]
    assert Event.objects.about("register_load", str(annual.pk)).get().facts["register"] == "demonstration"


def test_single_entries_are_written_too(annual, mercury):
    mill = FacilityFactory(load=annual)
    operation = OperationFactory()
    record_release(load=annual, facility=mill, pollutant=mercury, medium="air", year=2024, quantity_kg=Decimal(1))
    waste = record_waste_transfer(
        load=annual,
        facility=mill,
        year=2024,
        waste_type="hazardous",
        treatment="recovery",
        operation=operation,
        quantity_kg=Decimal(5),
        receiver_name="Moxba",
        receiver_country="NL",
    )
    record_pollutant_transfer(load=annual, facility=mill, year=2024, pollutant=mercury, quantity_kg=Decimal(1))
    record_diffuse_release(
        load=annual, category="shipping", pollutant=mercury, medium="air", year=2024, quantity_kg=Decimal(1)
    )
    assert waste.entry_key == f"{mill.public_id}/2024/hazardous/recovery/R4/Moxba///NL/1"
    assert annual.rows_added == 4


def test_an_entry_that_is_there_already_is_not_written_twice(annual, mercury):
    facts = {"facility": FacilityFactory(), "pollutant": mercury, "medium": "air", "year": 2024}
    record_release(load=annual, **facts, quantity_kg=Decimal(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        record_release(load=annual, **facts, quantity_kg=Decimal(2))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"quantity_kg": Decimal(5)}, (Presence.REPORTED, Decimal(5))),
        ({"quantity_kg": Decimal(0)}, (Presence.ZERO, Decimal(0))),
        ({}, (Presence.NOT_REPORTED, None)),
        ({"presence": Presence.BELOW_THRESHOLD}, (Presence.BELOW_THRESHOLD, None)),
        ({"presence": Presence.NOT_MONITORED}, (Presence.NOT_MONITORED, None)),
    ],
)
def test_what_a_quantity_and_its_absence_mean(mercury, facts, expected):
    release = new_release(facility=FacilityFactory(), pollutant=mercury, medium="air", year=2024, **facts)
    assert (release.presence, release.quantity_kg) == expected


@pytest.mark.parametrize(
    "facts",
    [
        {"quantity_kg": Decimal(-1)},
        {"quantity_kg": Decimal("NaN")},
        {"quantity_kg": Decimal("1e13")},
        {"quantity_kg": Decimal(1), "presence": Presence.BELOW_THRESHOLD},
        {"presence": Presence.REPORTED},
        {"quantity_kg": Decimal(1), "accidental_kg": Decimal(2)},
        {"accidental_kg": Decimal(2)},
    ],
)
def test_quantities_that_cannot_be_are_refused(mercury, facts):
    with pytest.raises(ValidationError):
        new_release(facility=FacilityFactory(), pollutant=mercury, medium="air", year=2024, **facts)


def test_an_operation_belongs_to_disposal_or_to_recovery():
    with pytest.raises(ValidationError, match="Operation R4 is not one of disposal"):
        new_waste_transfer(
            facility=FacilityFactory(),
            year=2024,
            waste_type="other",
            treatment="disposal",
            operation=OperationFactory(),
            quantity_kg=Decimal(1),
        )


# Art. 12 --------------------------------------------------------------------------------------------------------------


def test_a_withheld_quantity_is_gone_and_the_register_says_why():
    release = ReleaseFactory()
    withheld = withhold_information(release, type_withheld=WithheldType.QUANTITY, **DECISION)
    release.refresh_from_db()
    assert (release.presence, release.quantity_kg, release.accidental_kg) == (Presence.CONFIDENTIAL, None, None)
    assert release.withheld == withheld
    assert withheld.ground_in_words == "commercial and industrial confidentiality (Art. 12(1)(c))"
    event = Event.objects.about("release", str(release.pk)).get()
    assert (event.verb, event.facts) == (
        "withhold_information",
        {"type_withheld": "quantity", "ground": "c", "decided_on": "2025-03-03"},
    )


def test_a_withheld_receiver_leaves_the_quantity_public():
    transfer = WasteTransferFactory(abroad=True)
    withhold_information(transfer, type_withheld=WithheldType.RECEIVER, **DECISION)
    transfer.refresh_from_db()
    assert (transfer.receiver_name, transfer.receiver_country) == ("", "")
    assert (transfer.presence, transfer.quantity_kg) == (Presence.REPORTED, Decimal("37.9"))


def test_a_withheld_facility_keeps_its_city_and_activity():
    facility = FacilityFactory()
    withhold_facility(facility, **DECISION)
    facility.refresh_from_db()
    assert (facility.name, facility.operator, facility.latitude) == ("", None, None)
    assert (facility.city, facility.activity.code) == ("Äänekoski", "6(a)")


@pytest.mark.parametrize("reason", ["", "  ", {"fr": " "}])
def test_nothing_is_withheld_without_a_reason(reason):
    release = ReleaseFactory()
    with pytest.raises(ValidationError):
        withhold_information(release, type_withheld=WithheldType.QUANTITY, **{**DECISION, "reason": reason})
    release.refresh_from_db()
    assert release.presence == Presence.REPORTED
    assert not WithheldInformation.objects.exists()


def test_there_is_no_other_ground_and_no_other_kind_of_information():
    release = ReleaseFactory()
    with pytest.raises(ValueError, match="'f' is not a valid WithholdingGround"):
        withhold_information(release, type_withheld=WithheldType.QUANTITY, **{**DECISION, "ground": "f"})
    with pytest.raises(ValidationError, match="does not hold what would be withheld: the name and address"):
        withhold_information(release, type_withheld=WithheldType.RECEIVER, **DECISION)
