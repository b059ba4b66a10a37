"""The letters of the sign-in pages go through the outbox: with the act, first in order, and not when it is too late."""

import re
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail
from django.db import DatabaseError
from django.test import Client, override_settings
from django.utils import timezone

from accounts.letters import Letter, Reference, post_office, send_through
from accounts.models import User
from notices.enums import DeliveryState, Failure
from notices.models import Message, Skip
from notices.sign_in import Outbox
from notices.tasks import send_waiting_messages
from tests.accounts.factories import PASSWORD, PersonFactory, code_in_mail, letters_sent, sign_in

pytestmark = pytest.mark.django_db

CODE, CONFIRM = "/accounts/login/code/", "/accounts/login/code/confirm/"
REFUSING = "tests.notices.letters.Server"


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def ask(client: Client, email: str, **more: str) -> Any:
    return client.post(CODE, {"email": email, **more})


def code_of(message: Message) -> str:
    return str(re.findall(r"^ {4}(\S+)$", message.text, re.MULTILINE)[0])


@pytest.fixture
def person() -> User:
    return PersonFactory.create(email="aino@example.org")


class TestOutbox:
    """Written with the act, sent by the worker."""

    def test_somebody_signs_in_with_the_code_of_a_letter_that_the_worker_has_sent(
        self, client: Client, person: User
    ) -> None:
        assert ask(client, person.email).url == CONFIRM
        assert mail.outbox == []
        assert send_waiting_messages.call() == 1
        [letter] = mail.outbox
        assert (letter.to, letter.subject) == ([person.email], "Your sign-in code")
        assert client.post(CONFIRM, {"code": code_in_mail()}).url == "/accounts/"

    def test_it_is_text_and_markup_in_the_language_of_the_page_and_its_subject_line_holds_no_code(
        self, client: Client, person: User
    ) -> None:
        client.get("/accounts/login/?language=fr")
        ask(client, person.email)
        code = code_in_mail()
        [letter] = mail.outbox
        [(markup, kind)] = letter.alternatives
        assert (kind, code in letter.subject, letter.extra_headers["Content-Language"]) == ("text/html", False, "fr")
        assert f"<p><strong>{code}</strong></p>" in markup
        assert '<html lang="fr">' in markup

    def test_a_change_in_an_account_is_told_in_the_transaction_of_the_change(
        self, client: Client, person: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sign_in(client, person)
        new = {"oldpassword": PASSWORD, "password1": "four other words here"}
        client.raise_request_exception = False
        with monkeypatch.context() as broken:
            broken.setattr(SessionStore, "save", _cannot_be_stored)
            assert client.post("/accounts/password/change/", new).status_code == 500
        person.refresh_from_db()
        assert (person.check_password(PASSWORD), Message.objects.count()) == (True, 0)
        client.post("/accounts/password/change/", new)
        person.refresh_from_db()
        assert (person.check_password("four other words here"), letters_sent()) == (True, ["Your password has changed"])

    def test_where_the_session_cannot_be_stored_no_code_is_sent_that_no_page_knows(
        self, client: Client, person: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client.raise_request_exception = False
        monkeypatch.setattr(SessionStore, "save", _cannot_be_stored)
        assert ask(client, person.email).status_code == 500
        assert Message.objects.count() == 0

    def test_without_an_outbox_it_is_sent_at_once_and_a_failure_is_told_on_the_page(
        self, client: Client, person: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("accounts.letters._offices", [])
        assert post_office() is None
        ask(client, person.email)
        assert [letter.to for letter in mail.outbox] == [[person.email]]
        client = Client()
        with override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=1
        ):
            page = client.post(CODE, {"email": person.email}, follow=True)
        assert "The message could not be sent just now." in text(page)

    def test_the_outbox_is_what_the_site_sends_through(self) -> None:
        office = post_office()
        assert isinstance(office, Outbox)
        send_through(office)
        assert post_office() is office


def _cannot_be_stored(self: SessionStore, must_create: bool = False) -> None:
    raise DatabaseError("The disk is full.")


class TestSecrets:
    """A code stands nowhere but in the letter, and there no longer than it holds."""

    def test_nothing_about_the_letter_names_the_person_or_the_code(self, client: Client, person: User) -> None:
        ask(client, person.email)
        message = Message.objects.get()
        about = f"{message.about} {message.reason} {message.subject} {message.template}"
        assert re.fullmatch(r"sign-in:\w{16} login_code:\w{12} Your sign-in code account/email/login_code", about)
        assert code_of(message) not in about

    def test_its_words_go_when_it_is_sent(self, client: Client, person: User) -> None:
        ask(client, person.email)
        send_waiting_messages.call()
        message = Message.objects.get()
        assert (message.state, message.text, message.html) == (DeliveryState.SENT, "", "")

    def test_its_words_go_when_the_address_is_refused(self, client: Client, person: User, settings: Any) -> None:
        ask(client, person.email)
        refuse(settings, person.email)
        send_waiting_messages.call()
        message = Message.objects.get()
        assert (message.state, message.failure, message.text, message.html) == (
            DeliveryState.FAILED,
            Failure.REFUSED,
            "",
            "",
        )

    def test_a_code_that_no_longer_holds_is_not_sent_and_its_words_go(self, client: Client, person: User) -> None:
        ask(client, person.email)
        Message.objects.update(expires_at=timezone.now())
        assert send_waiting_messages.call() == 0
        message = Message.objects.get()
        assert (message.state, message.text, message.html) == (DeliveryState.LAPSED, "", "")
        assert mail.outbox == []

    def test_a_code_holds_as_long_as_its_letter_says(self, client: Client, person: User) -> None:
        ask(client, person.email)
        message = Message.objects.get()
        assert message.expires_at is not None
        assert abs(message.expires_at - message.written_at - timedelta(minutes=15)) < timedelta(seconds=2)

    def test_a_code_asked_for_again_holds_no_longer_than_the_first(self, client: Client, person: User) -> None:
        ask(client, person.email)
        first = Message.objects.get().expires_at
        client.post(CONFIRM, {"action": "resend"})
        second = Message.objects.exclude(state=DeliveryState.LAPSED).get().expires_at
        assert first is not None
        assert second is not None
        assert abs(second - first) < timedelta(seconds=1)

    def test_a_notice_of_a_change_is_kept_and_tried_like_every_letter(self, client: Client, person: User) -> None:
        sign_in(client, person)
        client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "four other words here"})
        assert Message.objects.get().expires_at is None


