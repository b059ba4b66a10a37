"""What is held about me: shown to whoever has shown who she is, and to nobody else, and given away as a ZIP."""

import io
import json
import zipfile

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from consultations.models import Docket
from notices.models import Message
from privacy.domain.links import LETTER
from privacy.models import ProofLink
from tests.accounts.factories import PersonFactory
from tests.conftest import AssertSameQueries
from tests.consultations.factories import DocketFactory
from tests.privacy.people import (
    ADDRESS_OF_AINO,
    ADDRESS_OF_BO,
    NAME,
    NAME_OF_BO,
    comment,
    give_key,
    prove_address,
    request_of_aino,
)
from tracking.numbers import new_tracking_number

pytestmark = pytest.mark.django_db
MINE = "/en/privacy/mine/"


@pytest.fixture
def docket() -> Docket:
    """A consultation that takes comments now."""
    return DocketFactory(open=True, around=timezone.now())


def unpacked(client: Client, language: str = "en") -> zipfile.ZipFile:
    """What the browser gets."""
    response = client.get(f"/{language}/privacy/mine/held.zip")
    assert response.headers["Content-Type"] == "application/zip"
    assert response.headers["Content-Disposition"].startswith('attachment; filename="')
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_a_stranger_is_told_the_three_ways_and_shown_nothing(client: Client, docket: Docket) -> None:
    comment(docket, at=timezone.now())
    response = client.get(MINE)
    text = response.content.decode()
    assert response.status_code == 200
    assert NAME not in text
    assert [way in text for way in ("/en/privacy/number/", "/en/privacy/address/", "/accounts/login/")] == [True] * 3
    assert client.get(f"{MINE}held.zip").headers["Location"] == MINE


def test_number_and_key_open_one_thing_only(client: Client, docket: Docket) -> None:
    sent, other = comment(docket, at=timezone.now()), comment(docket, at=timezone.now())
    answered = client.post(
        "/en/privacy/number/", {"number": sent.submission.tracking_number.lower(), "key": sent.secret}
    )
    assert answered.headers["Location"] == MINE
    text = client.get(MINE).content.decode()
    assert (sent.submission.tracking_number in text, other.submission.tracking_number in text) == (True, False)


@pytest.mark.parametrize("is_given_out", [True, False])
def test_a_wrong_key_and_a_number_that_nobody_has_get_the_same_answer(
    client: Client, docket: Docket, is_given_out: bool
) -> None:
    sent = comment(docket, at=timezone.now())
    number = sent.submission.tracking_number if is_given_out else new_tracking_number("C")
    response = client.post("/en/privacy/number/", {"number": number, "key": "7KQ2-M4XD-9TWB-3HJR"})
    assert dict(response.context["form"].errors) == {
        "key": ["Number and key do not belong together. Compare both with your receipt."]
    }


def test_guessing_keys_comes_to_an_end(client: Client, docket: Docket) -> None:
    number = comment(docket, at=timezone.now()).submission.tracking_number
    answers = [
        client.post("/en/privacy/number/", {"number": number, "key": "7KQ2-M4XD-9TWB-3HJR"}).status_code
        for _guess in range(12)
    ]
    assert answers == [200] * 10 + [429] * 2


def test_a_known_and_an_unknown_address_get_the_same_answer_and_the_same_letter(client: Client, docket: Docket) -> None:
    comment(docket, at=timezone.now())
    pages = []
    for address in (ADDRESS_OF_AINO, "nobody.ever@mail.example"):
        response = client.post("/en/privacy/address/", {"email": address}, follow=True)
        pages.append(response.content)
    assert pages[0] == pages[1]
    assert [letter.recipient for letter in links()] == [ADDRESS_OF_AINO, "nobody.ever@mail.example"]
    assert [letter.subject for letter in links()] == ["Your link"] * 2


def links() -> list[Message]:
    """The letters with a link that were written, oldest first."""
    return list(Message.objects.filter(template=LETTER).order_by("pk"))


def link_in(body: str) -> str:
    """The address of the link in a letter, below the host."""
    (line,) = [line for line in body.splitlines() if "/privacy/address/" in line]
    return line[line.index("/en/") :].strip()


def test_a_link_is_used_by_a_button_and_once(client: Client, docket: Docket) -> None:
    comment(docket, at=timezone.now())
    client.post("/en/privacy/address/", {"email": ADDRESS_OF_AINO.upper()})
    link = link_in(links()[-1].text)
    key = link.rstrip("/").rpartition("/")[2]
    assert key not in str(list(ProofLink.objects.values()))
    assert client.get(link).status_code == 200
    assert client.get(link).status_code == 200  # a mail program that looks first uses nothing up
    assert NAME not in client.get(MINE).content.decode()
    assert client.post(link).headers["Location"] == MINE
    assert NAME in client.get(MINE).content.decode()
    assert ProofLink.objects.count() == 0
    somebody_later = Client()
    assert (somebody_later.get(link).status_code, somebody_later.post(link).status_code) == (410, 410)


