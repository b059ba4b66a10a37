"""Roles: what is written is what is granted."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import GroupPagePermission, ModelLogEntry, Page

from accounts.domain import ensure_roles, give_role, take_role
from accounts.permissions import has_role, roles_of, user_can_enter_admin, user_only_reads
from accounts.roles import CHARTERS, Role
from tests.accounts.factories import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def granted() -> dict[str, list[str]]:
    """Everything that every group may do, in a form that can be compared."""
    return {
        group.name: sorted(
            [
                *(f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.select_related("content_type")),
                *(
                    f"page {p.page_id} {p.permission.codename}"
                    for p in group.page_permissions.select_related("permission")
                ),
                *(
                    f"collection {p.permission.codename}"
                    for p in group.collection_permissions.select_related("permission")
                ),
            ]
        )
        for group in Group.objects.all()
    }


def test_every_role_has_a_charter_and_a_group_and_there_are_no_others() -> None:
    assert set(CHARTERS) == set(Role)
    assert sorted(Group.objects.values_list("name", flat=True)) == sorted(Role.values)


def test_writing_the_roles_again_changes_nothing() -> None:
    before = granted()
    ensure_roles()
    with CaptureQueriesContext(connection) as queries:
        ensure_roles()
    assert granted() == before
    assert [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE"))] == []


def test_a_permission_given_by_hand_is_taken_away_again() -> None:
    group = Group.objects.get(name=Role.AUDITOR)
    before = granted()
    group.permissions.add(Permission.objects.get(codename="delete_user"))
    page = Permission.objects.get(codename="publish_page")
    GroupPagePermission.objects.create(group=group, page=Page.objects.get(depth=1), permission=page)
    assert granted() != before
    ensure_roles()
    assert granted() == before


def test_an_auditor_is_granted_reading_and_nothing_else_on_models() -> None:
    codenames = Group.objects.get(name=Role.AUDITOR).permissions.values_list("codename", flat=True)
    assert {name.split("_")[0] for name in codenames} == {"access", "view"}


def test_no_role_may_change_what_roles_may_do() -> None:
    writers = Group.objects.filter(permissions__codename__in=["add_group", "change_group", "delete_group"])
    assert list(writers) == []


def test_what_the_areas_declare_names_permissions_that_exist() -> None:
    known = set(Permission.objects.values_list("content_type__app_label", "codename"))
    declared = {
        (config.label, codename)
        for config in apps.get_app_configs()
        for codenames in getattr(config, "role_permissions", {}).values()
        for codename in codenames
    }
    assert declared - known == set()


@pytest.mark.parametrize("role", list(Role))
def test_every_role_works_in_administration(role: Role) -> None:
    assert user_can_enter_admin(PersonFactory(role=role))


def test_a_learner_and_a_closed_account_have_no_role() -> None:
    closed = PersonFactory(role=Role.EDITOR, is_active=False)
    assert (roles_of(PersonFactory()), roles_of(closed), user_can_enter_admin(closed)) == (
        frozenset(),
        frozenset(),
        False,
    )


def test_has_role_takes_any_of_several() -> None:
    editor = PersonFactory(role=Role.EDITOR)
    assert has_role(editor, Role.CASE_OFFICER, Role.EDITOR)
    assert not has_role(editor, Role.CASE_OFFICER, Role.DECISION_MAKER)
    with pytest.raises(ValueError, match="emperor"):
        has_role(editor, "emperor")


def test_a_superuser_counts_as_administrator_and_as_nothing_else() -> None:
    assert roles_of(PersonFactory(is_superuser=True)) == {Role.ADMINISTRATOR}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
def test_an_auditor_with_another_role_is_an_auditor_only(role: Role) -> None:
    person = PersonFactory(role=role)
    give_role(person, Role.AUDITOR, actor=None)
    assert roles_of(person) == {Role.AUDITOR}
    assert user_only_reads(person)
    assert not has_role(person, role)


def test_roles_are_asked_for_once_in_a_request() -> None:
    person = PersonFactory(role=Role.EDITOR)
    with CaptureQueriesContext(connection) as queries:
        for _time in range(3):
            has_role(person, Role.EDITOR)
    assert len(queries) == 1


def test_who_gave_and_took_a_role_is_logged() -> None:
    administrator, person = PersonFactory(role=Role.ADMINISTRATOR), PersonFactory()
    ModelLogEntry.objects.all().delete()
    give_role(person, Role.REVIEWER, actor=administrator)
    assert has_role(person, Role.REVIEWER)
    take_role(person, Role.REVIEWER, actor=administrator)
    assert not has_role(person, Role.REVIEWER)
    entries = ModelLogEntry.objects.order_by("id").values_list("action", "user_id", "object_id", "data")
    assert list(entries) == [
        ("accounts.give_role", administrator.pk, str(person.pk), {"role": "reviewer"}),
        ("accounts.take_role", administrator.pk, str(person.pk), {"role": "reviewer"}),
    ]