def refuse(settings: Any, *addresses: str) -> None:
    """Let the mail server refuse some addresses for good."""
    from tests.notices.letters import Server  # noqa: PLC0415 -- its class is the mail backend

    settings.EMAIL_BACKEND = REFUSING
    Server.errors = {address: SMTPRecipientsRefused({address: (550, b"5.1.1 no such user")}) for address in addresses}


class TestTwice:
    """Two codes asked for are two reasons; a double click is one."""

    def test_two_codes_asked_for_one_after_another_are_two_letters_and_only_the_newer_opens(
        self, client: Client, person: User
    ) -> None:
        ask(client, person.email)
        old = code_in_mail()
        client.post(CONFIRM, {"action": "resend"})
        new = code_in_mail()
        assert len(mail.outbox) == 2
        assert "not right" in text(client.post(CONFIRM, {"code": old}))
        assert client.post(CONFIRM, {"code": new}).url == "/accounts/"

    def test_of_two_that_wait_only_the_newer_is_sent(self, client: Client, person: User) -> None:
        ask(client, person.email)
        client.post(CONFIRM, {"action": "resend"})
        code = code_in_mail()
        assert len(mail.outbox) == 1
        assert client.post(CONFIRM, {"code": code}).url == "/accounts/"
        assert sorted(Message.objects.values_list("state", flat=True)) == [DeliveryState.LAPSED, DeliveryState.SENT]

    def test_the_same_form_sent_again_finds_the_code_asked_for_already(self, client: Client, person: User) -> None:
        ask(client, person.email)
        assert ask(client, person.email).url.startswith(CONFIRM)
        assert letters_sent() == ["Your sign-in code"]
        assert Message.objects.count() == 1

    def test_a_double_click_of_somebody_without_a_session_yet_is_one_letter_with_the_code_that_opens(
        self, client: Client, person: User
    ) -> None:
        form = {"email": person.email, "csrfmiddlewaretoken": "f" * 64}
        Client().post(CODE, form)
        client.post(CODE, form)  # the browser keeps the answer to the second
        code = code_in_mail()
        assert len(mail.outbox) == 1
        assert client.post(CONFIRM, {"code": code}).url == "/accounts/"

    def test_nobody_takes_away_the_code_of_somebody_else(self, client: Client, person: User) -> None:
        ask(client, person.email, csrfmiddlewaretoken="a" * 64)
        ask(Client(), person.email, csrfmiddlewaretoken="b" * 64)
        assert letters_sent() == ["Your sign-in code", "Your sign-in code"]


