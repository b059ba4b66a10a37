"""A letter is written with the act, sent once by the worker, and keeps nothing that only its reader should know."""

from email.utils import parseaddr
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.utils import translation
from pytest_django import Settings

from accounts.adapter import AccountAdapter
from design.publisher import mail_sender
from notices.enums import DeliveryState
from notices.models import Message
from notices.tasks import send_waiting_messages
from portal.models import Authority
from tests.notices.letters import LETTER, write

pytestmark = pytest.mark.django_db


def test_a_letter_has_text_and_markup_in_the_language_of_its_reader() -> None:
    write(language="fr")
    assert send_waiting_messages.call() == 1
    [sent] = mail.outbox
    assert sent.to == ["aino@example.org"]
    assert sent.extra_headers["Content-Language"] == "fr"
    assert '<html lang="fr">' in str(sent.alternatives[0][0])
    assert "7KQ2-M4XD-9TWB-3HJR" in sent.body


def test_nothing_sensitive_stands_in_the_subject_line() -> None:
    assert write().subject == "Receipt C-7KQ2-M4XD-9"


def test_the_same_reason_never_writes_twice() -> None:
    assert write().pk == write(context={**LETTER, "title": "Other"}).pk
    send_waiting_messages.call()
    write()
    send_waiting_messages.call()
    assert len(mail.outbox) == 1


def test_another_reason_writes_again() -> None:
    write()
    write(reason="answered")
    assert Message.objects.waiting().count() == 2


def test_a_sent_letter_keeps_no_words() -> None:
    write()
    send_waiting_messages.call()
    message = Message.objects.get()
    assert (message.state, message.text, message.html) == (DeliveryState.SENT, "", "")
    assert message.sent_at is not None


def test_a_title_with_markup_stays_text_in_the_markup() -> None:
    message = write(context={**LETTER, "title": "<b>Mercury</b> & lead"})
    assert "&lt;b&gt;Mercury&lt;/b&gt; &amp; lead" in message.html
    assert "<b>Mercury</b> & lead" in message.text


def test_a_letter_of_an_act_that_fails_is_never_sent() -> None:
    class ActFailedError(Exception):
        pass

    @transaction.atomic
    def act_that_fails() -> None:
        write()
        raise ActFailedError

    with pytest.raises(ActFailedError):
        act_that_fails()
    assert send_waiting_messages.call() == 0
    assert mail.outbox == []


def test_the_worker_is_called_after_commit(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        write()
        assert mail.outbox == []
    assert len(mail.outbox) == 1


def test_an_act_is_done_although_the_queue_cannot_be_reached(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def unreachable(task: object) -> None:
        raise ConnectionError(str(task))

    monkeypatch.setattr("jobs.queue.enqueue_once", unreachable)
    with django_capture_on_commit_callbacks(execute=True):
        write()
    assert send_waiting_messages.call() == 1


def test_a_message_whose_own_job_was_lost_goes_with_the_next() -> None:
    write()
    write(about="submission:C-0000-0000-0")
    assert send_waiting_messages.call() == 2


class TestSender:
    """Who reads a letter sees from whom it is, in the language of the letter."""

    @pytest.fixture(autouse=True)
    def _named(self, settings: Settings) -> None:
        settings.DEFAULT_FROM_EMAIL = "Register Office <register@authority.example>"
        Authority.objects.update_or_create(
            pk=1, defaults={"name_en": "Environment Agency", "name_fr": "Agence “verte”", "name_ru": "Агентство"}
        )

    @pytest.mark.parametrize(
        ("language", "sender"),
        [
            ("en", '"Environment Agency" <register@authority.example>'),
            ("fr", '"Agence “verte”" <register@authority.example>'),
            ("ru", '"Агентство" <register@authority.example>'),
        ],
    )
    def test_the_sender_is_the_authority_by_its_name_in_the_readers_language(self, language: str, sender: str) -> None:
        write(language=language)
        send_waiting_messages.call()
        assert mail.outbox[0].from_email == sender
        assert "<register@authority.example>" in mail.outbox[0].message()["From"]

    def test_without_a_name_the_sender_of_the_settings_stands(self) -> None:
        Authority.objects.update(name_en="", name_fr="", name_ru="")
        assert mail_sender("ru") == "Register Office <register@authority.example>"

    def test_a_quotation_mark_in_a_name_breaks_no_letter(self) -> None:
        Authority.objects.update(name_en='The "Green" \\ Agency')
        write()
        send_waiting_messages.call()
        assert parseaddr(mail.outbox[0].from_email)[1] == "register@authority.example"

    def test_a_sign_in_code_comes_from_the_same_sender(self) -> None:
        with translation.override("ru"):
            assert AccountAdapter().get_from_email() == '"Агентство" <register@authority.example>'
