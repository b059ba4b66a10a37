"""The real extract for Finland, both editions: exactly the overlaps, revisions, drops and additions that are known."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command

from register.domain.reference import load_reference
from register.models import EntryChange, Facility, RegisterLoad, Release, WasteTransfer
from tests.register.files import counted, load, rejects

pytestmark = [pytest.mark.django_db, pytest.mark.data, pytest.mark.slow, pytest.mark.any_database]

OLD, NEW = "releases_2007-2019_v2021-10.csv", "releases_2017-2023.csv"
OLD_FACILITIES, NEW_FACILITIES = "facilities_v2021-10.csv", "facilities_2025-03.csv"
WASTE = "waste_transfers_2017-2023.csv"


@pytest.fixture
def finland(shared_data: Path, tmp_path: Path) -> Path:
    """Copies of the files, so that rejects are not written beside the originals."""
    for path in (shared_data / "register" / "fi").glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    load_reference()
    return tmp_path


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def total(rows, column):
    return sum(Decimal(row[column]) for row in rows)


def kilograms(entries):
    """Every quantity added exactly; SQLite itself adds in floating point."""
    return sum(entries.values_list("quantity_kg", flat=True))


def test_both_editions_give_the_known_overlaps_revisions_drops_and_additions(finland):
    assert counted(load(finland / OLD_FACILITIES)) == {"read": 1160, "added": 1160}
    newer = load(finland / NEW_FACILITIES)
    assert (newer.counts.rows_common, newer.counts.rows_added, newer.counts.rows_rejected) == (903, 169, 0)
    assert counted(load(finland / OLD)) == {"read": 11_080, "added": 11_080}

    outcome = load(finland / NEW)
    assert outcome.counts.rows_common == 1789
    assert counted(outcome) == {
        "read": 5290,
        "added": 3501,
        "added_late": 691,
        "unchanged": 1558,
        "revised": 230,
        "amended": 1,
        "dropped": 156,
    }
    assert Release.objects.count() == 14_581
    assert Release.objects.dropped().count() == 156
    assert EntryChange.objects.filter(kind="releases", change="revised").count() == 230

    # What the register says now, against the files themselves.
    old, new = rows_of(finland / OLD), rows_of(finland / NEW)
    current = Release.objects.current()
    assert kilograms(current.filter(reporting_year__gte=2017)) == total(new, "totalPollutantQuantityKg")
    older = [row for row in old if int(row["reportingYear"]) < 2017]
    assert kilograms(current.filter(reporting_year__lt=2017)) == total(older, "totalPollutantQuantityKg")

    # The one accident; the older edition's zeros are believed, the newer one's are unknown.
    accident = Release.objects.get(accidental_kg__gt=0)
    assert (accident.facility.public_id, accident.pollutant.code, accident.medium, accident.reporting_year) == (
        "0000013754",
        "NIANDCOMPOUNDS",
        "water",
        2014,
    )
    assert (accident.accidental_kg, accident.quantity_kg) == (66_200, 66_300)
    assert Release.objects.filter(accidental_kg=0).count() == 11_079
    assert Release.objects.filter(accidental_kg=None).count() == 3501

    # Carbon dioxide without biomass is an entry of its own, and no release goes to land.
    rows = [row for row in new if row["pollutantCode"] == "CO2" and row["reportingYear"] == "2022"]
    assert kilograms(current.filter(pollutant__code="CO2", reporting_year=2022)) == total(
        rows, "totalPollutantQuantityKg"
    )
    assert set(current.values_list("medium", flat=True).order_by().distinct()) == {"air", "water"}
    assert current.filter(presence="zero").count() == 6


def test_facilities_keep_what_a_newer_edition_leaves_blank_and_lose_what_it_withholds(finland):
    load(finland / NEW_FACILITIES)
    assert Facility.objects.filter(latitude=None).count() == 296
    Facility.objects.all().delete()
    RegisterLoad.objects.all().delete()

    load(finland / OLD_FACILITIES)
    load(finland / NEW_FACILITIES)
    assert Facility.objects.count() == 1329
    confidential = Facility.objects.filter(name="")
    assert confidential.count() == 172
    assert {(one.withheld.type_withheld, one.withheld.ground) for one in confidential} == {("facility", "")}
    # 168 of the 172 are withheld with their place; of the 128 other blanks 108 are known from the older edition.
    assert Facility.objects.filter(latitude=None).count() == 168 + 128 - 108


def test_transfers_of_waste_are_kilograms_and_the_one_repeated_key_is_two_transfers(finland):
    load(finland / OLD_FACILITIES)
    load(finland / NEW_FACILITIES)
    outcome = load(finland / WASTE)
    assert (counted(outcome), rejects(outcome)) == ({"read": 8564, "added": 8564}, [])
    tonnes = total(rows_of(finland / WASTE), "totalWasteQuantityTNE")
    assert kilograms(WasteTransfer.objects.all()) == tonnes * 1000
    twice = WasteTransfer.objects.filter(facility__public_id="0000013732", reporting_year=2018, receiver_country="DE")
    twice = twice.filter(receiver_city="Nordenham")
    assert sorted(twice.values_list("quantity_kg", flat=True)) == [23_000, 865_000]
    assert WasteTransfer.objects.exclude(receiver_country="").count() == 176


def test_all_files_at_once_and_a_second_time(finland, capsys):
    files = sorted(str(path) for path in finland.glob("*.csv"))
    call_command("import_register", *files)
    assert RegisterLoad.objects.count() == 5
    before = list(Release.objects.order_by("pk").values())
    capsys.readouterr()
    call_command("import_register", *files)
    out = capsys.readouterr().out
    assert out.count("and newer ones have been loaded since") == 2
    assert out.count("and nothing has changed since") == 3
    assert RegisterLoad.objects.count() == 5
    assert list(Release.objects.order_by("pk").values()) == before