class TestStrangers:
    """What a stranger sees does not tell whether there is an account."""

    def test_the_page_says_the_same_of_a_letter_on_its_way_sent_refused_and_asked_for_again(
        self, person: User, settings: Any
    ) -> None:
        known, unknown = Client(), Client()
        pages: list[list[str]] = []

        def look() -> None:
            pages.append([shown(one, who) for one, who in ((known, person.email), (unknown, "nobody@example.org"))])

        ask(known, person.email)
        ask(unknown, "nobody@example.org")
        look()
        refuse(settings, person.email, "nobody@example.org")
        send_waiting_messages.call()
        look()
        for one in (known, unknown):
            one.post(CONFIRM, {"action": "resend"})
        send_waiting_messages.call()
        look()
        assert [before == after for before, after in pages] == [True, True, True]
        assert ["has been sent" in page for page, _other in pages] == [False, False, False]
        assert "A new code is on its way. The one before it opens nothing any more." in pages[2][0]
        assert "on its way" in pages[0][0]
        assert (
            "The letter could not be delivered: the mail server does not accept mail for this address." in pages[1][0]
        )

    def test_both_letters_wait_and_lapse_alike(self, client: Client, person: User) -> None:
        ask(client, person.email)
        ask(Client(), "nobody@example.org")
        assert Message.objects.brief().count() == 2

    def test_an_address_that_cannot_be_written_to_is_told_and_undoes_nothing(self) -> None:
        reference = Reference("sign-in:1", "login_code:1")
        letter = Letter(reference, "account/email/login_code", "one@two@example.org", "en", "Your code", "…", "…")
        Outbox().post(letter)
        news = Outbox().news_of(reference)
        assert news is not None
        assert news.sentence == (
            "The letter could not be delivered: the e-mail address cannot be written to. "
            "Make sure that the address is right."
        )
        assert (Message.objects.count(), Skip.objects.count()) == (0, 1)


def shown(client: Client, address: str) -> str:
    """What the page of the code shows, without what differs by chance."""
    page = text(client.get(CONFIRM)).replace(address, "ADDRESS")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


class TestPersonConcerned:
    """How far the letter has got stands on the page of the code."""

    @pytest.fixture
    def asked(self, client: Client, person: User) -> Client:
        ask(client, person.email)
        return client

    def test_it_is_on_its_way(self, asked: Client) -> None:
        page = text(asked.get(CONFIRM))
        assert "The letter is on its way. That takes a few seconds, rarely longer than a minute." in page
        assert f'<a href="{CONFIRM}">Look again how far it has got</a>' in page

    def test_it_was_sent(self, asked: Client) -> None:
        send_waiting_messages.call()
        page = text(asked.get(CONFIRM))
        assert "The letter was handed to the mail server on" in page
        assert "Look again" not in page

    def test_it_has_not_gone_out_for_a_while_because_no_worker_runs(self, asked: Client) -> None:
        Message.objects.update(written_at=timezone.now() - timedelta(minutes=1))
        assert "The letter could not be sent yet. We go on trying while the code holds." in text(asked.get(CONFIRM))

    def test_it_came_too_late(self, asked: Client) -> None:
        Message.objects.update(state=DeliveryState.LAPSED)
        assert "The letter could not be sent in time. Ask for a new code." in text(asked.get(CONFIRM))

    def test_nobody_else_reads_it(self, asked: Client, person: User) -> None:
        other = Client()
        ask(other, "boris@example.org")
        Message.objects.filter(recipient=person.email).update(state=DeliveryState.FAILED, failure=Failure.REFUSED)
        assert "could not be delivered" not in text(other.get(CONFIRM))

    @pytest.mark.parametrize("language", ["fr", "ru"])
    def test_in_every_language(self, asked: Client, language: str) -> None:
        assert "on its way" not in text(asked.get(f"{CONFIRM}?language={language}"))
