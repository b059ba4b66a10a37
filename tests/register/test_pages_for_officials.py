"""What officials see of the register in /admin/, and what nobody may change there."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role
from register.models import Activity, Facility, Pollutant
from tests.accounts.factories import PersonFactory
from tests.register.factories import (
    ActivityFactory,
    FacilityFactory,
    OperationFactory,
    PollutantFactory,
    RegisterLoadFactory,
    ThresholdFactory,
    ThresholdSetFactory,
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


@pytest.mark.parametrize("role", [Role.EDITOR, Role.AUDITOR])
def test_the_names_of_the_other_lists_of_the_annexes_are_edited_by_the_same_people(role: Role) -> None:
    client = signed_in(role)
    activity, operation, held_set = ActivityFactory().pk, OperationFactory().pk, ThresholdSetFactory().pk
    for listing in (f"activities/edit/{activity}", f"operations/edit/{operation}", f"threshold-sets/edit/{held_set}"):
        name, _edit, number = listing.split("/")
        assert client.get(f"/admin/register/{name}/").status_code == 200
        assert client.get(f"/admin/register/{name}/delete/{number}/").status_code == 302
        assert client.get(f"/admin/register/{listing}/").status_code == (200 if role is Role.EDITOR else 302)


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


def test_what_awaits_review_says_so_to_the_public_until_an_editor_has_confirmed_it(client: Client) -> None:
    activity = ActivityFactory(name_ru="Целлюлозные заводы")
    threshold = ThresholdFactory(threshold_set=ThresholdSetFactory(name_ru="Протокол"))
    facility = FacilityFactory(activity=activity)
    note = '<span class="note">ожидает проверки</span>'
    pages = (facility.get_absolute_url(), threshold.pollutant.get_absolute_url())
    russian = [path.replace("/en/", "/ru/") for path in pages]
    forms = ("/ru/register/search/", "/ru/register/facilities/")
    said = [note in client.get(path).content.decode() for path in (*russian, *pages)]
    told = ["никто еще не подтвердил" in client.get(path).content.decode() for path in forms]
    editor = signed_in(Role.EDITOR)
    for listing, named in (("activities", activity), ("threshold-sets", threshold.threshold_set)):
        names = {"name_en": named.name_en, "name_fr": named.name_fr, "name_fr_reviewed": "on"}
        names |= {"name_ru": named.name_ru, "name_ru_reviewed": "on"}
        editor.post(f"/admin/register/{listing}/edit/{named.pk}/", names)
    assert (said, told) == ([True, True, False, False], [True, True])
    assert Activity.objects.get().name_ru_reviewed
    assert [path for path in russian if note in client.get(path).content.decode()] == []


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
