"""An address from a stranger is one address, or is refused with a sentence that says how to mend it."""

from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from notices.addresses import AddressField, clean_address
from notices.domain import send_message
from notices.enums import SkipReason
from notices.models import Message, Skip
from notices.tasks import send_waiting_messages
from tests.notices.letters import ABOUT, LETTER, write

GOOD = {
    "aino@example.org": "aino@example.org",
    " aino@example.org ": "aino@example.org",
    "o'neill+register@example.org": "o'neill+register@example.org",
    "aino@bücher.example": "aino@xn--bcher-kva.example",
    "aino@министерство.рф": "aino@xn--b1afiashkohcid.xn--p1ai",
}
BAD = {
    "aino@example.org\nBcc: victim@example.org": "invisible",
    "aino@example.org\r\n\r\nBuy now": "invisible",
    "aino@example.org%0aBcc:victim@example.org": "several",
    "aino\x00@example.org": "invisible",
    "aino@example.org\u2028Bcc: x": "invisible",
    "aino\u200b@example.org": "invisible",
    "\u202eaino@example.org": "invisible",
    "aino@example.org, boris@example.org": "several",
    "aino@example.org;boris@example.org": "several",
    "Aino <aino@example.org>": "several",
    "aino@boris@example.org": "several",
    "\u212airill@example.org": "letters",
    "käre@example.org": "letters",
    "aino@exa\u017fmple.org": "lookalike",
    "aino@\uff45xample.org": "lookalike",
    "aino": "invalid",
    "aino@": "invalid",
    "aino＠example.org": "lookalike",
    "aino@[127.0.0.1]": "invalid",
    "aino example@example.org": "invalid",
    f"{'a' * 250}@example.org": "long",
    '"aino\nBcc: x"@example.org': "invisible",
}


@pytest.mark.parametrize("text", GOOD)
def test_an_address_is_kept_as_mail_servers_write_it(text: str) -> None:
    assert clean_address(text) == GOOD[text]


@pytest.mark.parametrize("text", BAD)
def test_anything_else_is_refused_for_what_is_wrong_with_it(text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        clean_address(text)
    assert refused.value.code == BAD[text]
    assert refused.value.message.endswith(".")


def test_a_form_says_the_sentence_beside_the_field() -> None:
    with pytest.raises(ValidationError) as refused:
        AddressField().clean("aino@example.org, boris@example.org")
    assert refused.value.messages == [
        "Write one address only, without a name, a comma or brackets, such as name@example.org."
    ]
    assert AddressField(required=False).clean("") == ""


@pytest.mark.django_db
@pytest.mark.parametrize("text", BAD)
def test_an_address_that_got_past_a_form_sends_nothing_and_undoes_no_act(text: str) -> None:
    letter = {"template": "comment_received", "context": LETTER, "language": "en", "reason": "received"}
    assert send_message(to=text, about=ABOUT, **letter) is None
    skip = Skip.objects.get()
    assert skip.because == SkipReason.UNUSABLE_ADDRESS
    assert skip.recipient.isprintable()
    assert send_waiting_messages.call() == 0
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_one_click_stops_letters_of_a_kind(settings: Any) -> None:
    """RFC 8058: a header of two lines, and the same address where it can be read."""
    stop = "https://register.example.org/en/following/stop/7KQ2/"
    write(unsubscribe_url=stop)
    send_waiting_messages.call()
    [sent] = mail.outbox
    headers = sent.message()
    assert headers["List-Unsubscribe"] == f"<{stop}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop in sent.body
    assert f'href="{stop}"' in str(sent.alternatives[0][0])
    assert Message.objects.get().unsubscribe_url == ""


@pytest.mark.django_db
def test_a_letter_that_nobody_can_stop_says_nothing_of_stopping() -> None:
    write()
    send_waiting_messages.call()
    [sent] = mail.outbox
    assert sent.message()["List-Unsubscribe"] is None
    assert "no more letters" not in sent.body
