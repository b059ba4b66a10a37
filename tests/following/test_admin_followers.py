"""The page on which officials see who follows what, and end a subscription for a reader who asks them to."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from accounts.roles import Role
from following import domain
from following.models import Subscription
from following.queries import counts_by_kind
from tests.accounts.factories import PersonFactory
from tests.conftest import AssertSameQueries
from tests.following.factories import READER, asked, following

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bridge")]

PAGE = "/admin/followers/"
MAY_HELP = {Role.ADMINISTRATOR, Role.CASE_OFFICER}
MAY_SEE = MAY_HELP | {Role.AUDITOR, Role.FACILITATOR}
OTHER = "bo@example.org"


@pytest.fixture
def sign_in(client: Client, settings: Any) -> Any:
    settings.ADMIN_REQUIRES_SECOND_FACTOR = False

    def go(role: Role) -> Client:
        client.force_login(PersonFactory.create(role=role))
        return client

    return go


@pytest.mark.parametrize("role", Role)
def test_numbers_are_for_those_who_may_see_them_and_addresses_for_those_who_help(sign_in: Any, role: Role) -> None:
    following()
    official = sign_in(role)
    assert (official.get(PAGE).status_code == 200) is (role in MAY_SEE)
    found = official.post(PAGE, {"email": READER.upper()})
    assert (found.status_code == 200 and READER.upper() in found.text) is (role in MAY_HELP)


def test_it_counts_each_kind_by_state(sign_in: Any) -> None:
    following()
    asked(email=OTHER)
    domain.stop(following(email="cy@example.org"))
    [bridges] = [count for count in counts_by_kind() if count.title == "bridge"]
    assert (bridges.active, bridges.waiting, bridges.stopped) == (1, 1, 1)
    assert READER not in sign_in(Role.AUDITOR).get(PAGE).text


def test_an_address_that_follows_nothing_and_one_that_is_none_are_answered_with_a_sentence(sign_in: Any) -> None:
    helper = sign_in(Role.CASE_OFFICER)
    assert "This address follows nothing by mail." in helper.post(PAGE, {"email": OTHER}).text
    for typed in ("", "nobody", "a@example.org\r\nBcc: b@example.org", "<b>@example.org", "x" * 300 + "@example.org"):
        answer = helper.post(PAGE, {"email": typed})
        assert answer.status_code == 200
        assert list(answer.context["form"].errors) == ["email"], typed
        assert "found" not in answer.context, typed


def test_one_is_ended_and_the_history_names_no_address(sign_in: Any) -> None:
    row, question = following(), asked(email=OTHER)
    helper = sign_in(Role.CASE_OFFICER)
    for each in (row, question):
        assert reverse("following_end", args=[each.pk]) in helper.post(PAGE, {"email": each.email}).text
        assert helper.post(reverse("following_end", args=[each.pk]), follow=True).status_code == 200
    assert [each.email for each in Subscription.objects.stopped()] == [READER]
    assert not Subscription.objects.of(OTHER).exists()
    entries = ModelLogEntry.objects.filter(action="following.end")
    assert entries.count() == 2
    assert not [entry for entry in entries if "example.org" in f"{entry.label} {entry.data}"]


@pytest.mark.parametrize("role", sorted(set(Role) - MAY_HELP))
def test_nobody_else_ends_a_subscription(sign_in: Any, role: Role) -> None:
    row = following()
    assert sign_in(role).post(reverse("following_end", args=[row.pk])).status_code in {302, 403}
    with pytest.raises(PermissionDenied):
        domain.end_for_reader(row, actor=PersonFactory.create(role=role))
    assert Subscription.objects.active().count() == 1


def test_it_asks_as_often_with_three_as_with_one(sign_in: Any, assert_same_queries: AssertSameQueries) -> None:
    number = iter(range(9))
    assert_same_queries(
        sign_in(Role.AUDITOR), lambda: PAGE, lambda: following(email=f"reader{next(number)}@example.org")
    )
