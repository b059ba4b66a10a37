"""Letters that are of use for minutes only, such as codes: first in order, tried quickly, and never too late."""

from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.roles import Role
from notices.domain import retry_messages, skip_message
from notices.enums import DeliveryState, Failure, SkipReason
from notices.models import Message
from notices.naming import name_of
from notices.posting import message_id
from notices.tasks import remind_people, send_waiting_messages
from tests.accounts.factories import PersonFactory
from tests.notices.letters import ABOUT, Server, write

pytestmark = pytest.mark.django_db

ADDRESS = "aino@example.org"
GREYLISTED = SMTPRecipientsRefused({ADDRESS: (451, b"4.7.1 come back later")})


def in_minutes(minutes: int) -> datetime:
    return timezone.now() + timedelta(minutes=minutes)


class TestOrder:
    def test_a_code_goes_before_a_heap_of_digests_that_were_written_before(self, server: type[Server]) -> None:
        heap = [write(about=f"following:{number}") for number in range(3)]
        code = write(about="sign-in:1", expires_at=in_minutes(15))
        sooner = write(about="sign-in:2", expires_at=in_minutes(5))
        send_waiting_messages.call()
        assert server.taken == [message_id(one) for one in (sooner, code, *heap)]

    def test_also_where_it_is_written_while_they_are_sent(
        self, server: type[Server], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for number in range(3):
            write(about=f"following:{number}")
        codes: list[Message] = []
        send = Server.send_messages

        def somebody_asks_for_a_code(self: Server, letters: Any) -> int:
            if not codes:
                codes.append(write(about="sign-in:1", expires_at=in_minutes(15)))
            return send(self, letters)

        monkeypatch.setattr(Server, "send_messages", somebody_asks_for_a_code)
        send_waiting_messages.call()
        assert server.taken[1] == message_id(codes[0])


class TestTrying:
    def test_it_is_tried_again_within_a_minute_and_not_once_it_would_be_too_late(self, server: type[Server]) -> None:
        server.errors = {ADDRESS: GREYLISTED}
        write(expires_at=in_minutes(15))
        begun = timezone.now()
        send_waiting_messages.call()
        message = Message.objects.get()
        assert message.next_attempt_at is not None
        assert (message.state, message.next_attempt_at - begun < timedelta(minutes=1)) == (DeliveryState.QUEUED, True)
        Message.objects.update(next_attempt_at=None, expires_at=timezone.now() + timedelta(seconds=10))
        send_waiting_messages.call()
        message.refresh_from_db()
        assert (message.state, message.failure, message.text, message.html) == (DeliveryState.LAPSED, "", "", "")

    def test_where_the_mail_server_is_away_until_the_end_its_words_go_with_the_next_round(
        self, server: type[Server]
    ) -> None:
        server.errors = {"*": ConnectionRefusedError("nobody listens")}
        write(expires_at=in_minutes(15))
        send_waiting_messages.call()
        Message.objects.update(expires_at=timezone.now())
        server.errors = {}
        assert send_waiting_messages.call() == 0
        message = Message.objects.get()
        assert (message.state, message.text, server.taken) == (DeliveryState.LAPSED, "", [])

    def test_what_a_dead_worker_had_in_hand_is_not_sent_when_it_is_too_late(self, server: type[Server]) -> None:
        write(expires_at=in_minutes(15))
        long_ago = timezone.now() - timedelta(hours=2)
        Message.objects.update(state=DeliveryState.SENDING, claimed_at=long_ago, expires_at=long_ago)
        assert send_waiting_messages.call() == 0
        assert Message.objects.get().state == DeliveryState.LAPSED

    def test_nobody_sends_it_again_by_hand(self, server: type[Server]) -> None:
        message = write(expires_at=in_minutes(15))
        Message.objects.update(state=DeliveryState.FAILED, failure=Failure.REFUSED)
        assert retry_messages([message.pk]) == 0


class TestOfficials:
    """Strangers cannot fill the officials' list, and no code is ever on it."""

    @pytest.fixture
    def page(self, client: Client, settings: Any) -> Any:
        settings.ADMIN_REQUIRES_SECOND_FACTOR = False
        client.force_login(PersonFactory.create(role=Role.ADMINISTRATOR))
        return lambda: client.get(reverse("notices_failed")).text

    def test_officials_read_how_many_did_not_arrive_and_nothing_else(self, page: Any, server: type[Server]) -> None:
        write(to="nobody@example.net", about="sign-in:1", reason="login_code:1", expires_at=in_minutes(15))
        write(to="late@example.net", about="sign-in:2", reason="login_code:2", expires_at=in_minutes(15))
        Message.objects.filter(about="sign-in:1").update(state=DeliveryState.FAILED, failure=Failure.REFUSED)
        Message.objects.filter(about="sign-in:2").update(state=DeliveryState.LAPSED)
        skip_message(to="no address", about="sign-in:3", reason="x", because=SkipReason.UNUSABLE_ADDRESS)
        shown = page()
        assert "In the last seven days 2 answers of the sign-in pages, such as codes, were not delivered." in shown
        for secret in ("nobody@example.net", "late@example.net", "sign-in:", "no address", "7KQ2-M4XD-9TWB-3HJR"):
            assert secret not in shown

    def test_what_a_letter_is_about_is_said_in_words_and_leads_to_the_record(
        self, page: Any, server: type[Server]
    ) -> None:
        server.errors = {ADDRESS: SMTPRecipientsRefused({ADDRESS: (550, b"no such user")})}
        write()
        send_waiting_messages.call()
        skip_message(to="", about="request:R-7KQ2-M4XD-9", reason="received", because=SkipReason.NO_ADDRESS)
        skip_message(
            to="chief@example.org",
            about="docket:C-2026-001:desk",
            reason="decision_due:2026-03-04",
            because=SkipReason.TOO_LATE,
        )
        shown = page()
        assert '<a href="/en/record/?reference=C-7KQ2-M4XD-9">Comment C-7KQ2-M4XD-9</a>' in shown
        assert '<a href="/en/record/?reference=R-7KQ2-M4XD-9">Request R-7KQ2-M4XD-9</a>' in shown
        assert '<a href="/en/record/?reference=C-2026-001">Consultation C-2026-001</a>' in shown
        assert ABOUT not in shown
        assert "decision_due" not in shown

    def test_subjects_that_the_record_does_not_know_have_their_words_too(self) -> None:
        names = [
            name_of(about) for about in ("following:daily", "privacy:0f", "certificate:K-1", "sign-in:x", "other:y")
        ]
        assert [(name.words, name.url) for name in names] == [
            ("Following", ""),
            ("Personal data", ""),
            ("Certificate", ""),
            ("Signing in, or a change in an account", ""),
            ("other", ""),
        ]


def test_sending_does_not_queue_behind_other_work(settings: Any, django_capture_on_commit_callbacks: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    for _other in range(2):
        remind_people.enqueue()
    send_waiting_messages.enqueue()  # by the schedule, behind the others
    with django_capture_on_commit_callbacks(execute=True):
        write(expires_at=in_minutes(15))
        write(about="sign-in:2", expires_at=in_minutes(15))
    waiting = [task.task_path.rpartition(".")[2] for task in DBTaskResult.objects.ready()]
    assert waiting == ["send_waiting_messages", "remind_people", "remind_people", "send_waiting_messages"]
