"""Every load is a version: what it added, confirmed, revised, dropped and restored, and what it must leave alone."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.models import Entry as Event
from register.domain.withholding import withhold_facility, withhold_information
from register.enums import LoadKind, WithheldType, WithholdingGround
from register.importing.loading import rehearsal
from register.models import EntryChange, Facility, Pollutant, RegisterLoad, Release, WasteTransfer
from tests.register.factories import ActivityFactory, FacilityFactory, PollutantFactory, RegisterLoadFactory
from tests.register.files import counted, load, rejects, write, write_facilities, write_waste

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mercury():
    return PollutantFactory(mercury=True)


@pytest.fixture
def mill():
    return FacilityFactory(public_id="0000000001", load=RegisterLoadFactory(kind=LoadKind.FACILITIES))


def years(*quantities, first=2018):
    """One release of each year, by quantity; None leaves the year out."""
    return [
        {"reportingYear": str(first + place), "totalPollutantQuantityKg": quantity}
        for place, quantity in enumerate(quantities)
        if quantity is not None
    ]


def history(release):
    return [(one.change, one.before, one.after) for one in EntryChange.objects.about(release)]


def dump():
    """Everything the register says, without the numbers of the rows."""
    return {
        "releases": list(
            Release.objects.order_by("reporting_year", "medium").values_list(
                *("facility__public_id", "pollutant__code", "medium", "reporting_year", "presence", "quantity_kg"),
                *("accidental_kg", "method", "load__sha256", "dropped_by__sha256"),
            )
        ),
        "changes": list(EntryChange.objects.values_list("load__sha256", "change", "entry_key", "before", "after")),
        "loads": list(RegisterLoad.objects.values_list("sha256", "rows_read", "rows_added")),
    }


def test_a_load_says_where_its_entries_come_from(tmp_path, mill):
    at = datetime(2025, 4, 1, 8, 30, tzinfo=UTC)
    outcome = load(write(tmp_path, years("37.9", "38")), source="Environment institute, edition of 2025", at=at)
    made = RegisterLoad.objects.get(kind="releases")
    assert (made.source, made.loaded_at, made.file_name) == (
        "Environment institute, edition of 2025",
        at,
        "edition.csv",
    )
    assert (made.first_year, made.last_year, made.rows_read, made.rows_added) == (2018, 2019, 2, 2)
    assert len(made.sha256) == 64
    assert set(Release.objects.values_list("load", flat=True)) == {made.pk}
    event = Event.objects.about("register_load", str(made.pk)).get()
    assert (event.verb, event.actor_role, event.facts["rows_added"]) == ("load_register", "system", 2)
    assert outcome.counts == made


def test_revised_dropped_added_and_restored_entries_keep_their_history(tmp_path, mill):
    load(write(tmp_path, years("10", "11", "12"), name="a.csv"))
    outcome = load(write(tmp_path, years("10", "11.5", None, "13"), name="b.csv"))
    # 2018 and 2019 are in both; 2020 is a year that the new edition does not cover, so nothing is said about it.
    assert counted(outcome) == {"read": 3, "added": 1, "unchanged": 1, "revised": 1}

    outcome = load(write(tmp_path, years("10", None, "12.5", "13"), name="c.csv"))
    assert counted(outcome) == {"read": 3, "unchanged": 2, "revised": 1}
    outcome = load(write(tmp_path, [*years("10"), {"reportingYear": "2019", "medium": "AIR"}], name="d.csv"))
    assert counted(outcome) == {"read": 2, "added": 1, "added_late": 1, "unchanged": 1, "dropped": 1}
    dropped = Release.objects.dropped().get()
    assert (dropped.reporting_year, dropped.quantity_kg) == (2019, Decimal("11.5"))

    outcome = load(write(tmp_path, years("10", "11"), name="e.csv"))
    assert counted(outcome) == {"read": 2, "unchanged": 1, "restored": 1, "dropped": 1}
    dropped.refresh_from_db()
    assert (dropped.is_current, dropped.quantity_kg) == (True, Decimal(11))
    state = {"presence": "reported", "quantity_kg": "11.5", "method": "measured", "accidental_kg": None}
    assert history(dropped) == [
        ("revised", {"quantity_kg": "11"}, {"quantity_kg": "11.5"}),
        ("dropped", state, {}),
        ("restored", {"quantity_kg": "11.5"}, {"quantity_kg": "11"}),
    ]


def test_a_change_of_method_alone_is_no_revision_of_the_quantity(tmp_path, mill):
    load(write(tmp_path, [{}]))
    assert counted(load(write(tmp_path, [{"methodCode": "C"}]))) == {"read": 1, "amended": 1}
    assert history(Release.objects.get()) == [("amended", {"method": "measured"}, {"method": "calculated"})]


def test_the_same_file_again_leaves_no_trace(tmp_path, mill):
    path = write(tmp_path, years("10", "11"))
    load(path)
    before = dump()
    again = load(path)
    assert counted(again) == {"read": 2, "unchanged": 2}
    assert again.recognised_as == RegisterLoad.objects.get(kind="releases")
    assert dump() == before


def test_an_old_edition_does_not_take_the_place_of_a_new_one_unless_it_is_told_to(tmp_path, mill):
    old, new = write(tmp_path, years("10"), name="old.csv"), write(tmp_path, years("20"), name="new.csv")
    load(old)
    load(new)
    before = dump()
    outcome = load(old)
    assert (outcome.superseded, outcome.recognised_as.file_name) == (True, "old.csv")
    assert dump() == before
    assert counted(load(old, again=True)) == {"read": 1, "revised": 1}
    assert Release.objects.get().quantity_kg == 10


def test_an_old_edition_of_other_years_is_not_superseded(tmp_path, mill):
    old = write(tmp_path, years("10"), name="old.csv")
    load(old)
    load(write(tmp_path, years("20", first=2022), name="new.csv"))
    assert load(old).superseded is False


def test_an_edition_with_the_same_content_confirms_it_under_its_own_name(tmp_path, mill):
    load(write(tmp_path, years("10"), name="a.csv"))
    path = write(tmp_path, years("10.0"), name="b.csv")
    assert counted(load(path)) == {"read": 1, "unchanged": 1}
    assert Release.objects.get().load.file_name == "b.csv"


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # a new database for each example would test nothing more
@given(
    st.lists(
        st.tuples(
            st.integers(2015, 2020),
            st.sampled_from(["AIR", "WATER", "LAND", "SPACE"]),
            st.decimals(-1, 10**9, places=4),
        ),
        min_size=1,
        max_size=12,
    ),
    st.data(),
)
def test_importing_twice_is_importing_once(tmp_path, mill, rows, data):
    Release.objects.all().delete()
    EntryChange.objects.all().delete()
    RegisterLoad.objects.filter(kind="releases").delete()
    rows = [
        {"reportingYear": str(year), "medium": medium, "totalPollutantQuantityKg": str(quantity)}
        for year, medium, quantity in rows
    ]
    first = write(tmp_path, rows[: data.draw(st.integers(1, len(rows)))], name="first.csv")
    load(first)
    path = write(tmp_path, rows, name="all.csv")
    load(path)
    once = dump()
    twice = load(path)
    assert dump() == once
    assert twice.counts.rows_unchanged + twice.counts.rows_rejected == len(rows)


def test_a_rehearsal_counts_and_keeps_nothing(tmp_path, mill):
    path = write(tmp_path, [*years("10", "11"), {"medium": "SPACE"}])
    with rehearsal():
        outcome = load(path)
    assert counted(outcome) == {"read": 3, "added": 2, "rejected": 1}
    assert len(rejects(outcome)) == 1
    assert not Release.objects.exists()
    assert not RegisterLoad.objects.filter(kind="releases").exists()
    assert not Event.objects.exists()


def test_a_partial_file_drops_nothing(tmp_path, mill):
    load(write(tmp_path, [{}, {"medium": "AIR"}], name="a.csv"))
    outcome = load(write(tmp_path, [{}], name="b.csv"), partial=True)
    assert (outcome.not_in_file, counted(outcome)) == (1, {"read": 1, "unchanged": 1})
    assert Release.objects.current().count() == 2


def test_a_row_that_cannot_be_read_puts_off_dropping_because_it_may_be_the_missing_entry(tmp_path, mill):
    load(write(tmp_path, [{}, {"medium": "AIR"}], name="a.csv"))
    outcome = load(write(tmp_path, [{}, {"medium": "AIR", "totalPollutantQuantityKg": "1,5"}], name="b.csv"))
    assert (outcome.dropping_put_off, outcome.not_in_file) == (True, 1)
    assert Release.objects.current().count() == 2
    mended = load(write(tmp_path, [{}, {"medium": "LAND"}], name="c.csv"))
    assert counted(mended) == {"read": 2, "added": 1, "added_late": 1, "unchanged": 1, "dropped": 1}


@pytest.mark.parametrize("row", [{"pollutantCode": "XENON"}, {"facilityId": "9"}, {}])
def test_a_row_about_nothing_the_register_has_does_not_put_off_dropping(tmp_path, mill, row):
    load(write(tmp_path, [{}, {"medium": "AIR"}], name="a.csv"))
    outcome = load(write(tmp_path, [{}, row], name="b.csv"))
    assert counted(outcome) == {"read": 2, "unchanged": 1, "dropped": 1, "rejected": 1}


# What a zero says -----------------------------------------------------------------------------------------------------


def test_zeros_for_every_accident_are_kept_as_unknown_and_one_accident_makes_them_believed(tmp_path, mill):
    silent = load(write(tmp_path, [{}, {"medium": "AIR"}], name="a.csv"))
    assert silent.accidental_unknown
    assert list(Release.objects.values_list("accidental_kg", flat=True)) == [None, None]
    load(write(tmp_path, [{"AccidentalPollutantQuantityKG": "3"}, {"medium": "AIR"}], name="b.csv"))
    assert sorted(Release.objects.values_list("accidental_kg", flat=True)) == [0, 3]


def test_a_file_that_does_not_tell_takes_no_known_accident_away_unless_it_became_impossible(tmp_path, mill):
    load(write(tmp_path, [{"AccidentalPollutantQuantityKG": "30"}], name="a.csv"))
    load(write(tmp_path, [{"totalPollutantQuantityKg": "37"}], name="b.csv"))
    assert Release.objects.get().accidental_kg == 30
    load(write(tmp_path, [{"totalPollutantQuantityKg": "29"}], name="c.csv"))
    release = Release.objects.get()
    assert (release.quantity_kg, release.accidental_kg) == (29, None)


def test_zero_is_not_the_same_as_nothing(tmp_path, mill):
    load(write(tmp_path, [{"totalPollutantQuantityKg": "0.0"}]))
    assert (Release.objects.get().presence, Release.objects.get().quantity_kg) == ("zero", 0)


def test_carbon_dioxide_without_biomass_is_an_entry_of_its_own(tmp_path, mill):
    PollutantFactory(carbon_dioxide=True)
    PollutantFactory(without_biomass=True)
    rows = [
        {"pollutantCode": "CO2", "totalPollutantQuantityKg": "625000000.0", "medium": "AIR"},
        {"pollutantCode": "CO2EXCLBIOMASS", "totalPollutantQuantityKg": "41900000.0", "medium": "AIR"},
    ]
    load(write(tmp_path, rows))
    assert dict(Release.objects.values_list("pollutant__code", "quantity_kg")) == {
        "CO2": 625_000_000,
        "CO2EXCLBIOMASS": 41_900_000,
    }


# Whose entries --------------------------------------------------------------------------------------------------------


def test_another_register_keeps_its_facilities_and_its_entries(tmp_path, mill):
    elsewhere = FacilityFactory(
        public_id="elsewhere", load=RegisterLoadFactory(kind=LoadKind.FACILITIES, register="demonstration")
    )
    load(write(tmp_path, [{"facilityId": "elsewhere"}], name="demo.csv"), register="demonstration")
    outcome = load(write(tmp_path, [{}, {"facilityId": "elsewhere", "medium": "AIR"}]))
    assert counted(outcome) == {"read": 2, "added": 1, "rejected": 1}
    assert rejects(outcome) == [(3, "The facility “elsewhere” belongs to another register, “demonstration”.")]
    assert Release.objects.current().filter(facility=elsewhere).count() == 1


# Facilities -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def pulp():
    return ActivityFactory()


def test_a_facility_is_described_by_the_newest_file_and_blanks_take_nothing_away(tmp_path, pulp):
    load(write_facilities(tmp_path, [{}], name="a.csv"))
    blanks = dict.fromkeys(["pointGeometryLon", "pointGeometryLat", "streetName", "buildingNumber"], "")
    outcome = load(write_facilities(tmp_path, [{**blanks, "city": "ÄÄNEKOSKI", "reportingYear": "2023"}], name="b.csv"))
    assert counted(outcome) == {"read": 1, "amended": 1}
    facility = Facility.objects.get()
    assert (facility.city, facility.street, facility.latitude) == ("ÄÄNEKOSKI", "Tehtaantie 1", Decimal("62.6042"))
    assert (facility.activity, facility.parent_company.name) == (pulp, "Metsä Fibre Oy")
    assert history(facility) == [
        (
            "amended",
            {"city": "Äänekoski", "described_year": 2020},
            {"city": "ÄÄNEKOSKI", "described_year": 2023},
        )
    ]


def test_the_same_facilities_again_change_nothing(tmp_path, pulp):
    load(write_facilities(tmp_path, [{}]))
    again = load(write_facilities(tmp_path, [{}]))
    assert (counted(again), again.recognised_as is not None) == ({"read": 1, "unchanged": 1}, True)


def test_a_confidential_facility_loses_name_and_place_and_its_history_does_not_tell_them(tmp_path, pulp):
    load(write_facilities(tmp_path, [{}], name="a.csv"))
    hidden = {"nameOfFeature": "CONFIDENTIAL", "parentCompanyName": "CONFIDENTIAL", "streetName": "", "postalCode": ""}
    place = dict.fromkeys(["pointGeometryLon", "pointGeometryLat", "buildingNumber"], "")
    load(write_facilities(tmp_path, [{**hidden, **place}], name="b.csv"))
    facility = Facility.objects.get()
    assert (facility.name, facility.parent_company, facility.street, facility.latitude) == ("", None, "", None)
    assert facility.city == "Äänekoski"
    assert (facility.withheld.type_withheld, facility.withheld.ground) == ("facility", "")
    [(change, before, after)] = history(facility)
    assert (change, after["withheld"]) == ("amended", True)
    assert {value for name, value in {**before, **after}.items() if name != "withheld"} == {None}


def test_what_officials_withheld_stays_withheld_whatever_a_file_says(tmp_path, pulp):
    path = write_facilities(tmp_path, [{}])
    load(path)
    load(write(tmp_path, [{}]))
    decision = {"reason": "A person's home.", "decided_on": date(2025, 1, 2), "actor": None}
    withhold_facility(Facility.objects.get(), ground=WithholdingGround.PERSONAL_DATA, **decision)
    withhold_information(
        Release.objects.get(),
        type_withheld=WithheldType.QUANTITY,
        ground=WithholdingGround.PERSONAL_DATA,
        **decision,
    )
    load(path)
    load(write(tmp_path, [{"totalPollutantQuantityKg": "40"}]))
    facility, release = Facility.objects.get(), Release.objects.get()
    assert (facility.name, facility.latitude) == ("", None)
    assert (release.presence, release.quantity_kg) == ("confidential", None)


def test_identifiers_that_fit_no_address_stay_apart(tmp_path, pulp):
    identifiers = ["12/345 A", "12-345-A", "12.345.A", "Ääkkönen", "завод 7"]
    load(write_facilities(tmp_path, [{"facilityId": one} for one in identifiers]))
    assert Facility.objects.count() == 5
    outcome = load(write(tmp_path, [{"facilityId": one} for one in identifiers]))
    assert counted(outcome) == {"read": 5, "added": 5}
    for facility in Facility.objects.all():
        facility.full_clean()


# Transfers ------------------------------------------------------------------------------------------------------------


def test_tonnes_of_waste_become_kilograms_and_countries_codes(tmp_path, mill):
    row = {
        "totalWasteQuantityTNE": "0.012",
        "nameOfReceiver": "Revac Sverige AB",
        "ReceivingSite_city": "Hova",
        "ReceivingSite_postalCode": "54831",
        "ReceivingSite_countryName": "Sweden",
    }
    load(write_waste(tmp_path, [row, {"nameOfReceiver": "N/A", "ReceivingSite_city": "N/A"}]))
    abroad, at_home = WasteTransfer.objects.order_by("-receiver_country")
    assert (abroad.quantity_kg, abroad.receiver_country, abroad.receiver_city) == (12, "SE", "Hova")
    assert (at_home.receiver_name, at_home.receiver_city, at_home.quantity_kg) == ("", "", 71_300)
    assert abroad.entry_key == "0000000001/2020/hazardous/recovery//Revac Sverige AB/Hova/54831/SE/1"


def test_a_transfer_is_revised_and_dropped_as_releases_are(tmp_path, mill):
    load(write_waste(tmp_path, [{}, {"wasteTreatmentCode": "D"}], name="a.csv"))
    outcome = load(write_waste(tmp_path, [{"totalWasteQuantityTNE": "71.4"}], name="b.csv"))
    assert counted(outcome) == {"read": 1, "revised": 1, "dropped": 1}
    revised = WasteTransfer.objects.current().get()
    assert history(revised) == [("revised", {"quantity_kg": "71300"}, {"quantity_kg": "71400"})]


def test_a_load_asks_the_database_as_often_for_many_rows_as_for_few(tmp_path, mill, django_assert_max_num_queries):
    path = write(tmp_path, [{"reportingYear": str(year), "medium": medium} for year in range(1990, 2025)
                            for medium in ("AIR", "WATER", "LAND")])  # fmt: skip
    with django_assert_max_num_queries(26):
        load(path)
    assert Release.objects.count() == 105
    assert Pollutant.objects.get().releases.count() == 105
