"""The pages: asking, the yes, what one follows, one click to stop; and that none tells what an address has."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import User
from following import domain, limits
from following.enums import Frequency
from following.models import Subscription
from following.tokens import Purpose, new_token
from notices.models import Message
from notices.tasks import send_waiting_messages
from tests.following.atom import ATOM, check_feed
from tests.following.factories import READER, following
from tests.following.subjects import BridgeKind
from tracking.guards import new_seal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bridge")]
CheckQueries = Callable[[Client, Callable[[], str], Callable[[], object]], None]

FOLLOW = "/en/following/follow/bridge/?key=old"
ASKED = "/en/following/asked/"
MINE = "/en/following/mine/"


def filled(**values: str) -> dict[str, str]:
    """What a browser sends, a minute after the form was opened."""
    seal = new_seal(timezone.now() - timedelta(minutes=1))
    return {"seal": seal, "email": READER, "frequency": Frequency.DAILY.value, "website": "", **values}


def path_in(text: str, name: str) -> str:
    """The address, without the host, of the first link of a letter to a page of following."""
    found = re.search(rf"https?://[^/\s]+(/\w\w/following/{name}/\?token=[^\s\"&]+)", unescape(text))
    assert found, text
    return found[1]


def newest_letter() -> Message:
    letter = Message.objects.order_by("pk").last()
    assert letter is not None
    return letter


def follow(client: Client, **values: str) -> Any:
    return client.post(FOLLOW, filled(**values))


class TestAsking:
    def test_from_the_form_over_the_letter_to_the_yes(self, client: Client) -> None:
        assert follow(client).url == ASKED
        address = path_in(newest_letter().text, "confirm")
        page = client.get(address)
        assert page.status_code == 200
        assert not Subscription.objects.active().exists()  # a program that opens links says no yes
        token = re.search(r'name="token" value="([^"]+)"', page.content.decode())
        assert token
        response = client.post("/en/following/confirm/", {"token": token[1]}, follow=True)
        assert response.redirect_chain[-1][0] == MINE
        assert "The old bridge (en)" in response.content.decode()
        assert Subscription.objects.active().count() == 1
        assert "answered already" in client.get(address).content.decode()

    def test_the_answer_tells_nothing_about_an_address(self, client: Client) -> None:
        following()
        answers = [follow(client), follow(client, email="nobody@example.org"), client.post(MINE, filled())]
        answers.append(client.post(MINE, filled(email="nobody@example.org")))
        assert {(answer.status_code, answer.url) for answer in answers} == {(302, ASKED)}

    @pytest.mark.parametrize("email", ["", "aino", "a@b\r\nBcc: all@example.org", "a@example.org\nTo: b@example.org"])
    def test_what_is_no_address_is_said_so_and_stored_nowhere(self, client: Client, email: str) -> None:
        page = follow(client, email=email)
        assert page.status_code == 200
        assert "error-summary" in page.content.decode()
        assert not Subscription.objects.exists()

    def test_a_machine_gets_the_same_answer_and_nothing_is_sent(self, client: Client) -> None:
        for values in ({"website": "x"}, {"seal": ""}, {"seal": new_seal()}, {"seal": "forged"}):
            assert follow(client, **values).url == ASKED
        assert (Message.objects.count(), Subscription.objects.count()) == (0, 0)

    @pytest.mark.parametrize("query", ["", "?key=fallen", "?key=%00", "?key=secret", f"?key={'x' * 900}"])
    def test_what_is_not_there_or_not_for_everybody_cannot_be_followed(self, client: Client, query: str) -> None:
        assert client.get(f"/en/following/follow/bridge/{query}").status_code == 404
        assert client.post(f"/en/following/follow/bridge/{query}", filled()).status_code == 404
        assert client.get("/en/following/follow/nonsense/?key=old").status_code == 404

    def test_whoever_is_signed_in_with_a_confirmed_address_needs_no_second_yes(self, client: Client) -> None:
        person = User.objects.create_user("Aino@Example.org")
        client.force_login(person)
        assert "Your e-mail address" in client.get(FOLLOW).content.decode()
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        assert "We write to aino@example.org" in client.get(FOLLOW).content.decode()
        assert client.post(FOLLOW, {"frequency": Frequency.WEEKLY.value}).headers["Location"] == MINE
        assert Subscription.objects.active().get().email == READER
        assert not Message.objects.exists()


class TestFlood:
    def test_nobody_is_bombed_with_letters_and_the_answer_stays_the_same(self, client: Client) -> None:
        for _attempt in range(limits.TO_AN_ADDRESS + 3):
            assert follow(client).url == ASKED
        assert Message.objects.filter(recipient=READER).count() == limits.TO_AN_ADDRESS

    def test_a_connection_that_asks_without_end_is_paused(self, client: Client) -> None:
        answers = [follow(client, email=f"r{number}@example.org").status_code for number in range(22)]
        assert answers == [302] * limits.FROM_A_CONNECTION + [429] * 2
        assert Subscription.objects.count() == limits.FROM_A_CONNECTION

    def test_a_subject_that_everybody_asks_about_is_paused(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "ABOUT_A_SUBJECT", 1)
        follow(client)
        page = follow(client, email="bo@example.org")
        assert page.status_code == 429
        assert "take the feed" in page.content.decode()

    def test_no_address_stands_in_the_cache(self, client: Client) -> None:
        follow(client)
        assert [key for key in cache._cache if "aino" in key] == []  # type: ignore[attr-defined]  # the tests' cache in memory


class TestManaging:
    def open(self, client: Client) -> Subscription:
        subscription = following(at=timezone.now())
        token = new_token(Purpose.MANAGE, subscription)
        assert client.get("/en/following/open/", {"token": token}).headers["Location"] == MINE
        return subscription

    def test_a_letters_link_leads_on_to_an_address_without_a_token(self, client: Client) -> None:
        self.open(client)
        page = client.get(MINE).content.decode()
        assert READER in page
        assert "The old bridge (en)" in page
        assert "token=" not in page

    def test_frequency_can_be_changed_and_letters_stopped_and_taken_up_again(self, client: Client) -> None:
        subscription = self.open(client)
        address = f"{MINE}{subscription.pk}/"
        assert client.get(address).status_code == 200
        client.post(address, {"frequency": Frequency.WEEKLY.value})
        subscription.refresh_from_db()
        assert subscription.frequency == Frequency.WEEKLY
        client.post(address, {"stop": "1"})
        assert not Subscription.objects.active().exists()
        client.post(address, {"resume": "1"})
        assert Subscription.objects.active().exists()
        client.post(f"{MINE}stop/")
        assert not Subscription.objects.active().exists()

    def test_nobody_sees_or_changes_what_is_anothers(self, client: Client) -> None:
        theirs = following(email="bo@example.org")
        self.open(client)
        assert "bo@example.org" not in client.get(MINE).content.decode()
        assert client.post(f"{MINE}{theirs.pk}/", {"stop": "1"}).status_code == 404
        assert Client().get(f"{MINE}{theirs.pk}/").status_code == 404
        client.post(f"{MINE}stop/")
        theirs.refresh_from_db()
        assert theirs.is_active

    def test_a_shared_computer_forgets(self, client: Client) -> None:
        self.open(client)
        client.post(f"{MINE}leave/")
        assert READER not in client.get(MINE).content.decode()

    def test_whoever_lost_the_letters_gets_a_fresh_link(self, client: Client) -> None:
        following()
        assert client.post(MINE, filled()).headers["Location"] == ASKED
        client.get(path_in(newest_letter().text, "open"))
        assert READER in client.get(MINE).content.decode()


class TestStopping:
    """RFC 8058: the mail program posts by itself, without cookie, form token or redirect."""

    def letter(self, bridge: BridgeKind) -> Message:
        following("old", at=timezone.now() - timedelta(days=10))
        following("new", at=timezone.now() - timedelta(days=10))
        bridge.happen("old", "Painted", timezone.now() - timedelta(days=5))
        assert domain.write_rounds() == 1
        return newest_letter()

    def test_one_click_stops_everything(self, bridge: BridgeKind) -> None:
        headers = sent(self.letter(bridge))
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        address = path_in(headers["List-Unsubscribe"].strip("<>"), "stop")
        strict = Client(enforce_csrf_checks=True)
        response = strict.post(address, {"List-Unsubscribe": "One-Click"})
        assert (response.status_code, Subscription.objects.active().count()) == (200, 0)
        assert strict.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200

    def test_opening_the_link_stops_nothing(self, client: Client, bridge: BridgeKind) -> None:
        response = client.get(path_in(sent(self.letter(bridge))["List-Unsubscribe"].strip("<>"), "stop"))
        assert "Stop all letters?" in response.content.decode()
        assert Subscription.objects.active().count() == 2

    def test_one_subject_can_be_stopped_and_that_undone(self, client: Client, bridge: BridgeKind) -> None:
        page = client.post(path_in(self.letter(bridge).text, "stop"))
        assert "no more about “The old bridge (en)”" in page.content.decode()
        assert [row.key for row in Subscription.objects.active()] == ["new"]
        undo = re.search(r'name="token" value="([^"]+)"', page.content.decode())
        assert undo
        assert client.post("/en/following/resume/", {"token": undo[1]}).status_code == 200
        assert Subscription.objects.active().count() == 2

    def test_undoing_takes_up_only_what_was_stopped_then(self, client: Client) -> None:
        earlier, now = following("old"), following("new")
        domain.stop(earlier, at=timezone.now() - timedelta(hours=1))
        page = client.post("/en/following/stop/?" + f"token={new_token(Purpose.STOP, now)}")
        undo = re.search(r'name="token" value="([^"]+)"', page.content.decode())
        assert undo
        client.post("/en/following/resume/", {"token": undo[1]})
        assert list(Subscription.objects.active()) == [now]

    @pytest.mark.parametrize("name", ["confirm", "open", "stop"])
    @pytest.mark.parametrize("token", ["", "forged", "%00"])
    def test_a_dead_link_says_so(self, client: Client, name: str, token: str) -> None:
        response = client.get(f"/en/following/{name}/?token={token}")
        assert response.status_code == 410
        assert "no longer works" in response.content.decode()

    @pytest.mark.parametrize("name", ["confirm", "open", "stop"])
    def test_an_address_with_a_token_is_kept_by_nobody_and_told_to_nobody(self, client: Client, name: str) -> None:
        response = client.get(f"/en/following/{name}/?token=x")
        assert response["Referrer-Policy"] == "strict-origin"
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex"


def sent(letter: Message) -> dict[str, str]:
    """The headers of a letter as they leave."""
    assert send_waiting_messages.call() == 1
    [left] = [each for each in mail.outbox if each.to == [letter.recipient]]
    return dict(left.message().items())


class TestFeeds:
    def test_a_feed_of_any_subject_is_valid(self, client: Client, bridge: BridgeKind) -> None:
        now = timezone.now()
        bridge.happen("old", "Painted <b>red</b> & opened", now - timedelta(days=1), text="<b>“Ртуть”</b> & more")
        bridge.happen("old", "Built", now - timedelta(days=2))
        bridge.happen("old", "To be torn down", now + timedelta(days=2))
        response = client.get("/en/following/feeds/bridge.atom?key=old")
        assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
        feed = check_feed(response.content)
        assert [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")] == [
            "Painted <b>red</b> & opened",
            "Built",
        ]
        assert feed.findtext(f"{ATOM}id") == "urn:prtr:feed:bridge:old:en"
        assert feed.find(f"{ATOM}author/{ATOM}name") is not None
        [summary, _short] = feed.findall(f"{ATOM}entry/{ATOM}summary")
        assert (summary.get("type"), summary.text) == ("text", "<b>“Ртуть”</b> & more")

    def test_a_character_that_no_feed_can_say_takes_it_from_nobody(self, client: Client, bridge: BridgeKind) -> None:
        strange = "\x0b\x1b\ufffe\uffff"
        bridge.happen("old", f"Painted{strange}", timezone.now(), text=f"One\n{strange}two \U0001f309")
        feed = check_feed(client.get("/en/following/feeds/bridge.atom?key=old").content)
        assert feed.findtext(f"{ATOM}entry/{ATOM}title") == "Painted"
        assert feed.findtext(f"{ATOM}entry/{ATOM}summary") == "One\ntwo \U0001f309"

    def test_a_feed_without_entries_is_valid_and_always_the_same(self, client: Client) -> None:
        first, second = (client.get("/fr/following/feeds/bridge.atom?key=new").content for _time in range(2))
        check_feed(first)
        assert first == second

    def test_what_is_not_everybodys_has_neither_feed_nor_calendar(self, client: Client) -> None:
        client.cookies["secret"] = "yes"
        for key in ("secret", "fallen", ""):
            assert client.get(f"/en/following/feeds/bridge.atom?key={key}").status_code == 404
            assert client.get(f"/en/following/calendars/bridge.ics?key={key}").status_code == 404
        assert client.get("/en/following/follow/bridge/?key=secret").status_code == 200

    def test_addresses_to_subscribe_to_are_those_of_the_site_whatever_host_was_asked(
        self, client: Client, settings: Any
    ) -> None:
        settings.ALLOWED_HOSTS, settings.BASE_URL = ["*"], "https://register.example"
        page = client.get(FOLLOW, headers={"host": "evil.example"}).content.decode()
        assert 'href="https://register.example/en/following/feeds/bridge.atom?key=old"' in page
        assert "evil.example/en/following/feeds" not in page

    def test_a_calendar_is_served_as_one(self, client: Client) -> None:
        response = client.get("/ru/following/calendars/bridge.ics?key=old")
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        assert response.content.startswith(b"BEGIN:VCALENDAR\r\n")


def test_what_one_follows_costs_no_more_queries_with_more_letters(
    client: Client, assert_same_queries: CheckQueries
) -> None:
    subscription = following(at=timezone.now())
    client.get("/en/following/open/", {"token": new_token(Purpose.MANAGE, subscription)})
    keys = iter(["new", "secret", "more"])
    assert_same_queries(client, lambda: MINE, lambda: following_a_copy(next(keys)))


def following_a_copy(key: str) -> None:
    """One more row, of a subject that is found without a query or is gone."""
    held = Subscription.objects.of(READER).active()[0]
    held.pk, held._state.adding, held.key = None, True, key
    held.save()


@pytest.mark.parametrize("address", ["/en/following/", "/fr/following/", "/ru/following/", FOLLOW, ASKED, MINE])
def test_the_pages_are_there(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200
