"""Nobody is written to without a yes, and what waits for one is forgotten soon."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import signing

from following import domain
from following.domain.changing import FollowingTooMuchError
from following.enums import Frequency
from following.models import Subscription
from following.tokens import Purpose, new_token, read_token
from notices.models import Message
from tests.following.factories import NOON, READER, asked, following, wish
from tests.following.subjects import BridgeKind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bridge")]

DAY = timedelta(days=1)


def say_yes(subscription: Subscription, **more: Any) -> bool:
    values = {"frequency": Frequency.DAILY, "language": "en", "at": NOON, **more}
    return domain.confirm(subscription, asking=subscription.asking, **values)


def test_what_is_asked_for_is_followed_only_after_the_yes() -> None:
    subscription = asked()
    assert list(Subscription.objects.active()) == []
    assert say_yes(subscription)
    assert list(Subscription.objects.active()) == [subscription]


def test_the_letter_that_asks_says_what_about_and_nothing_of_it_in_its_subject_line() -> None:
    asked()
    letter = Message.objects.get()
    assert letter.recipient == READER
    assert "The old bridge (en)" in letter.text
    assert "bridge" not in letter.subject
    assert "/en/following/confirm/?token=" in letter.text


def test_a_letter_to_a_stranger_repeats_nothing_that_somebody_typed() -> None:
    asked("secret")
    assert "A bridge" in Message.objects.get().text
    assert "secret" not in Message.objects.get().text


def test_one_form_sent_twice_asks_once() -> None:
    asked(seal="the same")
    asked(seal="the same")
    assert Message.objects.count() == 1


def test_two_letters_about_the_same_question_are_both_good_until_it_is_answered() -> None:
    first = asked(seal="first")
    second = asked(seal="second")
    assert first.asking == second.asking
    assert say_yes(second)
    assert not say_yes(first)


def test_an_address_is_one_however_it_is_capitalised() -> None:
    asked(email="Aino@Example.ORG")
    asked(email="aino@example.org", seal="another")
    assert Subscription.objects.count() == 1


def test_a_question_changes_nothing_that_is_followed_already() -> None:
    subscription = following(frequency=Frequency.WEEKLY)
    question = domain.ask_to_follow(READER, wish(frequency=Frequency.AT_ONCE), seal="s", at=NOON + DAY)
    subscription.refresh_from_db()
    assert (subscription.frequency, subscription.is_active) == (Frequency.WEEKLY, True)
    say_yes(question, frequency=Frequency.AT_ONCE, at=NOON + DAY)
    subscription.refresh_from_db()
    assert (subscription.frequency, subscription.confirmed_at) == (Frequency.AT_ONCE, NOON)


def test_without_a_yes_the_address_is_gone_after_a_week() -> None:
    asked()
    assert domain.tidy(at=NOON + timedelta(days=6)) == 0
    assert domain.tidy(at=NOON + timedelta(days=8)) == 1
    assert not Subscription.objects.exists()


def test_letters_come_in_the_language_of_the_last_yes() -> None:
    following("old", language="en")
    following("new", language="fr")
    assert set(Subscription.objects.values_list("language", flat=True)) == {"fr"}


def test_one_address_follows_no_more_than_a_letter_can_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("following.domain.changing.OF_AN_ADDRESS", 1)
    following("old")
    following("old", frequency=Frequency.WEEKLY)
    with pytest.raises(FollowingTooMuchError, match="Stop one of them first"):
        following("new")


class TestLinks:
    def test_a_link_is_good_for_one_purpose(self) -> None:
        subscription = following()
        token = new_token(Purpose.STOP, subscription)
        assert read_token(Purpose.STOP, token) is not None
        assert [read_token(purpose, token) for purpose in Purpose if purpose != Purpose.STOP] == [None] * 3

    @pytest.mark.parametrize("text", ["", "forged", "a:b:c", "\x00", "é" * 40])
    def test_what_we_did_not_sign_opens_nothing(self, text: str) -> None:
        assert read_token(Purpose.MANAGE, text) is None

    def test_the_database_alone_makes_no_link(self, settings: Any) -> None:
        subscription = following()
        settings.SECRET_KEY = "another " * 8
        forged = new_token(Purpose.STOP, subscription)
        settings.SECRET_KEY = "the site's own " * 4
        assert read_token(Purpose.STOP, forged) is None

    def test_a_link_of_another_row_with_the_same_number_opens_nothing(self) -> None:
        subscription = following()
        token = new_token(Purpose.MANAGE, subscription)
        Subscription.objects.update(stamp="another")
        assert read_token(Purpose.MANAGE, token) is None

    @pytest.mark.parametrize(
        ("purpose", "good_for"),
        [(Purpose.CONFIRM, 3 * DAY), (Purpose.MANAGE, 30 * DAY), (Purpose.RESUME, DAY)],
    )
    def test_a_link_ends(self, purpose: Purpose, good_for: timedelta, monkeypatch: pytest.MonkeyPatch) -> None:
        token = new_token(purpose, following())
        now = signing.time.time()
        monkeypatch.setattr("django.core.signing.time.time", lambda: now + good_for.total_seconds() - 60)
        assert read_token(purpose, token) is not None
        monkeypatch.setattr("django.core.signing.time.time", lambda: now + good_for.total_seconds() + 60)
        assert read_token(purpose, token) is None

    def test_an_old_letter_can_still_be_stopped(self, monkeypatch: pytest.MonkeyPatch) -> None:
        token = new_token(Purpose.STOP, following())
        now = signing.time.time()
        monkeypatch.setattr("django.core.signing.time.time", lambda: now + 5 * 365 * 86400)
        assert read_token(Purpose.STOP, token) is not None


class TestStopping:
    def test_stopping_twice_is_stopping_once(self) -> None:
        subscription = following()
        assert domain.stop(subscription, at=NOON) == NOON
        assert domain.stop(subscription, at=NOON + DAY) == NOON

    def test_everything_of_an_address_stops_and_nothing_of_another(self) -> None:
        following("old")
        following("new", frequency=Frequency.AT_ONCE)
        asked("secret")
        theirs = following("old", email="bo@example.org")
        domain.stop_everything(READER, at=NOON)
        assert list(Subscription.objects.active()) == [theirs]
        assert list(Subscription.objects.unconfirmed()) == []

    def test_what_is_taken_up_again_misses_nothing(self, bridge: BridgeKind) -> None:
        subscription = following()
        domain.stop(subscription, at=NOON)
        bridge.happen("old", "painted", NOON + DAY)
        domain.resume(Subscription.objects.of(READER), at=NOON + 2 * DAY)
        assert domain.write_rounds(at=NOON + 3 * DAY) == 1

    def test_what_was_stopped_is_gone_after_thirty_days(self) -> None:
        domain.stop(following(), at=NOON)
        assert domain.tidy(at=NOON + 29 * DAY) == 0
        assert domain.tidy(at=NOON + 31 * DAY) == 1

    def test_whoever_wants_to_be_forgotten_is(self) -> None:
        following()
        domain.write_rounds(at=NOON + DAY)
        theirs = following(email="bo@example.org")
        assert domain.forget_address(" AINO@example.org ") == 2
        assert list(Subscription.objects.all()) == [theirs]


def test_a_link_to_what_one_follows_goes_only_where_something_is_followed() -> None:
    assert not domain.send_manage_link("nobody@example.org", language="en", seal="s")
    following()
    assert domain.send_manage_link(READER, language="fr", seal="s")
    assert "/fr/following/open/?token=" in Message.objects.get().text
