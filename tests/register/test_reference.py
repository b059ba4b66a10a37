"""Annexes I to III as the project holds them."""

from decimal import Decimal

import pytest
from django.core.management import call_command
from django.utils import translation

from register.domain.reference import load_reference, read_table
from register.enums import PollutantGroup, ThresholdKind
from register.models import Activity, Operation, Pollutant, Threshold, ThresholdSet

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    return load_reference()


def threshold(set_code, pollutant, kind):
    found = Threshold.objects.filter(threshold_set__code=set_code, pollutant__code=pollutant, kind=kind).first()
    return (found.quantity_kg, found.note) if found else None


def test_the_lists_are_as_long_as_the_annexes(loaded):
    assert Pollutant.objects.filter(in_protocol=True).count() == 86
    assert Pollutant.objects.filter(in_eprtr=True).count() == 91
    assert Activity.objects.filter(level=1).count() == 9
    assert Activity.objects.filter(level=2).count() == 45
    assert Activity.objects.filter(level=3).count() == 29
    assert list(Operation.objects.filter(treatment="disposal").values_list("code", flat=True)) == [
        f"D{n}" for n in range(1, 16)
    ]
    assert list(Operation.objects.filter(treatment="recovery").values_list("code", flat=True)) == [
        f"R{n}" for n in range(1, 14)
    ]


def test_loading_again_changes_nothing(loaded, django_assert_num_queries):
    assert load_reference() == loaded
    # Two for the savepoint and one for each of the five tables; a write would show.
    with django_assert_num_queries(7):
        load_reference()


def test_the_command_says_what_is_there(capsys):
    call_command("load_reference")
    assert capsys.readouterr().out == (
        "Reference data: 92 pollutants with 528 thresholds, 83 activities, 28 operations.\n"
    )


def test_a_name_reviewed_here_is_not_overwritten(loaded):
    Pollutant.objects.filter(code="HGANDCOMPOUNDS").update(name_ru="Ртуть (проверено)", name_ru_reviewed=True)
    load_reference()
    mercury = Pollutant.objects.get(code="HGANDCOMPOUNDS")
    assert (mercury.name_ru, mercury.name_ru_reviewed) == ("Ртуть (проверено)", True)


def test_which_threshold_set_applies_here_is_not_overwritten(loaded):
    ThresholdSet.objects.filter(code="protocol").update(applies=False)
    ThresholdSet.objects.filter(code="eprtr").update(applies=True)
    load_reference()
    assert list(ThresholdSet.objects.filter(applies=True).values_list("code", flat=True)) == ["eprtr"]


def test_a_threshold_that_the_table_does_not_have_is_deleted(loaded):
    mercury = Pollutant.objects.get(code="HGANDCOMPOUNDS")
    Threshold.objects.create(
        threshold_set=ThresholdSet.objects.get(code="eprtr"),
        pollutant=mercury,
        kind=ThresholdKind.OFFSITE_TRANSFER,
        quantity_kg=9,
    )
    assert load_reference() == loaded
    assert threshold("eprtr", "HGANDCOMPOUNDS", "offsite_transfer") is None


@pytest.mark.parametrize(
    ("pollutant", "kind", "protocol", "eprtr"),
    [
        ("HGANDCOMPOUNDS", "release_water", (Decimal(1), ""), (Decimal(1), "")),
        ("PCDD+PCDF(DIOXINS+FURANS)", "release_air", (Decimal("0.001"), ""), (Decimal("0.0001"), "")),
        ("PER", "release_water", None, (Decimal(10), "")),
        ("CH4", "manufacture_process_use", (Decimal(100_000), "*"), None),
        ("TOC", "manufacture_process_use", (Decimal(50_000), "**"), None),
        ("BENZENE", "release_air", (Decimal(1000), ""), (Decimal(1000), "")),
        ("BENZENE", "release_water", (Decimal(200), "a"), (Decimal(200), "a")),
        ("BENZENE", "offsite_transfer", (Decimal(2000), "a"), None),
        ("PAHS", "release_land", (Decimal(5), "b"), (Decimal(5), "b")),
        ("CHLORIDES", "manufacture_process_use", (Decimal(10_000), "c"), None),
        ("PCBS", "offsite_transfer", (Decimal(1), ""), None),
        ("FLUORANTHENE", "release_water", None, (Decimal(1), "")),
        ("CO2EXCLBIOMASS", "release_air", None, None),
    ],
)
def test_thresholds_are_those_of_the_annex_and_of_the_european_register(loaded, pollutant, kind, protocol, eprtr):
    assert threshold("protocol", pollutant, kind) == protocol
    assert threshold("eprtr", pollutant, kind) == eprtr


