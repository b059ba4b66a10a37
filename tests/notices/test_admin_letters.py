"""The page on which officials see which letters did not arrive."""

from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from notices.domain import hold_back_messages
from notices.enums import DeliveryState
from notices.models import Message, ReminderRule
from notices.tasks import send_waiting_messages
from tests.accounts.factories import PersonFactory
from tests.notices.letters import Server, write

pytestmark = pytest.mark.django_db

MAY_SETTLE = {Role.ADMINISTRATOR, Role.CASE_OFFICER, Role.DECISION_MAKER}


@pytest.fixture
def sign_in(client: Client, settings: Any) -> Any:
    settings.ADMIN_REQUIRES_SECOND_FACTOR = False

    def go(role: Role) -> Client:
        client.force_login(PersonFactory.create(role=role))
        return client

    return go


@pytest.fixture
def fail(server: type[Server]) -> Any:
    """Makes one more letter that did not arrive."""

    def add() -> Message:
        address = f"person{Message.objects.count()}@example.net"
        server.errors = {"*": SMTPRecipientsRefused({address: (550, b"no such user")})}
        message = write(to=address)
        send_waiting_messages.call()
        server.errors = {}
        return message

    return add


@pytest.mark.parametrize("role", Role)
def test_those_who_write_letters_and_auditors_see_it(sign_in: Any, fail: Any, role: Role) -> None:
    fail()
    answer = sign_in(role).get(reverse("notices_failed"))
    may = role in MAY_SETTLE | {Role.AUDITOR}
    assert (answer.status_code == 200) is may
    assert ("SMTPRecipientsRefused: 550 no such user" in answer.text) is may
    assert (reverse("notices_retry_all") in answer.text) is (role in MAY_SETTLE)


def test_one_letter_or_all_are_sent_again(sign_in: Any, fail: Any) -> None:
    first, _second, _third = fail(), fail(), fail()
    officer = sign_in(Role.CASE_OFFICER)
    one = officer.post(reverse("notices_retry", args=[first.pk]), follow=True)
    assert "1 letter is sent again." in one.text
    rest = officer.post(reverse("notices_retry_all"), follow=True)
    assert "2 letters are sent again." in rest.text
    nothing = officer.post(reverse("notices_retry_all"), follow=True)
    assert "There is nothing to send again" in nothing.text
    assert send_waiting_messages.call() == 3


def test_a_letter_is_given_up_only_for_a_reason(sign_in: Any, fail: Any) -> None:
    address = reverse("notices_close", args=[fail().pk])
    officer = sign_in(Role.CASE_OFFICER)
    assert officer.post(address, {"why": " "}).context["form"].errors
    officer.post(address, {"why": "Sent by post."})
    message = Message.objects.get()
    assert (message.state, message.closed_reason) == (DeliveryState.CLOSED, "Sent by post.")
    assert "no longer" in officer.post(address, {"why": "Again."}, follow=True).text


@pytest.mark.parametrize("role", sorted(set(Role) - MAY_SETTLE))
def test_nobody_else_settles_anything(sign_in: Any, fail: Any, role: Role) -> None:
    message = fail()
    for address in (reverse("notices_retry_all"), reverse("notices_close", args=[message.pk])):
        sign_in(role).post(address, {"why": "Mine."})
    assert Message.objects.get().state == DeliveryState.FAILED


def test_it_asks_the_database_as_often_for_three_as_for_one(sign_in: Any, fail: Any, assert_same_queries: Any) -> None:
    assert_same_queries(sign_in(Role.ADMINISTRATOR), lambda: reverse("notices_failed"), fail)


def test_an_administrator_sets_how_long_before_a_day_people_are_reminded(sign_in: Any) -> None:
    rule = ReminderRule.objects.create(kind="request_due", days_before=3)
    administrator = sign_in(Role.ADMINISTRATOR)
    assert "The last day of a request comes nearer" in administrator.get(reverse("reminder_rules:index")).text
    administrator.post(reverse("reminder_rules:edit", args=[rule.pk]), {"days_before": "5", "is_on": "on"})
    assert ReminderRule.objects.get().days_before == 5
    auditor = sign_in(Role.AUDITOR)
    auditor.post(reverse("reminder_rules:edit", args=[rule.pk]), {"days_before": "9", "is_on": "on"})
    assert ReminderRule.objects.get().days_before == 5


def test_letters_that_a_restoration_held_back_are_sent_or_given_up_by_one_click(sign_in: Any, server: Any) -> None:
    first, second, third = (write(to=f"person{number}@example.net") for number in range(3))
    assert hold_back_messages() == 3
    assert send_waiting_messages.call() == 0
    officer = sign_in(Role.CASE_OFFICER)
    page = officer.get(reverse("notices_failed")).text
    assert "3 of them waited when the backup was taken from which this site was restored." in page
    assert "It may have been sent before the site was lost and restored from a backup" in page
    officer.post(reverse("notices_retry", args=[first.pk]))
    assert send_waiting_messages.call() == 1
    one = officer.post(reverse("notices_close_held_back", args=[second.pk]), follow=True)
    assert "1 letter is given up." in one.text
    second.refresh_from_db()
    assert (second.state, second.text, second.html) == (DeliveryState.CLOSED, "", "")
    officer.post(reverse("notices_close_held_back_all"))
    third.refresh_from_db()
    assert third.state == DeliveryState.CLOSED
    nothing = officer.post(reverse("notices_close_held_back_all"), follow=True)
    assert "There is nothing to give up" in nothing.text


def test_a_letter_that_failed_in_another_way_is_not_given_up_without_a_reason(sign_in: Any, fail: Any) -> None:
    message = fail()
    for address in (
        reverse("notices_close_held_back_all"),
        reverse("notices_close_held_back", args=[message.pk]),
    ):
        sign_in(Role.CASE_OFFICER).post(address)
    assert Message.objects.get().state == DeliveryState.FAILED


def test_an_auditor_gives_up_nothing_that_was_held_back(sign_in: Any) -> None:
    write(to="person@example.net")
    hold_back_messages()
    sign_in(Role.AUDITOR).post(reverse("notices_close_held_back_all"))
    assert Message.objects.get().state == DeliveryState.FAILED
