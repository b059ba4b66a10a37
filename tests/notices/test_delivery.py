"""A letter is tried again where that helps, given up where it does not, and never lost when a worker dies."""

from datetime import timedelta
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from typing import Any

import pytest
from django.utils import timezone, translation

from demonstration.mail import KeepingBackend
from demonstration.models import KeptMail
from jobs.models import Worker
from jobs.workers import discharge_worker
from notices.domain import close_message, forget_recipient, retry_messages, skip_message
from notices.enums import DeliveryState, Failure, SkipReason
from notices.models import Message, Skip
from notices.posting import RETRY, as_mail, message_id
from notices.queries import messages_about
from notices.tasks import send_waiting_messages, take_up_left_messages
from tests.notices.letters import ABOUT, LETTER, Server, write

pytestmark = pytest.mark.django_db

ADDRESS = "aino@example.org"
REFUSED = SMTPRecipientsRefused({ADDRESS: (550, b"5.1.1 no such user")})
GREYLISTED = SMTPRecipientsRefused({ADDRESS: (451, b"4.7.1 come back later")})


def due_now() -> None:
    Message.objects.filter(state=DeliveryState.QUEUED).update(next_attempt_at=timezone.now() - timedelta(seconds=1))


def another_worker() -> Worker:
    now = timezone.now()
    return Worker.objects.create(name="far away", host="elsewhere", process=7, started_at=now, seen_at=now)


def only_message() -> Message:
    return Message.objects.get()


class TestFailure:
    """Permanent and temporary failures are told apart."""

    @pytest.mark.parametrize("error", [REFUSED, SMTPDataError(554, b"5.7.1 not wanted here")])
    def test_an_address_that_the_server_refuses_is_not_tried_again(
        self, server: type[Server], error: Exception
    ) -> None:
        server.errors = {ADDRESS: error}
        write()
        send_waiting_messages.call()
        message = only_message()
        assert (message.state, message.failure, message.attempts) == (DeliveryState.FAILED, Failure.REFUSED, 1)
        assert "aino@" not in message.last_error
        assert message.text != ""

    @pytest.mark.parametrize(
        "error",
        [
            GREYLISTED,
            SMTPServerDisconnected("Connection unexpectedly closed"),
            TimeoutError("timed out"),
            SMTPAuthenticationError(535, b"5.7.8 who are you?"),
            SMTPSenderRefused(553, b"5.7.1 not your address", "register@authority.example"),
            RuntimeError("a backend of its own kind"),
        ],
    )
    def test_what_may_be_mended_is_tried_again_later(self, server: type[Server], error: Exception) -> None:
        server.errors = {ADDRESS: error}
        write()
        send_waiting_messages.call()
        message = only_message()
        assert (message.state, message.attempts) == (DeliveryState.QUEUED, 1)
        assert message.next_attempt_at is not None
        assert message.next_attempt_at > timezone.now() + timedelta(seconds=50)
        assert send_waiting_messages.call() == 0
        server.errors = {}
        due_now()
        assert send_waiting_messages.call() == 1
        assert (only_message().state, only_message().last_error) == (DeliveryState.SENT, "")

    def test_it_is_not_tried_for_ever_but_for_more_than_a_weekend(self, server: type[Server]) -> None:
        server.errors = {"*": TimeoutError("timed out")}
        write()
        for _attempt in range(RETRY.attempts):
            due_now()
            send_waiting_messages.call()
        assert (only_message().state, only_message().failure) == (DeliveryState.FAILED, Failure.EXHAUSTED)
        waited = sum((RETRY.delay_after(attempt) for attempt in range(1, RETRY.attempts)), timedelta())
        assert waited > timedelta(days=2)

    def test_a_server_that_is_away_is_asked_once_a_round_and_not_once_a_letter(self, server: type[Server]) -> None:
        server.errors = {"*": ConnectionRefusedError("nobody listens")}
        for number in range(3):
            write(about=f"submission:{number}")
        send_waiting_messages.call()
        assert server.asked == 1
        assert Message.objects.filter(attempts=0).count() == 2

    def test_a_refused_address_does_not_stop_the_letters_of_others(self, server: type[Server]) -> None:
        server.errors = {ADDRESS: REFUSED}
        write()
        write(to="boris@example.org")
        assert send_waiting_messages.call() == 1

    def test_a_letter_that_cannot_be_written_as_mail_is_told_and_stops_nobody(self, server: type[Server]) -> None:
        write(unsubscribe_url="https://register.example.org/\r\nBcc: victim@example.org")
        write(to="boris@example.org")
        assert send_waiting_messages.call() == 1
        assert Message.objects.failed().get().failure == Failure.UNSENDABLE


