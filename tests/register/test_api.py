"""The register for machines."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from register.enums import Medium
from tests.register.factories import (
    DiffuseReleaseFactory,
    FacilityFactory,
    PollutantFactory,
    PollutantTransferFactory,
    RegisterLoadFactory,
    ReleaseFactory,
    ThresholdFactory,
    WasteTransferFactory,
)

pytestmark = pytest.mark.django_db


def answer(client: Client, path: str, status: int = 200, **asked: object) -> Any:
    response = client.get(f"/api/v1/register/{path}", asked)
    assert response.status_code == status, response.content
    return response.json()


def test_a_release_comes_with_unit_presence_method_and_source(client: Client) -> None:
    release = ReleaseFactory(pollutant=PollutantFactory(mercury=True), quantity_kg=Decimal("37.900"))
    assert answer(client, "releases") == {
        "count": 1,
        "page": 1,
        "pages": 1,
        "previous": None,
        "next": None,
        "items": [
            {
                "reporting_year": 2023,
                "presence": "reported",
                "quantity_kg": "37.9",
                "unit": "kg",
                "method": "measured",
                "withheld": None,
                "source": {
                    "load": release.load_id,
                    "source": "Register office, annual edition",
                    "file_name": release.load.file_name,
                },
                "facility": {
                    "public_id": release.facility.public_id,
                    "name": release.facility.name,
                    "city": "Äänekoski",
                    "activity": "6(a)",
                },
                "pollutant": {
                    "code": "HGANDCOMPOUNDS",
                    "cas": "7439-97-6",
                    "name": "Mercury and compounds (as Hg)",
                    "sub_entry_of": None,
                },
                "medium": "water",
                "accidental_kg": None,
            }
        ],
    }


@pytest.mark.parametrize("trait", ["below_threshold", "not_reported", "confidential", "not_monitored"])
def test_an_absence_is_null_and_named_and_never_zero(client: Client, trait: str) -> None:
    ReleaseFactory(**{trait: True})
    [item] = answer(client, "releases")["items"]
    assert (item["quantity_kg"], item["presence"]) == (None, trait)


def test_what_is_withheld_says_type_ground_and_reason(client: Client) -> None:
    ReleaseFactory(confidential=True)
    assert answer(client, "releases")["items"][0]["withheld"] == {
        "type": "quantity",
        "ground": "c",
        "reason": "The quantity would tell competitors how much is produced.",
    }


def test_it_takes_the_criteria_of_the_search_page(client: Client) -> None:
    sought = ReleaseFactory(medium=Medium.AIR, reporting_year=2020, facility__name="Äänekoski mill")
    ReleaseFactory()
    asked = {"facility": "aanekoski", "medium": "air", "year_from": 2019, "year_to": 2021, "activity": "6(a)"}
    found = answer(client, "releases", **asked)
    assert [item["pollutant"]["code"] for item in found["items"]] == [sought.pollutant.code]


@pytest.mark.parametrize(
    ("asked", "parameter", "sentence"),
    [
        (
            {"year_from": "2020", "year_to": "2010"},
            "year_from",
            "The search goes from 2020 to 2010, which is backwards. Swap the two years.",
        ),
        ({"pollutant": "NOPE"}, "pollutant", "The register does not know “NOPE” here. Choose one of the list."),
        ({"facility": "\x00"}, "facility", "This contains a character that is not text. Type the words again."),
        (
            {"operator": "x" * 10_000},
            "operator",
            "This is longer than 200 characters (it has 10000). Use fewer words.",
        ),
    ],
)
def test_a_mistake_is_a_sentence(client: Client, asked: dict[str, str], parameter: str, sentence: str) -> None:
    problem = answer(client, "releases", status=422, **asked)
    assert problem["errors"] == [{"parameter": parameter, "detail": sentence}]


@pytest.mark.parametrize("asked", [{"medium": "fire"}, {"page": "0"}, {"page_size": "501"}, {"year_from": "soon"}])
def test_what_is_no_value_of_its_type_is_refused(client: Client, asked: dict[str, str]) -> None:
    assert answer(client, "releases", status=422, **asked)["status"] == 422


def test_pages_are_as_long_as_asked_for(client: Client) -> None:
    ReleaseFactory.create_batch(3)
    second = answer(client, "releases", page=2, page_size=2)
    assert (second["count"], len(second["items"])) == (3, 1)


def test_a_pollutant_comes_with_its_names_and_thresholds(client: Client) -> None:
    mercury = PollutantFactory(mercury=True)
    ThresholdFactory(pollutant=mercury, quantity_kg=Decimal(1))
    told = answer(client, "pollutants/HGANDCOMPOUNDS")
    assert told["names"]["ru"] == "Ртуть и её соединения (в виде Hg)"
    assert told["thresholds"] == [
        {"threshold_set": "protocol", "applies_here": True, "kind": "release_water", "quantity_kg": "1", "note": ""}
    ]


def test_a_sub_entry_names_its_entry(client: Client) -> None:
    PollutantFactory(without_biomass=True)
    assert [item["sub_entry_of"] for item in answer(client, "pollutants")["items"]] == [None, "CO2"]


def test_facilities_are_found_and_read(client: Client) -> None:
    mill = FacilityFactory(public_id="0042", name="Äänekoski mill")
    FacilityFactory(name="Port works", city="Kotka")
    assert [item["public_id"] for item in answer(client, "facilities", q="aanekoski")["items"]] == ["0042"]
    assert answer(client, "facilities/0042")["operator"] == mill.operator.name
    assert answer(client, "facilities/nobody", status=404)["status"] == 404
    assert answer(client, "pollutants/nobody", status=404)["status"] == 404


def test_every_kind_of_entry_can_be_read(client: Client) -> None:
    WasteTransferFactory(abroad=True)
    PollutantTransferFactory()
    DiffuseReleaseFactory()
    assert answer(client, "waste-transfers")["items"][0]["receiver_country"] == "DE"
    assert answer(client, "pollutant-transfers")["items"][0]["destination"] == "waste_water"
    assert answer(client, "diffuse-releases")["items"][0]["category"] == "road_traffic"


def test_loads_are_the_versions_of_the_register(client: Client) -> None:
    load = RegisterLoadFactory(rows_added=7)
    [item] = answer(client, "loads")["items"]
    assert (item["sha256"], item["rows_added"]) == (load.sha256, 7)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client: Client, method: str) -> None:
    assert getattr(client, method)("/api/v1/register/releases").status_code == 405
