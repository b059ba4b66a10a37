"""What officials see of the register in /admin/, and what nobody may change there."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role
from register.models import Facility, Pollutant
from tests.accounts.factories import PersonFactory
from tests.register.factories import (
    FacilityFactory,
    PollutantFactory,
    RegisterLoadFactory,
    WithheldInformationFactory,
)

pytestmark = pytest.mark.django_db
LISTINGS = ("pollutants", "facilities", "loads", "withheld")


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.ADMIN_REQUIRES_SECOND_FACTOR = False


def signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(PersonFactory(role=role))
    return client


@pytest.fixture
def held() -> dict[str, int]:
    """One of each, by listing."""
    return {
        "pollutants": PollutantFactory(mercury=True).pk,
        "facilities": FacilityFactory().pk,
        "loads": RegisterLoadFactory().pk,
        "withheld": WithheldInformationFactory().pk,
    }


@pytest.mark.parametrize("role", list(Role))
def test_every_role_reads_every_listing(held: dict[str, int], role: Role) -> None:
    client = signed_in(role)
    for listing in LISTINGS:
        assert client.get(f"/admin/register/{listing}/").status_code == 200
        assert client.get(f"/admin/register/{listing}/inspect/{held[listing]}/").status_code == 200


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    assert client.get("/admin/register/facilities/").status_code == 302


@pytest.mark.parametrize("role", list(Role))
def test_nobody_adds_or_deletes_and_only_names_are_edited(held: dict[str, int], role: Role) -> None:
    client = signed_in(role)
    may_edit_names = role in {Role.EDITOR, Role.ADMINISTRATOR}
    for listing in LISTINGS:
        for address in ("new/", f"delete/{held[listing]}/"):
            assert client.get(f"/admin/register/{listing}/{address}").status_code == 302, (listing, address)
        edited = client.get(f"/admin/register/{listing}/edit/{held[listing]}/").status_code
        assert edited == (200 if listing == "pollutants" and may_edit_names else 302), listing


def test_an_editor_corrects_a_name_and_marks_it_as_reviewed(held: dict[str, int]) -> None:
    client = signed_in(Role.EDITOR)
    client.post(
        f"/admin/register/pollutants/edit/{held['pollutants']}/",
        {
            "name_en": "Mercury and compounds (as Hg)",
            "name_fr": "Mercure et ses composés",
            "name_fr_reviewed": "on",
            "name_ru": "Ртуть и её соединения",
            "name_ru_reviewed": "on",
        },
    )
    mercury = Pollutant.objects.get(pk=held["pollutants"])
    assert (mercury.name_fr, mercury.name_ru_reviewed, mercury.code) == (
        "Mercure et ses composés",
        True,
        "HGANDCOMPOUNDS",
    )


def test_an_auditor_cannot_edit_a_name(held: dict[str, int]) -> None:
    signed_in(Role.AUDITOR).post(f"/admin/register/pollutants/edit/{held['pollutants']}/", {"name_en": "Quicksilver"})
    assert Pollutant.objects.get(pk=held["pollutants"]).name_en == "Mercury and compounds (as Hg)"


def test_a_listing_is_exported_as_a_file(held: dict[str, int]) -> None:
    response = signed_in(Role.CASE_OFFICER).get("/admin/register/facilities/?export=csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    [row] = list(csv.DictReader(StringIO(text)))
    assert Facility.objects.get().public_id in row.values()


def test_the_menu_has_the_register(held: dict[str, int]) -> None:
    html = signed_in(Role.EDITOR).get("/admin/").content.decode()
    assert "/admin/register/pollutants/" in html