class TestAfterACrash:
    """Between the mark and the mail server's answer nobody knows; then the letter goes again, with the same number."""

    def test_what_a_dead_worker_had_in_hand_is_handed_over_again(self, server: type[Server]) -> None:
        dead = another_worker()
        write()
        Message.objects.update(state=DeliveryState.SENDING, claimed_by=dead.name, claimed_at=timezone.now())
        assert send_waiting_messages.call() == 0
        discharge_worker(dead)
        assert send_waiting_messages.call() == 1

    def test_what_a_living_worker_has_in_hand_stays_with_it_also_when_the_clock_jumps(self) -> None:
        living = another_worker()
        write()
        now = timezone.now()
        Message.objects.update(state=DeliveryState.SENDING, claimed_by=living.name, claimed_at=now)
        assert take_up_left_messages("another", at=now + timedelta(hours=2)) == 0

    def test_what_nobody_known_has_in_hand_is_left_to_them_for_an_hour(self) -> None:
        write()
        now = timezone.now()
        Message.objects.update(state=DeliveryState.SENDING, claimed_by="a shell", claimed_at=now)
        assert take_up_left_messages("another", at=now + timedelta(minutes=59)) == 0
        assert take_up_left_messages("another", at=now + timedelta(minutes=60)) == 1

    def test_what_one_had_in_hand_oneself_in_an_earlier_round_is_taken_up(self) -> None:
        write()
        Message.objects.update(state=DeliveryState.SENDING, claimed_by="me", claimed_at=timezone.now())
        assert take_up_left_messages("me", at=timezone.now()) == 1

    def test_the_number_of_a_letter_stays_the_same_so_that_a_server_can_tell(self, server: type[Server]) -> None:
        write()
        for _time in range(2):
            Message.objects.update(state=DeliveryState.QUEUED, next_attempt_at=None)
            send_waiting_messages.call()
        assert server.taken == [message_id(only_message())] * 2

    def test_the_demonstrations_mail_keeps_a_letter_once_that_was_handed_over_twice(self) -> None:
        message = write()
        for _time in range(2):
            assert KeepingBackend().send_messages([as_mail(message)]) == 1
        assert KeptMail.objects.count() == 1


class TestOfficials:
    """What did not arrive is tried again or given up for a reason."""

    @pytest.fixture(autouse=True)
    def _failed(self, server: type[Server]) -> None:
        server.errors = {ADDRESS: REFUSED}
        write()
        send_waiting_messages.call()
        server.errors = {}

    def test_a_letter_is_sent_after_all(self) -> None:
        assert retry_messages([only_message().pk]) == 1
        assert send_waiting_messages.call() == 1
        assert (only_message().state, only_message().failure) == (DeliveryState.SENT, "")

    def test_a_letter_is_given_up_for_a_reason_and_its_words_go(self) -> None:
        assert close_message(only_message(), why="Sent by post.")
        message = only_message()
        assert (message.state, message.text, message.closed_reason) == (DeliveryState.CLOSED, "", "Sent by post.")
        assert not close_message(message, why="Again.")
        assert retry_messages([message.pk]) == 0

    def test_the_person_concerned_reads_that_it_did_not_arrive_and_why(self) -> None:
        [delivery] = messages_about(ABOUT)
        assert delivery.has_failed
        assert delivery.sentence == (
            "“Receipt C-7KQ2-M4XD-9” could not be delivered: the mail server does not accept mail for this address. "
            "What it says stands on this page."
        )


