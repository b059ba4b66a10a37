"""People in the administration: who adds them, who changes them, and what is never shown or given."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import ModelLogEntry

from accounts.models import User
from accounts.permissions import user_can_manage_person, user_can_reset_second_factor
from accounts.roles import Role
from tests.accounts.factories import PersonFactory
from tests.conftest import AssertSameQueries

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> User:
    person = PersonFactory(role=Role.ADMINISTRATOR)
    client.force_login(person)
    return person


def form(**more: object) -> dict[str, object]:
    return {"email": "new@example.org", "first_name": "New", "last_name": "Person", "language": "ru", **more}


def test_an_administrator_adds_an_official_who_gets_no_password(client: Client, administrator: User) -> None:
    role = Group.objects.get(name=Role.CASE_OFFICER)
    response = client.post("/admin/users/new/", form(email="New@Example.org", groups=[role.pk]))
    assert response.status_code == 302
    official = User.objects.get(email="new@example.org")
    assert not official.has_usable_password()
    assert (official.language, official.is_superuser, list(official.groups.all())) == ("ru", False, [role])
    given = ModelLogEntry.objects.get(action="accounts.give_role", object_id=official.pk)
    assert (given.user_id, given.message) == (administrator.pk, "Role given: Case officer")


def test_the_form_says_what_each_role_may_and_may_not_do(client: Client, administrator: User) -> None:
    page = client.get("/admin/users/new/").content.decode()
    assert "Does not edit what the public has submitted" in page
    assert "password" not in page.lower().replace("account_change_password", "")
    assert "is_superuser" not in page


def test_nobody_becomes_a_superuser_by_sending_what_the_form_does_not_have(client: Client, administrator: User) -> None:
    client.post("/admin/users/new/", form(is_superuser="on"))
    assert not User.objects.get(email="new@example.org").is_superuser


def test_an_address_that_somebody_has_is_refused_with_what_was_typed_kept(client: Client, administrator: User) -> None:
    PersonFactory(email="taken@example.org")
    response = client.post("/admin/users/new/", form(email="Taken@example.org"))
    assert response.status_code == 200
    assert b'value="Person"' in response.content
    assert User.objects.filter(last_name="Person").count() == 0


def test_an_administrator_changes_roles_and_closes_an_account(client: Client, administrator: User) -> None:
    person = PersonFactory(role=Role.EDITOR)
    reviewer = Group.objects.get(name=Role.REVIEWER)
    client.post(f"/admin/users/edit/{person.pk}/", form(groups=[reviewer.pk]))
    person.refresh_from_db()
    assert (person.email, person.is_active, list(person.groups.all())) == ("new@example.org", False, [reviewer])
    logged = ModelLogEntry.objects.filter(object_id=person.pk).values_list("action", flat=True)
    assert {"accounts.give_role", "accounts.take_role"} <= set(logged)


def test_administrators_cannot_close_their_own_account(client: Client, administrator: User) -> None:
    own = list(administrator.groups.values_list("pk", flat=True))
    client.post(f"/admin/users/edit/{administrator.pk}/", form(email=administrator.email, groups=own))
    administrator.refresh_from_db()
    assert administrator.is_active


def test_a_superusers_account_is_changed_by_superusers_only(client: Client, administrator: User) -> None:
    superuser = PersonFactory(is_superuser=True)
    address = superuser.email
    assert client.get(f"/admin/users/edit/{superuser.pk}/").status_code == 302
    client.post(f"/admin/users/edit/{superuser.pk}/", form())
    superuser.refresh_from_db()
    assert superuser.email == address
    client.force_login(PersonFactory(is_superuser=True))
    assert client.get(f"/admin/users/edit/{superuser.pk}/").status_code == 200


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_manages_people(client: Client, role: Role) -> None:
    official, person = PersonFactory(role=role), PersonFactory()
    client.force_login(official)
    assert not user_can_manage_person(official, person)
    client.post("/admin/users/new/", form())
    assert not User.objects.filter(email="new@example.org").exists()


def test_an_administrator_helps_somebody_who_lost_their_phone(client: Client, administrator: User) -> None:
    person = PersonFactory(role=Role.EDITOR, app=True)
    page = f"/admin/people/{person.pk}/reset-second-factor/"
    assert page in client.get("/admin/users/").content.decode()
    assert b"by voice or in person" in client.get(page).content
    assert client.post(page).status_code == 302
    assert not person.authenticator_set.exists()


def test_nobody_resets_their_own_second_factor_or_a_superusers(client: Client, administrator: User) -> None:
    superuser = PersonFactory(is_superuser=True, app=True)
    assert not user_can_reset_second_factor(administrator, administrator)
    assert not user_can_reset_second_factor(administrator, superuser)
    client.post(f"/admin/people/{superuser.pk}/reset-second-factor/")
    assert superuser.authenticator_set.count() == 1


def test_the_list_of_people_asks_as_often_for_three_as_for_one(
    client: Client, administrator: User, assert_same_queries: AssertSameQueries
) -> None:
    assert_same_queries(client, lambda: "/admin/users/", lambda: PersonFactory(role=Role.EDITOR))