def test_carbon_dioxide_without_biomass_is_part_of_carbon_dioxide_and_stands_after_it(loaded):
    sub_entry = Pollutant.objects.get(code="CO2EXCLBIOMASS")
    assert sub_entry.part_of == Pollutant.objects.get(code="CO2")
    assert (sub_entry.in_protocol, sub_entry.in_eprtr) == (False, False)
    assert list(Pollutant.objects.values_list("code", flat=True)[2:4]) == ["CO2", "CO2EXCLBIOMASS"]


def test_the_pollutants_of_the_btex_sum_are_known(loaded):
    assert set(Pollutant.objects.filter(sum_group="BTEX").values_list("code", flat=True)) == {
        "BENZENE",
        "TOLUENE",
        "ETHYLBENZENE",
        "XYLENES",
    }


def test_every_name_stands_in_three_languages_and_nobody_has_confirmed_the_russian_ones(loaded):
    for model in (Pollutant, Activity, Operation, ThresholdSet):
        assert not model.objects.filter(name_en="").exists()
        assert not model.objects.filter(name_fr="").exists()
        assert not model.objects.filter(name_ru="").exists()
        assert not model.objects.filter(name_ru_reviewed=True).exists()
    assert Pollutant.objects.filter(name_fr_reviewed=True).count() == 86


def test_no_name_of_an_activity_needs_its_parent_to_be_understood(loaded):
    names = list(Activity.objects.values_list("name_en", flat=True))
    assert len(set(names)) == len(names)
    assert not [name for name in names if name.endswith((":", "of", "from", "such as")) or name[0].islower()]


def test_an_activity_without_capacity_threshold_says_so_and_a_heading_says_nothing(loaded):
    refinery, heading = Activity.objects.get(code="1(a)"), Activity.objects.get(code="1")
    assert refinery.capacity_threshold == "No capacity threshold: every facility is under the duty to report."
    assert heading.capacity_threshold == ""
    with translation.override("fr"):
        assert Activity.objects.get(code="5(b)").capacity_threshold == "D’une capacité de 3 tonnes par heure"
    assert (refinery.employee_threshold, heading.employee_threshold) == (10, None)


def test_groups_and_addresses_are_ones_that_the_model_knows(loaded):
    assert {row["group"] for row in read_table("pollutants")} == set(PollutantGroup.values)
    for pollutant in Pollutant.objects.all():
        pollutant.full_clean()
    for activity in Activity.objects.all():
        activity.full_clean()


@pytest.mark.data
def test_the_tables_agree_with_the_annexes_as_published(loaded, shared_data):
    """Every number, CAS number and threshold, against the files the tables were made from."""
    import csv  # noqa: PLC0415 -- only this test reads them

    held = {
        (one.threshold_set.code, one.pollutant.number, one.kind): one.quantity_kg
        for one in Threshold.objects.select_related("threshold_set", "pollutant")
    }
    cas = dict(Pollutant.objects.exclude(number=None).values_list("number", "cas"))
    kinds = {"air_kg": "release_air", "water_kg": "release_water", "land_kg": "release_land"}
    more = {"offsite_transfer_kg": "offsite_transfer", "mpu_kg": "manufacture_process_use"}
    for set_code, name, columns in (
        ("protocol", "annex2_protocol.csv", {**kinds, **more}),
        ("eprtr", "annex2_eprtr.csv", kinds),
    ):
        with (shared_data / "reference" / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                number = int(row["no"])
                assert cas[number] == row["cas"]
                for column, kind in columns.items():
                    borrowed = {"*": row["air_kg"], "**": row["water_kg"]}.get(row[column], row[column])
                    expected = None if borrowed == "-" else Decimal(borrowed)
                    assert held.pop((set_code, number, kind), None) == expected
    assert held == {}