def test_an_address_gets_three_letters_an_hour_and_the_answer_stays_the_same(client: Client) -> None:
    answers = [
        client.post("/en/privacy/address/", {"email": ADDRESS_OF_AINO}).headers.get("Location") for _time in range(5)
    ]
    assert answers == ["/en/privacy/address/sent/"] * 5
    assert len(links()) == 3


def test_one_connection_cannot_write_to_everybody(client: Client) -> None:
    statuses = [
        client.post("/en/privacy/address/", {"email": f"victim{number}@mail.example"}).status_code
        for number in range(12)
    ]
    assert statuses == [302] * 10 + [429] * 2


@pytest.mark.parametrize("typed", ["", "nobody", "a@b\nBcc: all@example.org", "two@example.org, three@example.org"])
def test_what_is_no_address_is_named(client: Client, typed: str) -> None:
    response = client.post("/en/privacy/address/", {"email": typed})
    assert list(response.context["form"].errors) == ["email"]
    assert links() == []


def test_the_zip_holds_all_of_hers_and_nothing_of_anybody_elses(client: Client, docket: Docket) -> None:
    now = timezone.now()
    sent, asked = comment(docket, at=now), request_of_aino(at=now)
    comment(docket, at=now, email=ADDRESS_OF_BO, name=NAME_OF_BO)
    prove_address(client, ADDRESS_OF_AINO)
    with unpacked(client) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["index.html", "data.json", "README.txt"]
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    data = json.loads(texts["data.json"])
    assert [(thing["kind"], thing["reference"]) for thing in data["things"]] == [
        ("submission", sent.submission.tracking_number),
        ("request", asked.request.tracking_number),
    ]
    assert data["things"][0]["identity"]["name"] == NAME
    assert [entry["act"] for entry in data["things"][0]["record"]] == ["submission_received"]
    assert [letter["reason"] for letter in data["things"][0]["letters"]] == ["received"]
    everything = "".join(texts.values())
    assert (NAME in everything, NAME_OF_BO in everything, ADDRESS_OF_BO in everything) == (True, False, False)
    assert [forbidden in texts["index.html"] for forbidden in ("<script", "src=", "<link", "style")] == [False] * 4


def test_the_page_to_read_is_in_the_readers_language(client: Client, docket: Docket) -> None:
    comment(docket, at=timezone.now())
    prove_address(client, ADDRESS_OF_AINO)
    with unpacked(client, "ru") as archive:
        assert '<html lang="ru">' in archive.read("index.html").decode()


def test_an_account_shows_what_its_confirmed_address_has_sent(client: Client, docket: Docket) -> None:
    comment(docket, at=timezone.now())
    aino = PersonFactory(email=ADDRESS_OF_AINO)
    client.force_login(aino)
    assert NAME in client.get(MINE).content.decode()


def test_an_address_that_nobody_confirmed_shows_nothing(client: Client, docket: Docket) -> None:
    comment(docket, at=timezone.now())
    thief = PersonFactory(email="thief@mail.example")
    EmailAddress.objects.create(user=thief, email=ADDRESS_OF_AINO, verified=False)
    client.force_login(thief)
    assert NAME not in client.get(MINE).content.decode()


def test_whoever_leaves_is_forgotten(client: Client, docket: Docket) -> None:
    comment(docket, at=timezone.now())
    prove_address(client, ADDRESS_OF_AINO)
    assert NAME in client.get(MINE).content.decode()
    client.post("/en/privacy/mine/leave/")
    assert NAME not in client.get(MINE).content.decode()


def test_a_changed_cookie_shows_nothing(client: Client, docket: Docket) -> None:
    sent = comment(docket, at=timezone.now())
    give_key(client, sent.submission.tracking_number, "7KQ2-M4XD-9TWB-3HJR")
    client.cookies["address"] = "ImFpbm8iOg:1abc:xyz"
    assert NAME not in client.get(MINE).content.decode()


def test_the_page_asks_the_database_as_often_for_three_things_as_for_one(
    client: Client, docket: Docket, assert_same_queries: AssertSameQueries
) -> None:
    prove_address(client, ADDRESS_OF_AINO)

    def add() -> None:
        comment(docket, at=timezone.now())
        request_of_aino(at=timezone.now())

    assert_same_queries(client, lambda: MINE, add)
