"""Search results as files that a spreadsheet may open."""

import csv
from decimal import Decimal
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from register import downloads
from register.downloads import COLUMNS
from register.enums import Medium
from register.selectors import EntryKind
from tests.register.factories import (
    CompanyFactory,
    DiffuseReleaseFactory,
    FacilityFactory,
    PollutantFactory,
    PollutantTransferFactory,
    RegisterLoadFactory,
    ReleaseFactory,
    WasteTransferFactory,
)

pytestmark = pytest.mark.django_db
URL = "/en/register/search/entries.csv"


def rows(client: Client, **asked: object) -> list[dict[str, str]]:
    """The rows of the file that answers a search."""
    response = client.get(URL, asked)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response["Content-Disposition"]
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))


def test_a_release_comes_with_unit_presence_method_and_source(client: Client) -> None:
    release = ReleaseFactory(pollutant=PollutantFactory(mercury=True), quantity_kg=Decimal("37.900"))
    [row] = rows(client, kind="releases")
    assert {name: row[name] for name in ("quantity_kg", "unit", "presence", "method", "medium", "reporting_year")} == {
        "quantity_kg": "37.9",
        "unit": "kg",
        "presence": "reported",
        "method": "measured",
        "medium": "water",
        "reporting_year": "2023",
    }
    assert row["source"] == "Register office, annual edition"
    assert row["load"] == str(release.load_id)
    assert row["loaded_at"] == "2025-04-01T09:00:00+00:00"
    assert row["pollutant_code"] == "HGANDCOMPOUNDS"


@pytest.mark.parametrize("trait", ["below_threshold", "not_reported", "confidential", "not_monitored"])
def test_an_absence_is_empty_and_named_and_never_zero(client: Client, trait: str) -> None:
    ReleaseFactory(**{trait: True})
    [row] = rows(client, kind="releases")
    assert (row["quantity_kg"], row["presence"]) == ("", trait)


def test_what_is_withheld_says_type_ground_and_reason(client: Client) -> None:
    ReleaseFactory(confidential=True)
    [row] = rows(client, kind="releases")
    assert (row["withheld_type"], row["withheld_ground"]) == ("quantity", "c")
    assert row["withheld_reason"] == "The quantity would tell competitors how much is produced."


def test_a_name_that_is_a_formula_is_made_harmless(client: Client) -> None:
    ReleaseFactory(facility=FacilityFactory(name="=HYPERLINK(1)", operator=CompanyFactory(name="@SUM(A1)")))
    [row] = rows(client, kind="releases")
    assert (row["facility"], row["operator"]) == ("'=HYPERLINK(1)", "'@SUM(A1)")


def test_a_place_south_of_the_equator_stays_a_number(client: Client) -> None:
    ReleaseFactory(facility=FacilityFactory(latitude=Decimal("-12.5"), longitude=Decimal("-3.25")))
    [row] = rows(client, kind="releases")
    assert (row["latitude"], row["longitude"]) == ("-12.5", "-3.25")


def test_a_sub_entry_names_the_entry_it_is_counted_in(client: Client) -> None:
    ReleaseFactory(pollutant=PollutantFactory(without_biomass=True), medium=Medium.AIR)
    assert rows(client, kind="releases")[0]["sub_entry_of"] == "CO2"


@pytest.mark.parametrize(
    ("kind", "made"),
    [
        (EntryKind.RELEASES, ReleaseFactory),
        (EntryKind.WASTE, WasteTransferFactory),
        (EntryKind.TRANSFERS, PollutantTransferFactory),
        (EntryKind.DIFFUSE, DiffuseReleaseFactory),
    ],
)
def test_every_kind_has_its_documented_columns(client: Client, kind: EntryKind, made: type) -> None:
    made()
    [row] = rows(client, kind=kind.value)
    assert list(row) == [name for name, _meaning in COLUMNS[kind]]
    page = client.get("/en/register/search/", {"kind": kind.value}).content.decode()
    assert [name for name in row if f"<code>{name}</code>" not in page] == []


def test_a_file_holds_more_than_a_page_in_the_order_asked_for(client: Client) -> None:
    mercury = PollutantFactory(mercury=True)
    for year in range(1990, 2020):
        ReleaseFactory(pollutant=mercury, reporting_year=year)
    years = [row["reporting_year"] for row in rows(client, kind="releases", sort="year", year_from=1991)]
    assert years == [str(year) for year in range(1991, 2020)]


def test_sums_come_as_a_file_too_and_count_what_they_leave_out(client: Client) -> None:
    mercury = PollutantFactory(mercury=True)
    ReleaseFactory(pollutant=mercury, quantity_kg=Decimal("1.5"))
    ReleaseFactory(pollutant=mercury, confidential=True)
    [row] = rows(client, kind="releases", by="year")
    assert row == {
        "reporting_year": "2023",
        "pollutant": "Mercury and compounds (as Hg)",
        "medium": "water",
        "quantity_kg": "1.5",
        "unit": "kg",
        "first_year": "2023",
        "last_year": "2023",
        "entries": "2",
        "values_withheld": "1",
        "without_quantity": "0",
        "methods": "measured:2",
    }


def test_a_search_that_cannot_be_understood_is_explained_on_its_page(client: Client) -> None:
    response = client.get(URL, {"year_from": "2020", "year_to": "2010"})
    assert response.status_code == 302
    assert response["Location"] == "/en/register/search/?year_from=2020&year_to=2010"


def test_a_file_of_many_entries_asks_the_database_as_often_as_one_of_few(client: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            rows(client, kind="releases")
        return len(queries)

    ReleaseFactory()
    once = asked()
    for _number in range(3):
        ReleaseFactory(confidential=True)
    assert asked() - once == 1  # what is withheld, read once for all
    ReleaseFactory.create_batch(5)
    assert asked() - once == 1


def test_entries_beyond_the_first_chunk_are_whole_and_in_order(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "_CHUNK", 2)
    made = [ReleaseFactory(reporting_year=year) for year in range(2001, 2006)]
    read = [(row["reporting_year"], row["facility_id"]) for row in rows(client, kind="releases", sort="year")]
    assert read == [(str(release.reporting_year), release.facility.public_id) for release in made]


def test_a_file_says_names_and_source_in_the_language_of_its_address(client: Client) -> None:
    load = RegisterLoadFactory(source="Register office", source_ru="Ведомство регистра")
    ReleaseFactory(pollutant=PollutantFactory(mercury=True), load=load)
    text = b"".join(client.get(URL.replace("/en/", "/ru/"), {"kind": "releases"}).streaming_content).decode()
    [row] = csv.DictReader(StringIO(text.removeprefix("\ufeff")))
    assert (row["source"], row["pollutant"][:5]) == ("Ведомство регистра", "Ртуть")