class TestSkips:
    """Each letter that is not written leaves a line that says why."""

    def test_without_an_address_nothing_is_sent_and_the_page_says_so(self) -> None:
        from notices.domain import send_message  # noqa: PLC0415 -- `write` expects a letter

        sent = send_message(
            to=" ", template="comment_received", context=LETTER, language="en", about=ABOUT, reason="received"
        )
        assert sent is None
        assert Skip.objects.get().because == SkipReason.NO_ADDRESS
        [delivery] = messages_about(ABOUT)
        assert delivery.sentence == (
            "No letter was sent, because no e-mail address was given. Everything stands on this page."
        )

    def test_the_same_letter_a_second_time_is_noted_with_a_count(self) -> None:
        for _time in range(3):
            write()
        assert Message.objects.count() == 1
        skip = Skip.objects.get()
        assert (skip.because, skip.times) == (SkipReason.ALREADY_TOLD, 2)

    def test_each_why_has_its_own_line(self) -> None:
        for because in (SkipReason.UNSUBSCRIBED, SkipReason.TOO_LATE, SkipReason.UNSUBSCRIBED):
            skip_message(to=ADDRESS, about=ABOUT, reason="reminder", because=because)
        assert sorted(Skip.objects.values_list("because", "times")) == [("too_late", 1), ("unsubscribed", 2)]


class TestPersonConcerned:
    """How far a letter has got stands on the page of its subject, in the language of the page."""

    def test_a_letter_on_its_way(self) -> None:
        write()
        assert [one.sentence for one in messages_about(ABOUT)] == [
            "“Receipt C-7KQ2-M4XD-9” is on its way to your address."
        ]

    def test_a_letter_that_was_sent(self) -> None:
        write()
        send_waiting_messages.call()
        [delivery] = messages_about(ABOUT)
        assert delivery.sentence.startswith("“Receipt C-7KQ2-M4XD-9” was sent to your address on ")

    def test_a_letter_that_is_tried_again(self, server: type[Server]) -> None:
        server.errors = {"*": GREYLISTED}
        write()
        send_waiting_messages.call()
        [delivery] = messages_about(ABOUT)
        assert "could not be delivered yet. It is tried again on" in delivery.sentence
        assert not delivery.has_failed

    def test_of_letters_to_many_only_ones_own_is_told(self) -> None:
        write(about="docket:C-2026-001", reason="decided")
        write(about="docket:C-2026-001", reason="decided", to="boris@example.org")
        assert len(messages_about(ABOUT, also="docket:C-2026-001", recipient=ADDRESS)) == 1
        assert messages_about(ABOUT, also="docket:C-2026-001", recipient="") == []

    @pytest.mark.parametrize("language", ["fr", "ru"])
    def test_in_every_language(self, language: str) -> None:
        write()
        with translation.override(language):
            assert "on its way" not in messages_about(ABOUT)[0].sentence


def test_an_erased_person_stands_in_no_letter_and_gets_none_that_waits(server: type[Server]) -> None:
    write(reason="received")
    send_waiting_messages.call()
    write(reason="answered")
    write(to="boris@example.org")
    assert forget_recipient("Aino@Example.org") == 2
    assert not Message.objects.filter(recipient__icontains="aino").exists()
    assert Skip.objects.get().because == SkipReason.ERASED
    assert send_waiting_messages.call() == 1
    states = Message.objects.exclude(recipient="boris@example.org").values_list("state", flat=True)
    assert sorted(states) == [DeliveryState.CLOSED, DeliveryState.SENT]


def test_two_letters_go_over_one_connection(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[int] = []
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", lambda _self: opened.append(1))
    write()
    write(to="boris@example.org")
    assert send_waiting_messages.call() == 2
    assert opened == [1]
